import { createHash } from 'node:crypto';
import type { Clock } from '../../kernel/types';
import { uuid } from '../../kernel/random';
import type { AppClient, PoolUser, UserPool } from '../model';
import { grantedAttributes } from './granted-attributes';
import { signJwt } from './jwt';
import type { TokenFamily } from './token-families';
import { roleClaims } from './role-claims';

export interface MintedTokens {
  /** Undefined where an OAuth grant does not include `openid`. */
  readonly idToken: string | undefined;
  readonly accessToken: string;
  /** Of the access token, in seconds. */
  readonly expiresIn: number;
}

export function issuerOf(region: string, userPoolId: string): string {
  return `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
}

/**
 * An ID and an access token of one family; `auth_time`, `origin_jti` and `event_id` are the family's, and so are the
 * scopes of an OAuth grant. `nonce` is that of the authorize request.
 */
export function mintTokens(
  parts: { readonly clock: Clock; readonly region: string },
  pool: UserPool,
  client: AppClient,
  user: PoolUser,
  family: TokenFamily,
  nonce?: string,
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
  const { grant } = family;
  const accessToken = signJwt(pool.keys.access, {
    ...shared,
    ...(grant && { version: 2 }),
    ...(family.deviceKey !== undefined && { device_key: family.deviceKey }),
    client_id: client.id,
    token_use: 'access',
    scope: grant?.scopes.join(' ') ?? 'aws.cognito.signin.user.admin',
    username: user.username,
    exp: iat + settings.accessTokenSeconds,
    jti: uuid(),
  });
  const expiresIn = settings.accessTokenSeconds;
  if (grant?.scopes.includes('openid') === false) return { idToken: undefined, accessToken, expiresIn };
  const idToken = signJwt(pool.keys.id, {
    ...grantedAttributes(user, client, grant?.scopes),
    ...shared,
    'cognito:username': user.username,
    ...(roles.length > 0 && { 'cognito:roles': roles }),
    ...(preferredRole !== undefined && { 'cognito:preferred_role': preferredRole }),
    aud: client.id,
    token_use: 'id',
    exp: iat + settings.idTokenSeconds,
    ...(settings.revocation && { jti: uuid() }),
    ...(grant && { at_hash: accessTokenHash(accessToken) }),
    ...(nonce !== undefined && { nonce }),
  });
  return { idToken, accessToken, expiresIn };
}

/** OpenID Connect Core, 3.1.3.6. */
function accessTokenHash(accessToken: string): string {
  return createHash('sha256').update(accessToken, 'ascii').digest().subarray(0, 16).toString('base64url');
}
