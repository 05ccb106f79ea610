import * as vscode from 'vscode';
import { affectsTokenSettings } from '../../host/token-settings';
import { mayHoldTokens } from './document-tokens';
import { ExpiredMarks, nextExpiry } from './expired-marks';
import { ExpiryAlarm } from './expiry-alarm';
import { LeakGuard } from './leak-guard';
import { VersionControl } from './version-control';

const QUIET_MS = 400;

export interface WatchDeps {
  /** Takes the names of the files in sight that hold tokens, or may: for the editor's context menu. */
  readonly holding: (fileNames: readonly string[]) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Looks at documents that were opened, shown or changed, a moment after the last change; at those in sight also when a
 * token in them ends.
 */
export class DocumentWatch implements vscode.Disposable {
  private readonly versions = new VersionControl();
  private readonly guard = new LeakGuard(this.versions);
  private readonly marks = new ExpiredMarks();
  private readonly alarm = new ExpiryAlarm(() => this.shown());
  private readonly waiting = new Set<vscode.TextDocument>();
  private readonly subscriptions: vscode.Disposable[];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly deps: WatchDeps) {
    const { workspace, window } = vscode;
    this.subscriptions = [
      this.versions,
      this.guard,
      this.marks,
      this.alarm,
      workspace.onDidOpenTextDocument((document) => this.soon(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.soon(document)),
      workspace.onDidCloseTextDocument((document) => {
        this.waiting.delete(document);
        this.guard.forget(document.uri);
      }),
      window.onDidChangeVisibleTextEditors(() => this.shown()),
      workspace.onDidChangeConfiguration((event) => {
        if (affectsTokenSettings(event)) this.soon(...workspace.textDocuments);
      }),
      this.versions.onDidChange(() => this.soon(...workspace.textDocuments)),
    ];
    this.soon(...workspace.textDocuments);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private shown(): void {
    this.soon(...vscode.window.visibleTextEditors.map(({ document }) => document));
  }

  /** Without a document: only what is in sight has changed. */
  private soon(...documents: vscode.TextDocument[]): void {
    for (const document of documents) this.waiting.add(document);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look().catch(this.deps.failed), QUIET_MS);
  }

  private async look(): Promise<void> {
    const documents = [...this.waiting];
    this.waiting.clear();
    const editors = vscode.window.visibleTextEditors;
    for (const editor of editors) if (documents.includes(editor.document)) this.marks.draw(editor);
    this.alarm.set(nextExpiry(editors, Date.now()));
    this.deps.holding(namesOf(editors.map(({ document }) => document).filter(mayHoldTokens)));
    // What one document's repository refuses says nothing about the others.
    for (const document of documents)
      if (!document.isClosed) await this.guard.look(document).catch(this.deps.failed);
  }
}

/** As VS Code's context key `resourceFilename` has them; a whole address is not the same on both sides of a remote window. */
const namesOf = (documents: readonly vscode.TextDocument[]): string[] =>
  [...new Set(documents.map(({ uri }) => uri.path.split('/').at(-1) ?? ''))].sort();
