import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { RoleExplanation, RoleFit, RoleRule } from '../../../core/federation/why-role';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { icon } from '../base/icon';

/** Why it is this role: what the token shows, which rules fit it, and what an administrator sees. */
export function whyRole(why: RoleExplanation, choose: () => void, asAdmin: TemplateResult): TemplateResult {
  return html`
    <section class="card why" id="why-role" tabindex="-1" aria-labelledby="why-role-title">
      <h2 id="why-role-title">${l10n.t('Why this role')}</h2>
      <div class="why-token">
        <p class="wrap">${why.summary}</p>
        <h3 id="why-rules">${l10n.t('How an identity pool chooses')}</h3>
        <ul class="rules" aria-labelledby="why-rules">
          ${why.rules.map(rule)}
        </ul>
        ${sentences('why-token', l10n.t('What the token shows'), why.tokenShows)}
        <div class="buttons">
          <vscode-button secondary icon="shield" @click=${choose}>${l10n.t('Choose Role…')}</vscode-button>
        </div>
      </div>
      ${asAdmin}
    </section>
  `;
}

const looks: Readonly<Record<RoleFit, readonly [icon: string, tone: string]>> = {
  fits: ['pass', 'good'],
  possible: ['question', 'warn'],
  excluded: ['circle-slash', 'dim'],
};

function rule({ fit, title, reason }: RoleRule): TemplateResult {
  const [name, tone] = looks[fit];
  return html`
    <li class="rule">
      ${icon(name, tone)}
      <div>
        <b>${title} · ${fitWord(fit)}.</b>
        <span class="wrap ${fit === 'excluded' ? 'dim' : ''}">${reason}</span>
      </div>
    </li>
  `;
}

function fitWord(fit: RoleFit): string {
  switch (fit) {
    case 'fits':
      return l10n.t('fits');
    case 'possible':
      return l10n.t('possible');
    case 'excluded':
      return l10n.t('ruled out');
  }
}

function sentences(id: string, title: string, texts: readonly string[]): TemplateResult | typeof nothing {
  if (texts.length === 0) return nothing;
  return html`
    <h3 id=${id}>${title}</h3>
    <ul class="sentences" aria-labelledby=${id}>
      ${texts.map((text) => html`<li class="wrap">${text}</li>`)}
    </ul>
  `;
}
