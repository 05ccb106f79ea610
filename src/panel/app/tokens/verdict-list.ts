import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Verdict, VerdictCheck, VerdictStatus } from '../../../core/tokens/verdicts';
import { icon } from '../base/icon';
import '../base/long-text';
import { seenWords } from '../base/seen-words';

const looks: Readonly<Record<VerdictStatus, readonly [icon: string, tone: string]>> = {
  ok: ['pass', 'good'],
  failed: ['error', 'bad'],
  unknown: ['question', 'warn'],
};

export function statusIcon(status: VerdictStatus): TemplateResult {
  const [name, tone] = looks[status];
  return icon(name, tone);
}

/** The checks one by one: icon and word, and for a failure what was expected and found. */
export function verdictList(verdicts: readonly Verdict[]): TemplateResult | typeof nothing {
  if (verdicts.length === 0) return nothing;
  return html`
    <ul class="verdicts" aria-label=${l10n.t('Checks')}>
      ${verdicts.map(
        (verdict) => html`
          <li class="verdict verdict-${verdict.status}">
            ${statusIcon(verdict.status)}
            <div class="verdict-words">
              <span
                ><b>${checkName(verdict.check)}: ${statusWord(verdict.status)}.</b>
                ${seenWords(verdict.sentence)}</span
              >
              ${verdict.status === 'failed' ? comparison(verdict) : nothing}
              ${
                verdict.hint === 'clock'
                  ? html`<span>${l10n.t('A wrong clock on this computer would explain it.')}</span>`
                  : nothing
              }
            </div>
          </li>
        `,
      )}
    </ul>
  `;
}

function comparison({ expected, found }: Verdict): TemplateResult | typeof nothing {
  // Alone it would say what the sentence says already.
  if (expected === undefined) return nothing;
  const line = (label: string, text: string | undefined) =>
    text === undefined
      ? nothing
      : html`
          <dt>${label}</dt>
          <dd class="code"><cw-long-text .text=${text}></cw-long-text></dd>
        `;
  return html`<dl class="comparison">
    ${line(l10n.t('Expected'), expected)}${line(l10n.t('Found'), found)}
  </dl>`;
}

export function statusWord(status: VerdictStatus): string {
  switch (status) {
    case 'ok':
      return l10n.t('passed');
    case 'failed':
      return l10n.t('failed');
    case 'unknown':
      return l10n.t('not checked');
  }
}

function checkName(check: VerdictCheck): string {
  switch (check) {
    case 'signature':
      return l10n.t('Signature');
    case 'issuer':
      return l10n.t('Issuer');
    case 'audience':
      return l10n.t('Audience');
    case 'use':
      return l10n.t('Use');
    case 'expiry':
      return l10n.t('Expiry');
    case 'not-yet-valid':
      return l10n.t('Not before');
  }
}
