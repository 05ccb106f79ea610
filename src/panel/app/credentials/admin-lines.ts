import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { RoleStep } from '../../../core/federation/role-mapping';
import type { TrustCheck } from '../../../core/federation/trust-check';
import { icon } from '../base/icon';

type Outcome = boolean | 'skipped' | 'warning' | 'unknown';

const looks: Readonly<Record<string, readonly [icon: string, tone: string]>> = {
  true: ['pass', 'good'],
  false: ['error', 'bad'],
  skipped: ['circle-slash', 'dim'],
  warning: ['warning', 'warn'],
  unknown: ['question', 'warn'],
};

/** A finding with its mark; the mark is said too, for those who do not see it. */
export function markedLine(
  ok: Outcome,
  sentence: string,
  more: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const [name, tone] = looks[String(ok)] ?? ['question', 'warn'];
  return html`
    <li class="rule">
      ${icon(name, tone)}
      <div>
        <span class="visually-hidden">${outcomeWord(ok)}</span>
        <span class="wrap ${ok === 'skipped' ? 'dim' : ''}">${sentence}</span>
        ${more}
      </div>
    </li>
  `;
}

function outcomeWord(ok: Outcome): string {
  switch (ok) {
    case true:
      return l10n.t('Passed:');
    case false:
      return l10n.t('Failed:');
    case 'skipped':
      return l10n.t('Left out:');
    case 'warning':
      return l10n.t('Warning:');
    case 'unknown':
      return l10n.t('Not known:');
  }
}

/** What an identity pool looked at, or what was tried, in its order. */
export function stepList(labelledBy: string, steps: readonly RoleStep[]): TemplateResult {
  return html`
    <ol class="rules" aria-labelledby=${labelledBy}>
      ${steps.map(({ ok, sentence }) => markedLine(ok, sentence))}
    </ol>
  `;
}

/** A trust policy, line by line. */
export function trustList(labelledBy: string, { lines }: Pick<TrustCheck, 'lines'>): TemplateResult {
  return html`
    <ul class="rules" aria-labelledby=${labelledBy}>
      ${lines.map(({ ok, sentence, path }) =>
        markedLine(
          ok,
          sentence,
          path === undefined ? nothing : html`<div class="code dim wrap">${path}</div>`,
        ),
      )}
    </ul>
  `;
}
