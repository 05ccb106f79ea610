import type { TemplateResult } from 'lit';
import { html } from 'lit';
import type { RoleExplanation } from '../../../core/federation/why-role';

export function whyRole(_why: RoleExplanation): TemplateResult {
  return html``;
}
