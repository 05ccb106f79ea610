import * as vscode from 'vscode';
import { findLeaks, type Leak, leakMessage } from '../../core/tokens/leaks';
import { tokenSetting } from '../../host/token-settings';
import { isLarge, rangeOf } from './document-tokens';
import type { VersionControl } from './version-control';

export const sourceName = 'Cognito Workbench';
export const leakCodes = { token: 'live-token', accessKey: 'live-access-key' } as const;

/** Marks secrets that can be used as they stand, in open files that are under version control. */
export class LeakGuard implements vscode.Disposable {
  private readonly marks = vscode.languages.createDiagnosticCollection('cognitoWorkbench.leaks');

  constructor(private readonly versions: Pick<VersionControl, 'holds'>) {}

  async look(document: vscode.TextDocument): Promise<void> {
    const { version, uri } = document;
    const leaks = this.leaksOf(document);
    const shown = leaks.length > 0 && (await this.versions.holds(uri));
    // What came meanwhile is looked at for itself.
    if (document.isClosed || document.version !== version) return;
    if (shown) {
      const text = document.getText();
      this.marks.set(
        uri,
        leaks.map((leak) => markOf(document, text, leak)),
      );
    } else if (this.marks.has(uri)) this.marks.delete(uri);
  }

  forget(uri: vscode.Uri): void {
    this.marks.delete(uri);
  }

  dispose(): void {
    this.marks.dispose();
  }

  private leaksOf(document: vscode.TextDocument): Leak[] {
    if (document.uri.scheme !== 'file' || !tokenSetting('tokensLeakGuard', document) || isLarge(document))
      return [];
    return findLeaks(document.getText(), Date.now());
  }
}

function markOf(document: vscode.TextDocument, text: string, leak: Leak): vscode.Diagnostic {
  const message = leakMessage(leak, text, Date.now());
  const mark = new vscode.Diagnostic(rangeOf(document, leak), message, vscode.DiagnosticSeverity.Information);
  mark.source = sourceName;
  mark.code = leak.kind === 'token' ? leakCodes.token : leakCodes.accessKey;
  return mark;
}
