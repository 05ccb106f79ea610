import type { Clock } from '../../kernel/types';
import { uuid } from '../../kernel/random';
import type { AppClient, PoolUser, UserPool } from '../model';
import { signJwt } from './jwt';
import type { TokenFamily } from './token-families';
import { roleClaims } from './role-claims';

export interface MintedTokens {
  readonly idToken: string;
  readonly accessToken: string;
  /** Of the access token, in seconds. */
  readonly expiresIn: number;
}

export function issuerOf(region: string, userPoolId: string): string {
  return `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
}

/** An ID and an access token of one family; `auth_time`, `origin_jti` and `event_id` are the family's. */
export function mintTokens(
  parts: { readonly clock: Clock; readonly region: string },
  pool: UserPool,
  client: AppClient,
  user: PoolUser,
  family: TokenFamily,
): MintedTokens {
  const iat = Math.floor(parts.clock.now() / 1000);
  const { settings } = client;
  const groups = [...user.groups].flatMap((name) => pool.groups.get(name) ?? []);
  const { groups: names, roles, preferredRole } = roleClaims(groups);
  const shared = {
    sub: user.sub,
    ...(names.length > 0 && { 'cognito:groups': names }),
    iss: issuerOf(parts.region, pool.id),
    ...(settings.revocation && { origin_jti: family.originJti }),
    event_id: family.eventId,
    auth_time: family.authTime,
    iat,
  };
  const idClaims = {
    ...readableAttributes(user, client),
    ...shared,
    'cognito:username': user.username,
    ...(roles.length > 0 && { 'cognito:roles': roles }),
    ...(preferredRole !== undefined && { 'cognito:preferred_role': preferredRole }),
    aud: client.id,
    token_use: 'id',
    exp: iat + settings.idTokenSeconds,
    ...(settings.revocation && { jti: uuid() }),
  };
  const accessClaims = {
    ...shared,
    client_id: client.id,
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    username: user.username,
    exp: iat + settings.accessTokenSeconds,
    jti: uuid(),
  };
  return {
    idToken: signJwt(pool.keys.id, idClaims),
    accessToken: signJwt(pool.keys.access, accessClaims),
    expiresIn: settings.accessTokenSeconds,
  };
}

const BOOLEANS: ReadonlySet<string> = new Set(['email_verified', 'phone_number_verified']);

function readableAttributes(user: PoolUser, client: AppClient): Record<string, unknown> {
  const readable = client.settings.readAttributes;
  const claims: Record<string, unknown> = {};
  for (const [name, value] of user.attributes) {
    if (readable !== undefined && !readable.includes(name)) continue;
    claims[name] = BOOLEANS.has(name) ? value === 'true' : value;
  }
  return claims;
}
