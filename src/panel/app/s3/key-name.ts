import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { seen } from '../base/seen';
import { seenParts } from '../base/seen-parts';
import { escapedKey, unicodeForm } from './key-text';

/** A file or folder name as it really is: text only, its own writing direction, nothing unseen in it. */
export function keyName(name: string): TemplateResult {
  if (name === '')
    return html`<i class="dim" title=${l10n.t('The name is empty.')}>${l10n.t('(empty name)')}</i>`;
  const form = unicodeForm(name);
  return html`<bdi class="key" title=${keyTitle(name)}>${seen(name)}</bdi
    >${form ? html` <span class="tag" title=${formTitle()}>${form}</span>` : nothing}`;
}

/** The name, and where that is not plain its escaped form. */
export function keyTitle(name: string): string {
  const escaped = escapedKey(name);
  const plain = seenParts(name).every((part) => part.kind === 'text');
  if (escaped === name && plain) return name;
  return plain ? `${name}\n${escaped}` : `"${escaped}"`;
}

function formTitle(): string {
  return l10n.t(
    'Letters and accents are separate characters here (Unicode NFD). S3 keeps them apart from composed ones.',
  );
}
