/** The ids of Cognito: how they look, what follows from them, and how to find them in what people paste. */

export interface UserPoolId {
  readonly userPoolId: string;
  readonly region: string;
  /** The part after `_`; SRP needs it. */
  readonly name: string;
}

export interface IdentityPoolId {
  readonly identityPoolId: string;
  readonly region: string;
}

export interface Partition {
  /** First field of ARNs, e.g. `aws-cn`. */
  readonly partition: string;
  readonly dnsSuffix: string;
}

export type IdKind = 'userPool' | 'client' | 'identityPool';

/** Source of a pattern: an AWS region. */
export const REGION = '[a-z]{2,4}(?:-[a-z]{2,})+-\\d{1,2}';
// cognito-local names its only region `local`.
const USER_POOL = `(${REGION}|local)_([0-9A-Za-z]{1,50})`;
const GUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const IDENTITY_POOL = `(${REGION}):(${GUID})`;
const BEFORE = '(?<=^|[\\s"\'`/=:,&?#([{<])';
const AFTER = '(?=$|[\\s"\'`/=:,&?#)\\]}>;])';

const whole = (pattern: string): RegExp => new RegExp(`^${pattern}$`);
const USER_POOL_WHOLE = whole(USER_POOL);
const IDENTITY_POOL_WHOLE = whole(IDENTITY_POOL);
const REGION_WHOLE = whole(REGION);

/** Parses `us-west-2_AbCdEfGhI`; nothing but the bare id. */
export function parseUserPoolId(text: string): UserPoolId | undefined {
  const match = text.length <= 55 ? USER_POOL_WHOLE.exec(text) : null;
  const [, region, name] = match ?? [];
  return region !== undefined && name !== undefined ? { userPoolId: text, region, name } : undefined;
}

/** Parses `us-west-2:00000000-0000-0000-0000-000000000000`; nothing but the bare id. */
export function parseIdentityPoolId(text: string): IdentityPoolId | undefined {
  const region = IDENTITY_POOL_WHOLE.exec(text)?.[1];
  return region === undefined ? undefined : { identityPoolId: text, region };
}

/** The user pools API's rule for client ids (`[\w+]+`, 1 to 128). */
export function isClientId(text: string): boolean {
  return /^[\w+]{1,128}$/.test(text);
}

export function isRegion(text: string): boolean {
  return REGION_WHOLE.test(text);
}

/** The rule of `id` in the settings. */
export function isConnectionId(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,62}$/.test(text);
}

/**
 * Finds the one id of a kind in pasted text: the bare id, an ARN, an address of the console (today's and the older
 * one), a JSON or shell line. Undefined where there is none, or where there are several different ones.
 */
export function extractId(kind: IdKind, text: string): string | undefined {
  const pasted = unescapePercent(text.slice(0, 20_000)).trim();
  return only(kind === 'client' ? clientIds(pasted) : poolIds(kind, pasted));
}

function poolIds(kind: 'userPool' | 'identityPool', text: string): string[] {
  const pattern = kind === 'userPool' ? USER_POOL : IDENTITY_POOL;
  const found = [...text.matchAll(new RegExp(`${BEFORE}${pattern}${AFTER}`, 'g'))].map((match) => match[0]);
  return found.filter((id) => kind === 'identityPool' || parseUserPoolId(id) !== undefined);
}

// Pages of the console that stand where a client id would.
const CONSOLE_PAGES = new Set(['create', 'edit', 'list', 'new']);

function clientIds(text: string): string[] {
  const bare = text.replace(/^[\s"'`,]+|[\s"'`,;]+$/g, '');
  if (isClientId(bare)) return [bare];
  const named = text.matchAll(/client[_-]?id["'`]?\s*[:=]\s*["'`]?([\w+]{1,128})(?![\w+-])/gi);
  const inPath = text.matchAll(/\/(?:app-)?clients?\/([\w+]{1,128})(?=[/?#"'`\s]|$)/g);
  return [...named, ...inPath].map((match) => match[1] ?? '').filter((id) => !CONSOLE_PAGES.has(id));
}

function only(found: readonly string[]): string | undefined {
  const [first, ...more] = new Set(found);
  return more.length === 0 ? first : undefined;
}

function unescapePercent(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An id for the settings made from a label, different from all in `taken`. */
export function suggestConnectionId(name: string, taken: Iterable<string>): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+/, '');
  const base = slug.slice(0, 58).replace(/-+$/, '') || 'connection';
  const used = new Set(taken);
  let id = base;
  for (let n = 2; used.has(id); n++) id = `${base}-${n}`;
  return id;
}

// Out of the partition table that the AWS SDK ships.
const PARTITIONS: readonly (readonly [RegExp, string, string])[] = [
  [/^cn-/, 'aws-cn', 'amazonaws.com.cn'],
  [/^us-gov-/, 'aws-us-gov', 'amazonaws.com'],
  [/^eusc-/, 'aws-eusc', 'amazonaws.eu'],
  [/^us-iso-/, 'aws-iso', 'c2s.ic.gov'],
  [/^us-isob-/, 'aws-iso-b', 'sc2s.sgov.gov'],
  [/^eu-isoe-/, 'aws-iso-e', 'cloud.adc-e.uk'],
  [/^us-isof-/, 'aws-iso-f', 'csp.hci.ic.gov'],
];

/** Partition and DNS suffix of a region; a region that is not known counts as AWS's commercial partition. */
export function partitionOf(region: string): Partition {
  const found = PARTITIONS.find(([pattern]) => pattern.test(region));
  return found
    ? { partition: found[1], dnsSuffix: found[2] }
    : { partition: 'aws', dnsSuffix: 'amazonaws.com' };
}

/** Every DNS suffix under which AWS runs its services. */
export const AWS_DNS_SUFFIXES: readonly string[] = [
  'amazonaws.com',
  ...PARTITIONS.map(([, , suffix]) => suffix),
];
