import { oneLine } from '../../core/tokens/tell';

const MOST = 120;

/**
 * A hostile text as Markdown code: in a code span nothing is a link, an address, HTML or an icon, and the fence is longer
 * than any that the text holds.
 */
export function codeSpan(text: string): string {
  const line = oneLine(text, MOST) || ' ';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${line} ${fence}`;
}
