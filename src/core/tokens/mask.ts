import { type DecodedToken, isIdentityPoolIssuer, isUserPoolIssuer } from './decode';
import { distinctNames } from './mask-names';
import { maskedMethods, type Sweep, sweepOf } from './mask-sweep';
import { claimSource, headerSource } from './sources';

const words = (text: string): readonly string[] => text.split(' ');

/** What tells of a sign-in but not of a person. Everything else is masked, whatever a trigger or provider put there. */
const KEPT = new Set(
  words(
    'iss aud azp client_id token_use scope version exp iat nbf auth_time updated_at toe acr amr jti origin_jti event_id at_hash c_hash s_hash email_verified phone_number_verified cognito:groups cognito:roles cognito:preferred_role cognito:user_status cognito:mfa_enabled groups roles entitlements',
  ),
);
const KEPT_HEADERS = new Set(words('alg kid typ cty enc zip crit b64 x5t x5t#S256 iss aud'));
const KEPT_IDENTITY = new Set(words('providerName providerType issuer primary dateCreated'));

/** Headers in which a person may be named all the same. */
const SWEPT_HEADERS = new Set(words('kid iss aud'));

const TEXT = 'redacted';
const EMAIL = 'redacted@example.com';
const PHONE = '+10000000000';
const ADDRESS = 'https://example.com/redacted';
const GUID = '00000000-0000-0000-0000-000000000000';
const guid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const email = /[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;

/**
 * The claims as JSON text without what tells of a person: values keep their kind (a text stays a text, an e-mail address
 * stays one), numbers and switches become 0 and false, names stay but for the person's names in those that nobody defined.
 */
export function maskedClaims(decoded: DecodedToken): string {
  const { claims, rawJson } = decoded;
  const sweep = sweepFor(claims);
  const members = Object.entries(rawJson).filter(([name]) => name !== '__proto__');
  const texts = members.map(([name, raw]) => {
    const value = claims[name];
    if (!KEPT.has(name)) return JSON.stringify(maskedClaim(name, value, claims, sweep));
    return isNobodys(name, value) ? raw : JSON.stringify(keptClaim(name, value, decoded, sweep));
  });
  const names = distinctNames(
    members.map(([name]) => name),
    (name) => (isClaim(name) ? name : maskedName(name, sweep)),
  );
  return `{${names.map((name, at) => `${JSON.stringify(name)}:${texts[at] ?? 'null'}`).join(',')}}`;
}

/** The header likewise: algorithm, key and kind stay. */
export function maskedHeader({ header, claims }: DecodedToken): string {
  const sweep = sweepFor(claims);
  const cleanName = (name: string) =>
    KEPT_HEADERS.has(name) || headerSource(name) !== undefined ? name : maskedName(name, sweep);
  const cleanValue = (name: string, value: unknown) => {
    if (!KEPT_HEADERS.has(name)) return masked(name, value, sweep);
    return SWEPT_HEADERS.has(name) ? keptValue(name, value, sweep) : value;
  };
  return JSON.stringify(mapped(header, cleanName, cleanValue));
}

/** An attribute of a pool's own, `custom:`, is named by whoever made the pool, like any other claim. */
const isClaim = (name: string): boolean =>
  KEPT.has(name) || (claimSource(name) !== undefined && !/^(?:dev:)?custom:/.test(name));

type Claims = DecodedToken['claims'];

function maskedClaim(name: string, value: unknown, claims: Claims, sweep: Sweep): unknown {
  // An application's own ID is no person's.
  if (name === 'sub' && value === claims['client_id']) return value;
  if (name === 'identities' && Array.isArray(value)) return value.map((item) => maskedIdentity(item, sweep));
  return masked(name, value, sweep);
}

function maskedIdentity(item: unknown, sweep: Sweep): unknown {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    return masked('identities', item, sweep);
  return mapped(
    item,
    (name) => (KEPT_IDENTITY.has(name) || name === 'userId' ? name : maskedName(name, sweep)),
    (name, value) =>
      KEPT_IDENTITY.has(name) && typeof value !== 'object' ? value : masked(name, value, sweep),
  );
}

/** An object with the same members in the same order, under other names and with other values. */
function mapped(
  from: object,
  nameOf: (name: string) => string,
  valueOf: (name: string, value: unknown) => unknown,
): unknown {
  const members = Object.entries(from) as [string, unknown][];
  const names = distinctNames(
    members.map(([name]) => name),
    nameOf,
  );
  return Object.fromEntries(members.map(([name, value], at) => [names[at] ?? name, valueOf(name, value)]));
}

/** People stand in names, too: members of a team, owners. */
function maskedName(name: string, sweep: Sweep): string {
  const alike = maskedText('', name);
  return alike === PHONE || alike.endsWith(GUID) ? alike : sweep(name);
}

function masked(name: string, value: unknown, sweep: Sweep): unknown {
  if (typeof value === 'string') return maskedText(name, value);
  if (typeof value === 'number') return 0;
  if (typeof value === 'boolean') return false;
  if (Array.isArray(value)) return value.map((item) => masked(name, item, sweep));
  if (typeof value === 'object' && value !== null) {
    return mapped(
      value,
      (key) => maskedName(key, sweep),
      (key, item) => masked(key, item, sweep),
    );
  }
  return null;
}

function maskedText(name: string, value: string): string {
  if (value === '') return '';
  if (new RegExp(`^${email.source}$`).test(value)) return EMAIL;
  if (/^\+\d{5,20}$/.test(value)) return PHONE;
  if (/^https?:\/\//i.test(value)) return ADDRESS;
  const region = /^([a-z]{2}(?:-[a-z]+)+-\d{1,2}:)/.exec(value)?.[1] ?? '';
  if (new RegExp(`^${guid.source}$`, 'i').test(value.slice(region.length))) return region + GUID;
  return name === 'birthdate' ? '0000-01-01' : TEXT;
}

/** Numbers keep their digits, and what a token is for and a pool of Cognito name no one. */
function isNobodys(name: string, value: unknown): boolean {
  if (name === 'token_use' || (name === 'iss' && (isUserPoolIssuer(value) || isIdentityPoolIssuer(value))))
    return typeof value === 'string';
  return typeof value === 'number' || typeof value === 'boolean' || value === null;
}

function keptClaim(name: string, value: unknown, { kind }: DecodedToken, sweep: Sweep): unknown {
  const isMethods = kind === 'openid' && name === 'amr' && Array.isArray(value);
  return keptValue(name, isMethods ? maskedMethods(value) : value, sweep);
}

/** Texts and lists of texts stay but for the person's names; nobody knows what is inside anything else. */
function keptValue(name: string, value: unknown, sweep: Sweep): unknown {
  if (typeof value === 'string') return sweep(value);
  if (!Array.isArray(value)) return masked(name, value, sweep);
  return value.map((item: unknown) => (typeof item === 'string' ? sweep(item) : masked(name, item, sweep)));
}

/** Takes out of claims that are kept what others would know the person by: groups and sign-in methods hold user names. */
function sweepFor(claims: Claims): Sweep {
  const sweep = sweepOf(claims, (name, value) => maskedText(name, value) !== value);
  return (text) => sweep(text).replace(email, EMAIL);
}
