import type { DecodedToken } from './decode';
import { prettyJsonText } from './json';
import { claimMeaning } from './meanings';

/** The claims as JSON for people, each number as written; `{}` for an encrypted token. */
export function claimsJson({ claimsText }: DecodedToken): string {
  return claimsText === '' ? '{}' : prettyJsonText(claimsText);
}

const MAX_DEPTH = 20;
const MAX_UNION = 8;

/** The claims as a TypeScript interface, each with its meaning. */
export function claimsType(decoded: DecodedToken): string {
  const members = Object.entries(decoded.claims).map(([name, value]) => {
    const meaning = claimMeaning(name, decoded).replaceAll('*/', '* /');
    return `  /** ${meaning} */\n  ${memberName(name)}: ${typeOf(name, value, 1)};`;
  });
  return `export interface ${interfaceName(decoded)} {\n${members.join('\n')}\n}\n`;
}

function interfaceName({ kind }: DecodedToken): string {
  switch (kind) {
    case 'id':
      return 'IdTokenClaims';
    case 'access':
      return 'AccessTokenClaims';
    case 'openid':
      return 'OpenIdTokenClaims';
    default:
      return 'TokenClaims';
  }
}

function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

const quoted = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

function typeOf(name: string, value: unknown, depth: number): string {
  if (name === 'token_use' && typeof value === 'string') return quoted(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return typeof value;
  if (value === null) return 'null';
  if (depth > MAX_DEPTH) return 'unknown';
  if (Array.isArray(value)) return `${elementType(value, depth)}[]`;
  const indent = '  '.repeat(depth + 1);
  const members = Object.entries(value as object).map(
    ([key, item]) => `${indent}${memberName(key)}: ${typeOf(key, item, depth + 1)};\n`,
  );
  return members.length === 0 ? 'Record<string, never>' : `{\n${members.join('')}${'  '.repeat(depth)}}`;
}

function elementType(items: readonly unknown[], depth: number): string {
  const types = new Set<string>();
  for (const item of items) {
    types.add(typeOf('', item, depth));
    if (types.size > MAX_UNION) return 'unknown';
  }
  const [only = 'unknown', ...more] = types;
  return more.length === 0 && !only.includes(' ') ? only : `(${[only, ...more].join(' | ')})`;
}

const TIMES = new Set(['exp', 'iat', 'nbf', 'auth_time', 'updated_at', 'toe']);

/**
 * A filter for `jq -R` that takes such a token apart and gives the claims that this one has, times as dates. It holds no
 * single quote, so that it can stand in them in a shell.
 */
export function claimsFilter(decoded: DecodedToken): string {
  const part = decoded.encrypted ? 0 : 1;
  const values = decoded.encrypted ? decoded.header : decoded.claims;
  const members = Object.entries(values).map(([name, value]) => {
    const key = JSON.stringify(name).replaceAll("'", '\\u0027');
    const isTime = TIMES.has(name) && typeof value === 'number' && value >= 0 && value < 1e11;
    return `  ${key}: ${isTime ? `(.${key} | todate)` : `.${key}`}`;
  });
  const decode = [
    `split(".")[${part}]`,
    'gsub("-"; "+") | gsub("_"; "/")',
    '. + ("=" * ((4 - length % 4) % 4))',
    '@base64d | fromjson',
  ];
  return `${decode.join('\n| ')}\n| {\n${members.join(',\n')}\n}`;
}
