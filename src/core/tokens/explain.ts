import * as l10n from '@vscode/l10n';
import { formatMoment } from '../time';
import type { DecodedToken } from './decode';
import { type EarlierTexts, isJsonText } from './json';
import { timeOf } from './judge-times';
import { claimMeaning, headerMeaning, isForeign } from './meanings';
import { seen } from './seen';
import { claimSource, headerSource } from './sources';

export type ClaimKind = 'text' | 'time' | 'list' | 'json' | 'arn';
export type ClaimGroupId = 'header' | 'who' | 'roles' | 'audience' | 'times' | 'rest';

export interface ExplainedValue {
  /** Text to show; hostile, like the claim itself. */
  readonly value: string;
  readonly raw: unknown;
  readonly kind: ClaimKind;
  /** Milliseconds, for kind `time`. */
  readonly timeMs?: number;
  /** The claim is a text that holds JSON, which `value` shows (kind `json`). */
  readonly inText?: true;
  /** Items of a list, or characters of another value, that an excerpt leaves out. */
  readonly more?: number;
}

export interface ExplainedClaim extends ExplainedValue {
  readonly name: string;
  /** One sentence. */
  readonly meaning: string;
  /** https address of the specification that defines the claim; absent where none does. */
  readonly source?: string;
  /** The name stands there more than once, and this is its last value, which counts; these stood before it. */
  readonly earlier?: EarlierValues;
}

/** In the token's order: the first 20, and how many there are in all. */
export interface EarlierValues {
  readonly values: readonly ExplainedValue[];
  readonly count: number;
}

export interface ClaimGroup {
  readonly id: ClaimGroupId;
  readonly title: string;
  readonly claims: readonly ExplainedClaim[];
  /** Claims that an excerpt leaves out. */
  readonly more?: number;
}

const words = (text: string): readonly string[] => text.split(' ');

/** In the order in which they are shown; what is in none of them goes to the rest, in the token's order. */
const GROUPS: readonly (readonly [Exclude<ClaimGroupId, 'header' | 'rest'>, readonly string[]])[] = [
  [
    'who',
    words(
      'sub cognito:username username preferred_username email email_verified phone_number phone_number_verified name given_name middle_name family_name nickname identities',
    ),
  ],
  [
    'roles',
    words('cognito:groups cognito:roles cognito:preferred_role scope amr acr https://aws.amazon.com/tags'),
  ],
  ['audience', words('iss aud client_id azp token_use')],
  ['times', words('auth_time iat nbf exp')],
];

function titleOf(id: ClaimGroupId): string {
  switch (id) {
    case 'header':
      return l10n.t('Header');
    case 'who':
      return l10n.t('Who');
    case 'roles':
      return l10n.t('Groups and roles');
    case 'audience':
      return l10n.t('Issuer and audience');
    case 'times':
      return l10n.t('Times');
    case 'rest':
      return l10n.t('Other claims');
  }
}

/**
 * Every claim with its meaning, grouped: who, groups and roles, audience, times, the rest; groups without claims are left
 * out. `nowMs` in milliseconds, for the distance of times. An encrypted token has none.
 */
export function explainClaims(decoded: DecodedToken, nowMs: number): ClaimGroup[] {
  const grouped = new Set(GROUPS.flatMap(([, names]) => names));
  const present = Object.keys(decoded.rawJson);
  const rest = ['rest', present.filter((name) => !grouped.has(name))] as const;
  return [...GROUPS, rest]
    .map(([id, names]) => ({
      id,
      title: titleOf(id),
      claims: names
        .filter((name) => Object.hasOwn(decoded.rawJson, name))
        .map((name) => explainClaim(decoded, name, nowMs)),
    }))
    .filter((group) => group.claims.length > 0);
}

/** The members of the header, explained like claims; one group. */
export function explainHeader(decoded: DecodedToken): ClaimGroup[] {
  const claims = Object.entries(decoded.header).map(([name, raw]) => ({
    name,
    ...headerValue(raw, decoded.rawHeader[name]),
    meaning: headerMeaning(name, decoded),
    ...sourceAs(headerSource(name)),
    ...earlierAs(decoded.earlierHeader.get(name), (text) => headerValue(JSON.parse(text), text)),
  }));
  return claims.length === 0 ? [] : [{ id: 'header', title: titleOf('header'), claims }];
}

/** `text`: the value as written, with each digit. */
function headerValue(raw: unknown, text: string | undefined): ExplainedValue {
  return {
    value: typeof raw === 'string' ? raw : (text ?? JSON.stringify(raw)),
    raw,
    kind: typeof raw === 'object' && raw !== null ? 'json' : 'text',
  };
}

/** Characters of a text that is shown as JSON. */
const MAX_NESTED = 65_536;
const TIMES = new Set(['exp', 'iat', 'nbf', 'auth_time', 'updated_at', 'toe']);
const isArn = (value: string): boolean => /^arn:aws[a-z-]*:[a-z0-9-]+:/.test(value);

function explainClaim(decoded: DecodedToken, name: string, nowMs: number): ExplainedClaim {
  const earlier = decoded.earlierClaims.get(name);
  if (name === '__proto__') return { ...leftOut(decoded, name), ...earlierAs(earlier, asText) };
  return {
    name,
    meaning: meaningOf(decoded, name),
    ...sourceAs(sourceOf(decoded, name)),
    ...explainValue(name, decoded.claims[name], decoded.rawJson[name], nowMs),
    ...earlierAs(earlier, (text) => explainValue(name, JSON.parse(text), text, nowMs)),
  };
}

/** Cognito's guide defines no other issuer's claims, save those that bear the name. */
function sourceOf(decoded: DecodedToken, name: string): string | undefined {
  const source = claimSource(name);
  const ofGuide = source?.startsWith('https://docs.aws.amazon.com/') && !/^cognito:|aws/.test(name);
  return ofGuide && isForeign(decoded) ? undefined : source;
}

/** `text`: the value as written. */
function explainValue(name: string, raw: unknown, text: string | undefined, nowMs: number): ExplainedValue {
  const timeMs = TIMES.has(name) ? timeOf(raw) : undefined;
  if (typeof raw === 'number') {
    // Digits as written: JSON.parse rounds beyond 2^53.
    return timeMs === undefined
      ? { raw, value: text ?? String(raw), kind: 'text' }
      : { raw, value: formatMoment(timeMs, nowMs), kind: 'time', timeMs };
  }
  if (typeof raw === 'string') {
    if (holdsJson(raw)) return { raw, value: raw, kind: 'json', inText: true };
    if (name === 'scope') return { raw, value: raw.split(' ').join(', '), kind: 'list' };
    return { raw, value: raw, kind: isArn(raw) ? 'arn' : 'text' };
  }
  if (Array.isArray(raw) && raw.every((item) => typeof item === 'string')) {
    return { raw, value: raw.join(', '), kind: 'list' };
  }
  if (typeof raw === 'object' && raw !== null)
    return { raw, value: text ?? JSON.stringify(raw), kind: 'json' };
  return { raw, value: String(raw), kind: 'text' };
}

const asText = (text: string): ExplainedValue => ({ value: text, raw: text, kind: 'text' });

function earlierAs(
  earlier: EarlierTexts | undefined,
  explain: (text: string) => ExplainedValue,
): { earlier?: EarlierValues } {
  return earlier === undefined
    ? {}
    : { earlier: { values: earlier.texts.map(explain), count: earlier.count } };
}

const sourceAs = (source: string | undefined): { source?: string } =>
  source === undefined ? {} : { source };

/** Cognito's custom attributes are texts only, so objects and lists often stand in them as JSON. */
function holdsJson(text: string): boolean {
  return /^\s*[{[]/.test(text) && text.length <= MAX_NESTED && isJsonText(text);
}

function meaningOf(decoded: DecodedToken, name: string): string {
  const meaning = claimMeaning(name, decoded);
  if (decoded.earlierClaims.has(name)) {
    return l10n.t(
      '{0} The token holds it more than once: the last value counts, but other readers may take another.',
      meaning,
    );
  }
  const inside = decoded.duplicates.filter((path) => path.startsWith(`${name}.`));
  if (inside.length === 0 || typeof decoded.claims[name] !== 'object') return meaning;
  return l10n.t(
    '{0} Names that stand in it more than once: {1}.',
    meaning,
    inside.slice(0, 5).map(seen).join(', '),
  );
}

/** A claim of this name is harmless in text only, so decodeToken keeps it out of the claims; hiding it would mislead. */
function leftOut(decoded: DecodedToken, name: string): ExplainedClaim {
  const value = decoded.rawJson[name] ?? '';
  return {
    name,
    value,
    raw: value,
    meaning: isForeign(decoded)
      ? l10n.t('Not a registered claim, but a trap for careless readers.')
      : l10n.t('Not a claim of Cognito, and a trap for careless readers.'),
    kind: 'text',
  };
}
