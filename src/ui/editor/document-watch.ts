import * as vscode from 'vscode';
import { affectsTokenSettings } from '../../host/token-settings';
import { ExpiredMarks } from './expired-marks';
import { LeakGuard } from './leak-guard';
import { VersionControl } from './version-control';

const QUIET_MS = 400;

/** Looks at documents that were opened, shown or changed, a moment after the last change. */
export class DocumentWatch implements vscode.Disposable {
  private readonly versions = new VersionControl();
  private readonly guard = new LeakGuard(this.versions);
  private readonly marks = new ExpiredMarks();
  private readonly waiting = new Set<vscode.TextDocument>();
  private readonly subscriptions: vscode.Disposable[];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly failed: (error: unknown) => void) {
    const { workspace, window } = vscode;
    this.subscriptions = [
      this.versions,
      this.guard,
      this.marks,
      workspace.onDidOpenTextDocument((document) => this.soon(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.soon(document)),
      workspace.onDidCloseTextDocument((document) => {
        this.waiting.delete(document);
        this.guard.forget(document.uri);
      }),
      window.onDidChangeVisibleTextEditors((editors) => {
        for (const { document } of editors) this.soon(document);
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (affectsTokenSettings(event)) this.all();
      }),
      this.versions.onDidChange(() => this.all()),
    ];
    this.all();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private all(): void {
    for (const document of vscode.workspace.textDocuments) this.soon(document);
  }

  private soon(document: vscode.TextDocument): void {
    this.waiting.add(document);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look().catch(this.failed), QUIET_MS);
  }

  private async look(): Promise<void> {
    const documents = [...this.waiting];
    this.waiting.clear();
    for (const editor of vscode.window.visibleTextEditors) {
      if (documents.includes(editor.document)) this.marks.draw(editor);
    }
    // What one document's repository refuses says nothing about the others.
    for (const document of documents)
      if (!document.isClosed) await this.guard.look(document).catch(this.failed);
  }
}
