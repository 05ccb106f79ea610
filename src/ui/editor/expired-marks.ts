import * as vscode from 'vscode';
import { tellToken } from '../../core/tokens/tell';
import { rangeOf, tokensOf } from './document-tokens';

/** Expired tokens in the overview ruler of an editor. */
export class ExpiredMarks implements vscode.Disposable {
  private readonly type = vscode.window.createTextEditorDecorationType({
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.warningForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  });
  private readonly marked = new WeakSet<vscode.TextEditor>();

  draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    const expired = tokensOf(document).filter(({ decoded }) => tellToken(decoded, Date.now()).expired);
    if (expired.length === 0 && !this.marked.has(editor)) return;
    this.marked.add(editor);
    editor.setDecorations(
      this.type,
      expired.map(({ hit }) => rangeOf(document, hit)),
    );
  }

  dispose(): void {
    this.type.dispose();
  }
}

/** When the next token of these editors ends, in milliseconds since 1970; Infinity where none will. */
export function nextExpiry(editors: readonly vscode.TextEditor[], nowMs: number): number {
  const left = editors.flatMap(({ document }) =>
    tokensOf(document).map(({ decoded }) => tellToken(decoded, nowMs).leftMs ?? Infinity),
  );
  return nowMs + left.reduce((least, ms) => Math.min(least, ms), Infinity);
}
