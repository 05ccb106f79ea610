import { html, type TemplateResult } from 'lit';
import { seenParts } from './seen-parts';

/** A text of strangers, as text only, with nothing unseen in it. */
export function seen(text: string): (string | TemplateResult)[] {
  return seenParts(text).map((part) =>
    part.kind === 'text'
      ? part.text
      : html`<span class=${part.kind === 'space' ? 'seen-space' : 'seen-mark'}>${part.text}</span>`,
  );
}
