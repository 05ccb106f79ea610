import { html, type TemplateResult } from 'lit';

const unseen = /([\p{C}\u2028\u2029\u115f\u1160\u3164\uffa0])/u;

/**
 * A sentence that may quote strangers, as text only: control, format and direction characters become `U+202E` marks.
 * Blanks stay as they are, since languages have their own.
 */
export function seenWords(sentence: string): (string | TemplateResult)[] {
  return sentence.split(unseen).flatMap<string | TemplateResult>((part, at) => {
    if (at % 2 === 0) return part === '' ? [] : [part];
    const code = (part.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return [html`<span class="seen-mark">U+${code}</span>`];
  });
}
