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

/** As `seen`, for names, ARNs and addresses: where room is short, lines end after `:`, `.`, `_` and `/`. */
export function seenBroken(text: string): (string | TemplateResult)[] {
  return seen(text).flatMap<string | TemplateResult>((part) =>
    typeof part === 'string'
      ? part.split(/(?<=[:._/])(?![:._/])/).map((piece, at) => (at === 0 ? piece : html`<wbr />${piece}`))
      : [part],
  );
}
