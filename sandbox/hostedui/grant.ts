import type { HttpResponse } from '../kernel/types';
import type { AppClient, PoolUser, UserPool } from '../userpools/model';
import { mintTokens } from '../userpools/tokens/token-mint';
import type { AuthorizeRequest } from './authorize-request';
import type { SingleSignOn } from './browser-sessions';
import { encodeParameters, redirect, withQuery } from './page';
import type { HostedUiWorld } from './world';

export interface GrantedTokens {
  readonly id_token?: string;
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly expires_in: number;
  readonly token_type: 'Bearer';
}

/** The end of a sign-in: back to the app with a code, or with tokens in the fragment. */
export function grantAccess(
  world: HostedUiWorld,
  request: AuthorizeRequest,
  user: PoolUser,
  { authTime }: Pick<SingleSignOn, 'authTime'>,
): HttpResponse {
  const { pool, client, redirectUri, scopes, nonce, codeChallenge, state } = request;
  if (request.responseType === 'code') {
    const code = world.codes.issue({
      poolId: pool.id,
      clientId: client.id,
      redirectUri,
      scopes,
      nonce,
      codeChallenge,
      sub: user.sub,
      authTime,
    });
    return redirect(withQuery(redirectUri, { code, state }));
  }
  const tokens = openGrant(world, { pool, client, user, scopes, nonce, authTime, refreshable: false });
  const fragment = encodeParameters({ ...tokens, expires_in: String(tokens.expires_in), state });
  return redirect(`${redirectUri}#${fragment}`);
}

/** Opens a token family with scopes, and answers its first tokens. */
export function openGrant(
  world: HostedUiWorld,
  grant: {
    readonly pool: UserPool;
    readonly client: AppClient;
    readonly user: PoolUser;
    readonly scopes: readonly string[];
    readonly nonce: string | undefined;
    readonly authTime: number;
    readonly refreshable: boolean;
  },
): GrantedTokens {
  const { pool, client, user, scopes, authTime } = grant;
  const { families } = world.pools;
  const family = families.open({
    poolId: pool.id,
    clientId: client.id,
    sub: user.sub,
    authTime,
    refreshExpiresAt: world.clock.now() + client.settings.refreshTokenSeconds * 1000,
    grant: { scopes },
  });
  const { idToken, accessToken, expiresIn } = mintTokens(
    world.pools,
    pool,
    client,
    user,
    family,
    grant.nonce,
  );
  return {
    ...(idToken !== undefined && { id_token: idToken }),
    access_token: accessToken,
    ...(grant.refreshable && { refresh_token: families.issueRefreshToken(family) }),
    expires_in: expiresIn,
    token_type: 'Bearer',
  };
}

/** The user, as long as he may get tokens. */
export function enabledUser(pool: UserPool, sub: string): PoolUser | undefined {
  return [...pool.users.values()].find((user) => user.sub === sub && user.enabled);
}
