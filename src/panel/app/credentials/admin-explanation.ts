import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { AdminRoleExplanation, GroupRow } from '../../../core/federation/why-role-admin';
import type { AdminRoleView } from '../../protocol';
import { icon } from '../base/icon';
import { accessTable } from './admin-access';
import { markedLine, stepList, trustList } from './admin-lines';

/** The answer, and everything that led to it: groups, mapping, trust policy, permissions. */
export function adminExplanation({ explanation, asked, unread }: AdminRoleView): TemplateResult {
  const { summary, mapping } = explanation;
  return html`
    <p class="wrap answer">${summary}</p>
    ${missing(unread)} ${groups(explanation)}
    <h3 id="admin-mapping">${l10n.t('How the identity pool chose')}</h3>
    ${stepList('admin-mapping', mapping.steps)} ${trust(explanation)} ${access(explanation)}
    <p class="dim wrap">${l10n.t('Asked: {0}. Only reading, nothing was changed.', asked)}</p>
  `;
}

function missing(unread: readonly string[]): TemplateResult | typeof nothing {
  if (unread.length === 0) return nothing;
  return html`
    <h3 id="admin-unread">${l10n.t('What could not be read')}</h3>
    <ul class="rules" aria-labelledby="admin-unread">
      ${unread.map((sentence) => markedLine('warning', sentence))}
    </ul>
  `;
}

function groups({ groups, groupsSentence }: AdminRoleExplanation): TemplateResult | typeof nothing {
  if (groupsSentence === undefined) return nothing;
  return html`
    <h3 id="admin-groups">${l10n.t('Groups, in the order in which they count')}</h3>
    <p class="wrap">${groupsSentence}</p>
    <ol class="rules" aria-labelledby="admin-groups">
      ${groups.map(group)}
    </ol>
  `;
}

function group({ name, precedence, roleArn, wins, sentence }: GroupRow): TemplateResult {
  return html`
    <li class="rule">
      ${icon(wins ? 'star-full' : 'circle-outline', wins ? 'good' : 'dim')}
      <div>
        <b>${name}</b>
        <span class="tag"
          >${precedence === undefined ? l10n.t('no precedence') : l10n.t('precedence {0}', precedence)}</span
        >
        ${wins ? html`<span class="tag">${l10n.t('wins')}</span>` : nothing}
        ${roleArn === undefined ? nothing : html`<div class="code wrap">${roleArn}</div>`}
        <div class="dim wrap">${sentence}</div>
      </div>
    </li>
  `;
}

function trust({ trust }: AdminRoleExplanation): TemplateResult | typeof nothing {
  if (!trust) return nothing;
  return html`
    <h3 id="admin-trust">${l10n.t('Trust policy of the role, line by line')}</h3>
    ${trustList('admin-trust', trust)}
  `;
}

function access({ access, accessNote }: AdminRoleExplanation): TemplateResult | typeof nothing {
  if (access.length === 0) return nothing;
  return html`
    <h3 id="admin-access">${l10n.t('What the session may do in S3')}</h3>
    ${accessTable(access)}
    <p class="dim wrap">${accessNote}</p>
  `;
}
