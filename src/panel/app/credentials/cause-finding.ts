import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { FailureFinding } from '../../../core/federation/what-failed';
import type { CauseView } from '../../protocol';
import '../base/copy-button';
import { icon } from '../base/icon';
import { stepList, trustList } from './admin-lines';
import { causeTitle } from './cause-title';

type Copy = (what: 'command' | 'document') => Promise<unknown>;

/** The cause by its name, what was found and expected, STS's own words, and what mends it. */
export function causeFinding(view: CauseView, finding: FailureFinding, copy: Copy): TemplateResult {
  const { cause, certain, sentence, stsSaid, fix, trust } = finding;
  return html`
    <p class="cause-name">
      ${cause === undefined ? icon('question', 'warn') : icon('error', 'bad')}
      <b>${causeTitle({ cause, certain })}</b>
    </p>
    <p class="wrap">${sentence}</p>
    ${stsSaid === undefined ? nothing : said(stsSaid)}
    <p class="fix wrap">${fix}</p>
    ${mending(finding, copy)}
    ${
      trust && trust.lines.length > 0
        ? html`<h3 id="cause-trust">${l10n.t('Trust policy of the role, line by line')}</h3>
            ${trustList('cause-trust', trust)}`
        : nothing
    }
    ${chosen(view)}
    <details>
      <summary id="cause-steps">${l10n.t('What was tried')}</summary>
      ${stepList('cause-steps', view.steps)}
    </details>
  `;
}

function said(text: string): TemplateResult {
  return html`
    <p>${l10n.t('What STS said, and the identity pool hides:')}</p>
    <pre class="code wrap boxed">${text}</pre>
  `;
}

function mending({ command, document }: FailureFinding, copy: Copy): TemplateResult | typeof nothing {
  if (command === undefined) return nothing;
  return html`
    <pre class="code wrap boxed" role="group" tabindex="0" aria-label=${l10n.t('AWS CLI command')}>
${command}</pre>
    <div class="buttons">
      <cw-copy-button
        .label=${l10n.t('Copy AWS CLI Command')}
        .copy=${() => copy('command')}
      ></cw-copy-button>
    </div>
    ${document === undefined ? nothing : policy(document, copy)}
  `;
}

function policy(document: string, copy: Copy): TemplateResult {
  return html`
    <details>
      <summary>${l10n.t('The trust policy that the command sets')}</summary>
      <pre class="code wrap boxed">${document}</pre>
      <div class="buttons">
        <cw-copy-button
          .label=${l10n.t('Copy Trust Policy')}
          .copy=${() => copy('document')}
        ></cw-copy-button>
      </div>
    </details>
  `;
}

function chosen({ choice = [], roleName }: CauseView): TemplateResult | typeof nothing {
  if (choice.length === 0) return nothing;
  const title =
    roleName === undefined
      ? l10n.t('How the identity pool chooses')
      : l10n.t('Why the identity pool gives the role {0}', roleName);
  return html`
    <details>
      <summary id="cause-choice">${title}</summary>
      ${stepList('cause-choice', choice)}
    </details>
  `;
}
