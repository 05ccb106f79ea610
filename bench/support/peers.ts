/** Extensions that come with VS Code: known to everyone, and with the same host in the same run to be compared with. */
export const builtIn: readonly { readonly id: string; readonly name: string; readonly folder: string }[] = [
  { id: 'vscode.media-preview', name: 'media-preview', folder: 'media-preview' },
  { id: 'vscode.ipynb', name: 'ipynb', folder: 'ipynb' },
  { id: 'vscode.npm', name: 'npm', folder: 'npm' },
  {
    id: 'vscode.microsoft-authentication',
    name: 'microsoft-authentication',
    folder: 'microsoft-authentication',
  },
  { id: 'ms-vscode.js-debug', name: 'js-debug', folder: 'ms-vscode.js-debug' },
  {
    id: 'vscode.json-language-features',
    name: 'json-language-features',
    folder: 'json-language-features',
  },
];
