import * as vscode from 'vscode';

/** The element that is the whole page. */
export type PageRoot = 'cognito-inspector' | 'cognito-token';

/** The page: no inline script or style, nothing from the net; all data comes by message after "ready". */
export function pageHtml(
  webview: vscode.Webview,
  dist: vscode.Uri,
  title: string,
  root: PageRoot = 'cognito-inspector',
): string {
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  const nonce = makeNonce();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    'img-src data: blob:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('codicon.css')}" id="vscode-codicon-stylesheet">
<link rel="stylesheet" href="${file('panel.css')}">
<title>${escapeHtml(title)}</title>
</head>
<body>
<${root}></${root}>
<script nonce="${nonce}" src="${file('panel.js')}"></script>
</body>
</html>`;
}

function makeNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64url');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
