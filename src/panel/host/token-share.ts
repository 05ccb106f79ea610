import * as vscode from 'vscode';
import { decodeToken } from '../../core/tokens/decode';
import { redactToken } from '../../core/tokens/redact-token';
import { claimsFilter, claimsJson, claimsType } from '../../core/tokens/share';

/** Asks in which form a token is to be copied, and copies it. False when the person thought better of it. */
export async function copyTokenAs(text: string): Promise<{ copied: boolean }> {
  const decoded = decodeToken(text);
  const items = [
    {
      label: vscode.l10n.t('Redacted Token'),
      detail: vscode.l10n.t(
        'Still decodes, but opens nothing: the signature is cut, what tells of a person masked. For issues and chats.',
      ),
      make: () => redactToken(text),
    },
    {
      label: vscode.l10n.t('Claims as JSON'),
      detail: vscode.l10n.t('Every number as written; with the personal claims, without the signature.'),
      make: () => claimsJson(decoded),
    },
    {
      label: vscode.l10n.t('TypeScript Type'),
      detail: vscode.l10n.t('An interface of these claims, each with its meaning; no values.'),
      make: () => claimsType(decoded),
    },
    {
      label: vscode.l10n.t('jq Filter'),
      detail: vscode.l10n.t('For “jq -R”: takes such a token apart, times as dates; no values.'),
      make: () => claimsFilter(decoded),
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Copy Token As'),
    placeHolder: vscode.l10n.t('In which form?'),
  });
  if (!chosen) return { copied: false };
  await vscode.env.clipboard.writeText(chosen.make());
  return { copied: true };
}
