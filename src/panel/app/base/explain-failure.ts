import * as l10n from '@vscode/l10n';
import type { Explanation } from '../../../core/diagnosis/types';
import { RequestFailure, RequestTimeout } from '../rpc';

/** What to show for a request's end; undefined when it was cancelled. */
export function explainFailure(error: unknown): Explanation | undefined {
  if (error instanceof RequestFailure) return error.explanation;
  const details = [
    { label: l10n.t('Message'), value: error instanceof Error ? error.message : String(error) },
  ];
  if (error instanceof RequestTimeout) {
    return {
      id: 'N.timeout',
      title: l10n.t('The extension did not answer'),
      why: l10n.t('The Inspector asked the extension host and got no answer for three minutes.'),
      fix: l10n.t('Try again. If it stays silent, run “Developer: Reload Window”.'),
      actions: ['retry', 'show-log'],
      details,
    };
  }
  return {
    id: 'N.internal',
    title: l10n.t('The Inspector could not draw this'),
    why: l10n.t('The page met a situation that it was not made for.'),
    fix: l10n.t('Try again, and report the details below if it comes back.'),
    actions: ['retry', 'show-log'],
    details,
  };
}
