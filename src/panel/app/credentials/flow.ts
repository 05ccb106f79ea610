import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatClock } from '../../../core/time';
import type { FlowStep } from '../../protocol';
import { formatIso } from '../base/format';

/** How the credentials came: the steps in their order, joined by a line. */
export function flowDiagram(steps: readonly FlowStep[]): TemplateResult | typeof nothing {
  if (steps.length === 0) return nothing;
  return html`
    <ol class="flow" aria-label=${l10n.t('How these credentials came')}>
      ${steps.map(
        (step) => html`
          <li class="flow-step">
            <span class="flow-label">${step.label}</span>
            <span class="flow-detail wrap">${step.detail}</span>
            ${
              step.milliseconds === undefined
                ? nothing
                : html`<span class="dim">${l10n.t('{0} ms', Math.round(step.milliseconds))}</span>`
            }
            ${
              step.atMs === undefined
                ? nothing
                : html`<time class="dim" title=${formatIso(step.atMs)}>${formatClock(step.atMs)}</time>`
            }
          </li>
        `,
      )}
    </ol>
  `;
}
