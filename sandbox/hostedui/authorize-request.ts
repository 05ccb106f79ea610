import type { AppClient, IdentityProvider, UserPool } from '../userpools/model';
import { OPENID_SCOPES } from './client-rules';
import { oauthSettingsOf, type OAuthSettings } from './oauth-settings';
import { PageRefusal, RedirectRefusal, type RedirectTarget } from './refusals';
import type { HostedUiWorld } from './world';

/** A checked request to /oauth2/authorize. The pages after it carry its query on, and check it again. */
export interface AuthorizeRequest extends RedirectTarget {
  readonly pool: UserPool;
  readonly client: AppClient;
  readonly responseType: 'code' | 'token';
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
  /** S256 */
  readonly codeChallenge: string | undefined;
  /** `COGNITO`, another provider's name, or undefined where the person chooses. */
  readonly identityProvider: string | undefined;
  readonly prompts: ReadonlySet<string>;
  readonly loginHint: string | undefined;
  readonly query: string;
}

const ONCE = ['client_id', 'redirect_uri', 'response_type', 'scope', 'state', 'nonce', 'code_challenge'];
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
const RESPONSES = { code: 'code', token: 'implicit' } as const;

/**
 * Throws PageRefusal as long as the callback is not known to be the client's own, then RedirectRefusal.
 */
export function readAuthorizeRequest(world: HostedUiWorld, query: string): AuthorizeRequest {
  const parameters = new URLSearchParams(query);
  if (ONCE.some((name) => parameters.getAll(name).length > 1)) throw new PageRefusal('invalid_request');
  const get = (name: string): string | undefined => parameters.get(name) || undefined;
  const { pool, client } = clientOfPage(world, get('client_id'));
  const settings = oauthSettingsOf(client);
  const redirectUri = get('redirect_uri');
  if (redirectUri === undefined) throw new PageRefusal('invalid_request', client.id);
  if (!settings.callbackUrls.includes(redirectUri)) throw new PageRefusal('redirect_mismatch', client.id);
  if (!settings.enabled) throw new PageRefusal('unauthorized_client', client.id);
  if (settings.identityProviders.length === 0) throw new PageRefusal('no_identity_provider', client.id);

  const target: RedirectTarget = { redirectUri, state: get('state') };
  const refuse = (error: string, description?: string): RedirectRefusal =>
    new RedirectRefusal(target, error, description);
  const wanted = get('response_type');
  if (wanted !== 'code' && wanted !== 'token')
    throw refuse('invalid_request', 'response_type must be code or token');
  if (!settings.flows.includes(RESPONSES[wanted])) throw refuse('unauthorized_client');
  const codeChallenge = get('code_challenge');
  const method = get('code_challenge_method');
  if (codeChallenge !== undefined && method !== 'S256')
    throw refuse('invalid_request', 'code_challenge_method must be S256');
  if (method !== undefined && codeChallenge === undefined)
    throw refuse('invalid_request', 'code_challenge is missing');
  if (codeChallenge !== undefined && !CHALLENGE.test(codeChallenge))
    throw refuse('invalid_request', 'code_challenge is not a SHA-256 hash in base64url');
  return {
    ...target,
    pool,
    client,
    responseType: wanted,
    scopes: readScopes(get('scope'), settings, refuse),
    nonce: get('nonce'),
    codeChallenge,
    identityProvider: readProvider(pool, settings, get('identity_provider'), get('idp_identifier'), refuse),
    prompts: new Set(get('prompt')?.split(' ')),
    loginHint: get('login_hint'),
    query,
  };
}

/** As `readAuthorizeRequest`, for pages about the pool's own users, which not every client lets in. */
export function readOwnSignIn(world: HostedUiWorld, query: string): AuthorizeRequest {
  const request = readAuthorizeRequest(world, query);
  if (!oauthSettingsOf(request.client).identityProviders.includes('COGNITO'))
    throw new PageRefusal('no_identity_provider', request.client.id);
  return request;
}

/** The client that a page is asked for; its pool must have a domain. Throws PageRefusal. */
export function clientOfPage(
  world: HostedUiWorld,
  clientId: string | undefined,
): { pool: UserPool; client: AppClient } {
  if (clientId === undefined) throw new PageRefusal('invalid_request');
  const found = world.findClient(clientId);
  if (found === undefined) throw new PageRefusal('invalid_client', clientId);
  return found;
}

function readScopes(
  text: string | undefined,
  settings: OAuthSettings,
  refuse: (error: string, description?: string) => RedirectRefusal,
): readonly string[] {
  if (text === undefined) return settings.scopes;
  const scopes = [...new Set(text.split(' ').filter((scope) => scope !== ''))];
  const needOpenid = scopes.some((scope) => OPENID_SCOPES.has(scope)) && !scopes.includes('openid');
  if (scopes.length === 0 || needOpenid || !scopes.every((scope) => settings.scopes.includes(scope)))
    throw refuse('invalid_scope');
  return scopes;
}

function readProvider(
  pool: UserPool,
  settings: OAuthSettings,
  name: string | undefined,
  identifier: string | undefined,
  refuse: (error: string, description?: string) => RedirectRefusal,
): string | undefined {
  const { identityProviders } = settings;
  const named =
    identifier === undefined
      ? name
      : (otherProviders(pool, settings).find(({ identifiers }) => identifiers.includes(identifier))?.name ??
        '');
  // With a single provider there is nothing to choose from.
  if (named === undefined) return identityProviders.length === 1 ? identityProviders[0] : undefined;
  if (!identityProviders.includes(named)) throw refuse('invalid_request', 'Identity provider is not enabled');
  return named;
}

/** The providers besides the pool itself that a client lets people choose. */
export function otherProviders(pool: UserPool, settings: OAuthSettings): readonly IdentityProvider[] {
  return settings.identityProviders.flatMap((name) => pool.providers.get(name) ?? []);
}
