import { checkTrust } from './trust-check';
import { isMistyped } from './trust-check-lines';
import { isForeignPrincipal } from './trust-check-principal';
import { ASSUME, principalOf, regionOf, TAG_SESSION, type TrustLogin } from './trust-check-request';

type Json = Readonly<Record<string, unknown>>;

/**
 * The trust policy changed as little as needed to let a login in: principal, actions, and the conditions on `aud` and
 * `amr` of the statement that comes nearest; a statement of its own where that does not do. JSON without line breaks.
 * Undefined where something denies it, which is nobody's typing error.
 */
export function correctedTrust(trustPolicy: string, login: TrustLogin): string | undefined {
  const document = parse(trustPolicy);
  const found = checkTrust('', trustPolicy, login);
  if (found.allowed === true) return JSON.stringify(document ?? {});
  const statements = document ? listOf(document['Statement']).filter(isObject) : [];
  const mended = statements.map((statement, index) =>
    index === found.statement && isForPools(statement) ? mend(statement, login) : statement,
  );
  const candidates = [
    { ...document, Version: VERSION, Statement: mended },
    { ...document, Version: VERSION, Statement: [...statements, freshStatement(login)] },
    { Version: VERSION, Statement: [freshStatement(login)] },
  ];
  // The last one is for what cannot be read at all: never where it would take the place of a Deny.
  return candidates
    .slice(0, found.allowed === 'unknown' || statements.length === 0 ? 3 : 2)
    .map((candidate) => JSON.stringify(candidate))
    .find((text) => checkTrust('', text, login).allowed === true);
}

/** The trust policy of a new role for logins of this kind. */
export function freshTrust(login: TrustLogin): string {
  return JSON.stringify({ Version: VERSION, Statement: [freshStatement(login)] });
}

const VERSION = '2012-10-17';

function freshStatement(login: TrustLogin): Json {
  const principal = principalOf(login);
  return {
    Effect: 'Allow',
    Principal: { Federated: principal },
    Action: login.needsTagSession ? [ASSUME, TAG_SESSION] : ASSUME,
    Condition: {
      StringEquals: { [`${principal}:aud`]: login.poolId },
      'ForAnyValue:StringLike': { [`${principal}:amr`]: kindOf(login) },
    },
  };
}

/** The kind of user stands first in `amr`. */
const kindOf = (login: TrustLogin): string =>
  login.amr.includes('unauthenticated') ? 'unauthenticated' : 'authenticated';

/** Whether an Allow is meant for logins, and may be changed; one for a service or an account stays as it is. */
function isForPools({ Effect, Principal, NotAction }: Json): boolean {
  if (Effect !== 'Allow' || NotAction !== undefined || !isObject(Principal)) return false;
  const ids = Object.entries(Principal).flatMap(([type, value]) => listOf(value).map((id) => [type, id]));
  return ids.every(([type, id]) => type === 'Federated' || (typeof id === 'string' && /cognito/i.test(id)));
}

function mend(statement: Json, login: TrustLogin): Json {
  const { Condition } = statement;
  return {
    ...statement,
    Principal: mendPrincipal(statement['Principal'], login),
    Action: mendActions(statement['Action'], login),
    Condition: mendConditions(isObject(Condition) ? Condition : {}, login),
  };
}

function mendPrincipal(raw: unknown, login: TrustLogin): Json {
  const wanted = principalOf(login);
  const federated = isObject(raw) ? listOf(raw['Federated']) : [];
  // Other providers stay; a service that was meant to be the provider, and our name in another spelling, go.
  const others = federated.filter(
    (name) => typeof name === 'string' && name !== wanted && !/^cognito-identity/i.test(name),
  );
  return { Federated: others.length === 0 ? wanted : [...others, wanted] };
}

function mendActions(raw: unknown, { needsTagSession }: TrustLogin): string | string[] {
  const kept = listOf(raw).filter(
    (action): action is string => typeof action === 'string' && action !== 'sts:AssumeRole',
  );
  const wanted = [ASSUME, ...(needsTagSession ? [TAG_SESSION] : [])];
  const all = [...new Set([...wanted, ...kept])];
  return all.length === 1 ? ASSUME : all;
}

/** Renames keys that are mistyped or another partition's, and corrects what is asked of `aud` and `amr`. */
function mendConditions(raw: Json, login: TrustLogin): Json {
  const principal = principalOf(login);
  const result: Record<string, Record<string, unknown>> = {};
  for (const [operator, keys] of Object.entries(raw)) {
    for (const [key, values] of Object.entries(isObject(keys) ? keys : {})) {
      const colon = key.lastIndexOf(':');
      const part = key.slice(colon + 1).toLowerCase();
      const isOurs = isMistyped(key) || isForeignPrincipal(key.slice(0, colon), regionOf(login));
      if (isOurs && (part === 'aud' || part === 'amr')) continue;
      (result[operator] ??= {})[isOurs ? principal + key.slice(colon) : key] = values;
    }
  }
  const audiences = audiencesOf(raw).filter((pool) => pool !== login.poolId);
  (result['StringEquals'] ??= {})[`${principal}:aud`] =
    audiences.length === 0 ? login.poolId : [...audiences, login.poolId];
  (result['ForAnyValue:StringLike'] ??= {})[`${principal}:amr`] = mendedAmr(raw, login);
  return result;
}

/** The other identity pools that the role trusts stay: it may be theirs too. */
function audiencesOf(raw: Json): string[] {
  return valuesOf(raw, 'StringEquals', 'aud').filter((pool) => /^[a-z0-9-]+:[0-9a-f-]{36}$/i.test(pool));
}

/** A condition that fits stays; one that does not is replaced, since adding to it would let the other kind of user in. */
function mendedAmr(raw: Json, login: TrustLogin): string | string[] {
  const asked = valuesOf(raw, 'ForAnyValue:StringLike', 'amr').concat(
    valuesOf(raw, 'ForAnyValue:StringEquals', 'amr'),
  );
  const fitting = asked.filter((value) => login.amr.includes(value));
  return fitting.length === 0 ? kindOf(login) : fitting.length === 1 ? (fitting[0] ?? '') : fitting;
}

function valuesOf(raw: Json, operator: string, part: string): string[] {
  const keys = raw[operator];
  return Object.entries(isObject(keys) ? keys : {}).flatMap(([key, values]) =>
    key.toLowerCase().endsWith(`:${part}`)
      ? listOf(values).filter((value): value is string => typeof value === 'string')
      : [],
  );
}

function parse(text: string): Json | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
