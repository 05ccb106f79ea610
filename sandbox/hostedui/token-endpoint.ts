import { AwsError } from '../kernel/aws-error';
import { uuid } from '../kernel/random';
import type { AppClient, UserPool } from '../userpools/model';
import { signJwt } from '../userpools/tokens/jwt';
import { issuerOf } from '../userpools/tokens/token-mint';
import { provesChallenge } from './authorization-codes';
import { authenticateClient, readOAuthForm } from './client-authentication';
import { enabledUser, openGrant, type GrantedTokens } from './grant';
import { oauthSettingsOf } from './oauth-settings';
import { OAuthRefusal } from './refusals';
import type { ApiHandler } from './api-answer';
import { isRecord } from '../kernel/input';
import type { CallFacts, HostedUiWorld } from './world';

interface TokenRequest {
  readonly pool: UserPool;
  readonly client: AppClient;
  readonly form: URLSearchParams;
  readonly facts: CallFacts;
}

/** POST /oauth2/token */
export const tokenEndpoint: ApiHandler = async (world, request, facts) => {
  const form = readOAuthForm(request);
  const grantType = form.get('grant_type');
  if (grantType === null) throw new OAuthRefusal('invalid_request');
  const asked = { ...authenticateClient(world, request, form), form, facts };
  switch (grantType) {
    case 'authorization_code':
      return exchangeCode(world, asked);
    case 'refresh_token':
      return refresh(world, asked);
    case 'client_credentials':
      return machineTokens(world, asked);
    default:
      throw new OAuthRefusal('unsupported_grant_type');
  }
};

function exchangeCode(world: HostedUiWorld, { pool, client, form }: TokenRequest): GrantedTokens {
  if (!oauthSettingsOf(client).flows.includes('code')) throw new OAuthRefusal('unauthorized_client');
  const value = required(form, 'code');
  const redirectUri = required(form, 'redirect_uri');
  const code = world.codes.take(value, client.id);
  if (code === undefined) throw new OAuthRefusal('invalid_grant');
  // Cognito's own word for it, though RFC 6749 says invalid_grant.
  if (code.redirectUri !== redirectUri) throw new OAuthRefusal('unauthorized_client');
  const verifier = form.get('code_verifier') ?? undefined;
  if (!provesChallenge(code.codeChallenge, verifier)) throw new OAuthRefusal('invalid_grant');
  const user = enabledUser(pool, code.sub);
  if (user === undefined || !mayReadEmail(client, code.scopes)) throw new OAuthRefusal('invalid_grant');
  return openGrant(world, { pool, client, user, ...code, refreshable: true });
}

/** `email` gives two attributes, and the client must be able to read both. */
function mayReadEmail(client: AppClient, scopes: readonly string[]): boolean {
  const readable = client.settings.readAttributes;
  if (!scopes.includes('email') || readable === undefined) return true;
  return readable.includes('email') && readable.includes('email_verified');
}

/** The same as GetTokensFromRefreshToken, rotation included. */
async function refresh(world: HostedUiWorld, { client, form, facts }: TokenRequest): Promise<GrantedTokens> {
  const RefreshToken = required(form, 'refresh_token');
  let answer: unknown;
  try {
    const secret = client.secret === undefined ? {} : { ClientSecret: client.secret };
    const input = { ClientId: client.id, RefreshToken, ...secret };
    answer = await world.call('GetTokensFromRefreshToken', input, facts);
  } catch (error) {
    if (error instanceof AwsError) throw new OAuthRefusal('invalid_grant');
    throw error;
  }
  const result =
    isRecord(answer) && isRecord(answer['AuthenticationResult']) ? answer['AuthenticationResult'] : {};
  const { IdToken, AccessToken, RefreshToken: next, ExpiresIn } = result;
  return {
    ...(typeof IdToken === 'string' && { id_token: IdToken }),
    access_token: String(AccessToken),
    ...(typeof next === 'string' && { refresh_token: next }),
    expires_in: Number(ExpiresIn),
    token_type: 'Bearer',
  };
}

/** An access token for the client itself: no user, no ID token, nothing to refresh. */
function machineTokens(world: HostedUiWorld, { pool, client, form }: TokenRequest): GrantedTokens {
  const { flows, scopes: allowed, enabled } = oauthSettingsOf(client);
  const only = flows.length === 1 && flows[0] === 'client_credentials';
  if (!enabled || !only || client.secret === undefined) throw new OAuthRefusal('unauthorized_client');
  const asked =
    form
      .get('scope')
      ?.split(' ')
      .filter((scope) => scope !== '') ?? [];
  const scopes = asked.length === 0 ? allowed : [...new Set(asked)];
  const existing = world.servers.scopesOf(pool);
  if (!scopes.every((scope) => allowed.includes(scope) && existing.has(scope)))
    throw new OAuthRefusal('invalid_scope');
  const iat = Math.floor(world.clock.now() / 1000);
  const expiresIn = client.settings.accessTokenSeconds;
  const accessToken = signJwt(pool.keys.access, {
    sub: client.id,
    token_use: 'access',
    scope: scopes.join(' '),
    auth_time: iat,
    iss: issuerOf(world.pools.region, pool.id),
    exp: iat + expiresIn,
    iat,
    version: 2,
    jti: uuid(),
    client_id: client.id,
  });
  return { access_token: accessToken, expires_in: expiresIn, token_type: 'Bearer' };
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === '') throw new OAuthRefusal('invalid_request');
  return value;
}
