import { AwsError } from '../kernel/aws-error';
import { grantedAttributes } from '../userpools/tokens/granted-attributes';
import { verifyAccessToken, type VerifiedAccessToken } from '../userpools/tokens/access-token';
import { decodeJwt } from '../userpools/tokens/jwt';
import type { ApiHandler } from './api-answer';
import { OAuthRefusal } from './refusals';
import type { HostedUiWorld } from './world';

/** GET or POST /oauth2/userInfo: the attributes that the access token's scopes show. Needs `openid`. */
export const userInfo: ApiHandler = (world, request) => {
  const token = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  if (token === undefined)
    throw new OAuthRefusal('invalid_request', 'Bad OAuth2 request at UserInfo Endpoint');
  const { pool, user, scopes } = verified(world, token);
  if (!scopes.includes('openid'))
    throw new OAuthRefusal('invalid_token', 'Access token does not contain openid scope', 401);
  const client = pool.clients.get(String(decodeJwt(token)?.claims['client_id']));
  const attributes = client === undefined ? {} : grantedAttributes(user, client, scopes);
  // All values are text here, those of email_verified and identities too.
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes))
    shown[name] = typeof value === 'string' ? value : JSON.stringify(value);
  return { sub: user.sub, ...shown, username: user.username };
};

function verified(world: HostedUiWorld, token: string): VerifiedAccessToken {
  try {
    return verifyAccessToken(world.pools, token);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new OAuthRefusal(
      'invalid_token',
      'Access token is expired, disabled, or deleted, or the user has globally signed out.',
      401,
    );
  }
}
