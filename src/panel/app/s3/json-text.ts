/**
 * Indents JSON without parsing it: numbers keep their digits, doubled members stay doubled, and a document that breaks
 * off in the middle is still shown as far as it goes.
 */
export function indentJson(text: string): string {
  let out = '';
  let depth = 0;
  const newLine = () => `\n${'  '.repeat(Math.max(0, Math.min(depth, 100)))}`;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/gs) ?? [];
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    if (token === '{' || token === '[') {
      const empty = next === '}' || next === ']';
      depth += 1;
      out += empty || next === undefined ? token : token + newLine();
    } else if (token === '}' || token === ']') {
      depth -= 1;
      const before = tokens[index - 1];
      out += before === '{' || before === '[' ? token : newLine() + token;
    } else if (token === ',') out += `,${newLine()}`;
    else if (token === ':') out += ': ';
    else out += token;
  });
  return out;
}
