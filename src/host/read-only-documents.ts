import * as vscode from 'vscode';

const scheme = 'cognito-workbench';

/** Documents that exist in memory alone and nobody can edit; they go with the window. */
export class ReadOnlyDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly subscriptions: vscode.Disposable[];
  private added = 0;

  constructor() {
    this.subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
    ];
  }

  /** `name` is what the tab shows; it holds nothing secret. */
  add(name: string, text: string): vscode.Uri {
    // Never a name that was given before: VS Code keeps the text of a document that is still open.
    this.added += 1;
    const path = `/${this.added}/${name.replace(/[\\/]/g, '-')}`;
    const uri = vscode.Uri.from({ scheme, path });
    this.texts.set(uri.toString(), text);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.texts.get(uri.toString());
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
