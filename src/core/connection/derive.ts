import type { SessionOrigin } from '../session/model';
import { ENDPOINT_NAMES } from './hosts';
import { parseIdentityPoolId, parseUserPoolId, partitionOf } from './ids';
import type { Connection } from './model';

export { foreignEndpoints } from './hosts';

/** Region of the user pool, out of its id. */
export function userPoolRegion(connection: Connection): string | undefined {
  return parseUserPoolId(connection.userPool?.userPoolId ?? '')?.region;
}

/** Region of the identity pool, out of its id; it may differ from the user pool's. */
export function identityPoolRegion(connection: Connection): string | undefined {
  return parseIdentityPoolId(connection.identityPool?.identityPoolId ?? '')?.region;
}

/** Region to try S3 in first: as configured, else the identity pool's, else the user pool's. */
export function s3Region(connection: Connection): string | undefined {
  return connection.s3?.region ?? identityPoolRegion(connection) ?? userPoolRegion(connection);
}

/** What people call the connection. */
export function connectionLabel(connection: Connection): string {
  return connection.name ?? connection.id;
}

/**
 * Every `iss` that the pool's tokens may carry: Cognito's ORIGINAL and UPDATED forms; with a configured endpoint also
 * that endpoint's own address, which stand-ins such as cognito-local use. Empty without a user pool.
 */
export function issuersOf(connection: Connection): string[] {
  const pool = parseUserPoolId(connection.userPool?.userPoolId ?? '');
  if (!pool) return [];
  const host = `cognito-idp.${pool.region}.${partitionOf(pool.region).dnsSuffix}`;
  const aws = [`https://${host}/${pool.userPoolId}`, `https://issuer-${host}/${pool.userPoolId}`];
  const own = connection.endpoints?.cognitoIdp;
  return own === undefined ? aws : [...new Set([...aws, `${withoutSlash(own)}/${pool.userPoolId}`])];
}

/** Key of the ID token in the `Logins` map: as configured, else `cognito-idp.<region>.<suffix>/<poolId>`. */
export function loginKeyOf(connection: Connection): string | undefined {
  const [original] = issuersOf(connection);
  return connection.identityPool?.loginKey ?? original?.slice('https://'.length);
}

/**
 * The name under which identity pools stand in trust policies and in the Logins map of their own tokens. Outside the
 * standard partition they have names of their own (GovCloud user guide, "Amazon Cognito").
 */
export function identityPoolPrincipal(region: string | undefined): string {
  if (region === 'us-gov-east-1') return 'cognito-identity.us-gov-east-1.amazonaws.com';
  if (region?.startsWith('us-gov-')) return 'cognito-identity-us-gov.amazonaws.com';
  if (region?.startsWith('cn-')) return `cognito-identity.${region}.amazonaws.com.cn`;
  return 'cognito-identity.amazonaws.com';
}

/**
 * Address of the pool's keys. `iss` chooses between the pool's issuers; an `iss` that is not one of them is never
 * followed. Undefined without a user pool.
 */
export function jwksUrl(connection: Connection, iss?: string): string | undefined {
  return wellKnown(connection, 'jwks.json', iss);
}

/** Address of the pool's OpenID discovery document. Undefined without a user pool. */
export function discoveryUrl(connection: Connection): string | undefined {
  return wellKnown(connection, 'openid-configuration');
}

function wellKnown(connection: Connection, document: string, iss?: string): string | undefined {
  const issuers = issuersOf(connection);
  const base = connection.endpoints?.jwks ?? connection.endpoints?.cognitoIdp;
  const poolId = connection.userPool?.userPoolId;
  const configured = base === undefined ? undefined : `${withoutSlash(base)}/${poolId}`;
  const issuer = configured ?? issuers.find((candidate) => candidate === iss) ?? issuers[0];
  return issuers.length === 0 ? undefined : `${issuer}/.well-known/${document}`;
}

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

/** What a session made through this connection is bound to (decision 11). */
export function originOf(connection: Connection): SessionOrigin {
  const origins = ENDPOINT_NAMES.map((name) => originOfAddress(connection.endpoints?.[name]));
  return {
    userPoolId: connection.userPool?.userPoolId,
    clientId: connection.userPool?.clientId,
    identityPoolId: connection.identityPool?.identityPoolId,
    // By position, so that moving an address from one service to another is a change as well.
    endpoints: origins.some((origin) => origin !== '') ? origins.join(',') : '',
  };
}

function originOfAddress(address: string | undefined): string {
  if (address === undefined) return '';
  return URL.canParse(address) ? new URL(address).origin : address;
}

/** Whether two origins are the same pools, client and endpoints. */
export function sameOrigin(a: SessionOrigin, b: SessionOrigin): boolean {
  return (
    a.userPoolId === b.userPoolId &&
    a.clientId === b.clientId &&
    a.identityPoolId === b.identityPoolId &&
    a.endpoints === b.endpoints
  );
}

/** What fills the placeholders of a location. */
export interface LocationValues {
  readonly identityId?: string | undefined;
  readonly sub?: string | undefined;
  readonly username?: string | undefined;
}

export type ExpandedLocation =
  | { readonly ok: true; readonly address: string }
  /** `missing`: the placeholder that could not be filled. */
  | { readonly ok: false; readonly missing: string };

/** The placeholders that a location may hold. The second name of the identity ID is IAM's, which people copy from policies. */
export const LOCATION_PLACEHOLDERS: Readonly<Record<string, keyof LocationValues>> = {
  identityId: 'identityId',
  'cognito-identity.amazonaws.com:sub': 'identityId',
  sub: 'sub',
  username: 'username',
};

/** Fills `${identityId}`, `${sub}` and `${username}` of a configured location; values go in as they are. */
export function expandLocation(template: string, values: LocationValues): ExpandedLocation {
  let missing: string | undefined;
  const address = template.replace(/\$\{([^}]*)\}/g, (_whole, name: string) => {
    const field = Object.hasOwn(LOCATION_PLACEHOLDERS, name) ? LOCATION_PLACEHOLDERS[name] : undefined;
    const value = field === undefined ? undefined : values[field];
    if (value === undefined || value === '') missing ??= name;
    return value ?? '';
  });
  return missing === undefined ? { ok: true, address } : { ok: false, missing };
}
