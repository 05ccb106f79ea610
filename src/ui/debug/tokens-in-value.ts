import { findTokens, tokenText } from '../../core/tokens/find';

/** Base64url of `{"`, or of `{` and a line break: cheap, before anything is scanned. */
const BEGINNINGS = ['eyJ', 'ewo', 'ewk', 'ew0'];

/** Whether a text may hold a token, whole or cut. */
export function mayHoldToken(text: string): boolean {
  return BEGINNINGS.some((beginning) => text.includes(beginning));
}

/** The tokens of a value as an adapter renders it: in quotes, in JSON, with the escapes of its language. */
export function tokensInValue(text: string): string[] {
  if (!mayHoldToken(text)) return [];
  const found = tokensIn(text);
  return found.length > 0 || !text.includes('\\') ? found : tokensIn(withoutEscapes(text));
}

/** Whether it is clear that the adapter left something out: three dots at the end or in the middle. */
export function looksCut(text: string): boolean {
  return /(?:…|\.\.\.)/.test(text);
}

function tokensIn(text: string): string[] {
  return findTokens(text).map((hit) => tokenText(text, hit));
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function withoutEscapes(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g,
    (_, long: string | undefined, short: string | undefined, single: string | undefined) => {
      const code = long ?? short;
      if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
      return single === undefined ? '' : (escapes[single] ?? single);
    },
  );
}
