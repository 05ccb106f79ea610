/** Entry of the side bundle `dist/oauth.js`: the only user of openid-client. */
import * as oidc from 'openid-client';
import type { AuthTokens } from '../core/ports';
import { throwIfAborted } from '../core/session/abort';
import type { BrowserAttempt, BrowserRequest, OAuthApi, OAuthClient } from '../core/signin/oauth';
import { oauthFault, type TokenAnswer, type TokenSite } from './oauth-faults';
import { readText } from './read-text';

/** Limit of one request, in seconds. */
const seconds = 30;
const maxBytes = 200_000;
/**
 * The ID token comes straight from its issuer this very second. Its times are judged where the server's clock is known
 * (Inspector, diagnosis); a local clock that is wrong must not spoil a sign-in.
 */
const anyClock = 1e9;

export interface OAuthOptions {
  readonly fetch?: typeof fetch | undefined;
  /** The log's way in, once a request: no parameters, no bodies. */
  readonly observe?: ((record: OAuthRecord) => void) | undefined;
}

export interface OAuthRecord {
  readonly operation: string;
  readonly host: string;
  readonly milliseconds: number;
  readonly failure?: string | undefined;
}

/** The OAuth endpoints over HTTP. Nothing is retried: a code works once. */
export function createOAuthApi(options: OAuthOptions = {}): OAuthApi {
  return {
    begin: (request) => begin(request, options),
    clientTokens(client, signal) {
      const parameters = client.scopes.length === 0 ? {} : { scope: client.scopes.join(' ') };
      const site = siteOf(client, 'client_credentials');
      const request = new TokenRequest(client, site, options, signal);
      return request.run((config) => oidc.clientCredentialsGrant(config, parameters));
    },
  };
}

async function begin(request: BrowserRequest, options: OAuthOptions): Promise<BrowserAttempt> {
  const { redirectUri, scopes, identityProvider, prompt, loginHint } = request;
  const codeVerifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(configurationOf(request, request.site.issuers[0] ?? ''), {
    redirect_uri: redirectUri,
    ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...(identityProvider === undefined ? {} : { identity_provider: identityProvider }),
    ...(prompt === undefined ? {} : { prompt }),
    ...(loginHint === undefined ? {} : { login_hint: loginHint }),
  });
  return {
    url: url.href,
    state,
    redirectUri,
    redeem(callbackUrl, signal) {
      const site = siteOf(request, 'authorization_code', redirectUri);
      const exchange = new TokenRequest(request, site, options, signal);
      return exchange.run((config) =>
        oidc.authorizationCodeGrant(config, new URL(callbackUrl), {
          pkceCodeVerifier: codeVerifier,
          expectedState: state,
          // Read after the answer is there. Without an ID token there is no nonce to check; what that means for the
          // identity pool is said there (error row 56).
          get expectedNonce() {
            return exchange.broughtIdToken ? nonce : undefined;
          },
        } as oidc.AuthorizationCodeGrantChecks),
      );
    },
  };
}

function siteOf(client: OAuthClient, grantType: TokenSite['grantType'], redirectUri?: string): TokenSite {
  const { host } = new URL(client.site.token);
  return { host, grantType, redirectUri, scopes: client.scopes.join(' '), seconds };
}

/** One request to the token endpoint. Its answer is kept, since the library reads it once for each possible issuer. */
class TokenRequest {
  private answer: TokenAnswer | undefined;

  constructor(
    private readonly client: OAuthClient,
    private readonly site: TokenSite,
    private readonly options: OAuthOptions,
    private readonly signal: AbortSignal | undefined,
  ) {}

  get broughtIdToken(): boolean {
    return typeof this.answer?.body?.['id_token'] === 'string';
  }

  async run(grant: (config: oidc.Configuration) => Promise<oidc.TokenEndpointResponse>): Promise<AuthTokens> {
    throwIfAborted(this.signal);
    const started = performance.now();
    let failure: string | undefined;
    try {
      return tokensOf(await this.withEachIssuer(grant));
    } catch (error) {
      const fault = oauthFault(error, this.answer, this.site, this.signal);
      failure = fault.message;
      throw fault;
    } finally {
      const milliseconds = performance.now() - started;
      this.options.observe?.({ operation: '/oauth2/token', host: this.site.host, milliseconds, failure });
    }
  }

  /** A pool may issue under two names; which one it uses may only be seen in the token. */
  private async withEachIssuer<T>(grant: (config: oidc.Configuration) => Promise<T>): Promise<T> {
    const [first = '', ...others] = this.client.site.issuers;
    try {
      return await grant(this.configure(first));
    } catch (error) {
      const named = this.answer?.issuer;
      const other = others.find((issuer) => issuer === named);
      if (other === undefined || named === first) throw error;
      return grant(this.configure(other));
    }
  }

  private configure(issuer: string): oidc.Configuration {
    const config = configurationOf(this.client, issuer);
    config.timeout = seconds;
    config[oidc.customFetch] = async (url, init) => {
      this.answer ??= await this.send(url, init);
      const { text, status, contentType } = this.answer;
      return new Response(text, { status, headers: { 'content-type': contentType } });
    };
    return config;
  }

  private async send(url: string, init: oidc.CustomFetchOptions): Promise<TokenAnswer> {
    const signals = [init.signal, this.signal].filter((signal) => signal !== undefined);
    const response = await (this.options.fetch ?? fetch)(url, {
      ...(init as RequestInit),
      signal: AbortSignal.any(signals),
    });
    const { status, headers } = response;
    const text = (await readText(response, maxBytes)) ?? '';
    const body = jsonObject(text);
    return {
      status,
      text,
      body,
      contentType: headers.get('content-type') ?? '',
      issuer: issuerOf(body?.['id_token']),
      requestId: headers.get('x-amz-cognito-request-id') ?? headers.get('x-amzn-requestid') ?? undefined,
      date: headers.get('date') ?? undefined,
    };
  }
}

function configurationOf({ site, clientId, clientSecret }: OAuthClient, issuer: string): oidc.Configuration {
  const server: oidc.ServerMetadata = {
    issuer,
    authorization_endpoint: site.authorize,
    token_endpoint: site.token,
    userinfo_endpoint: site.userInfo,
    revocation_endpoint: site.revoke,
    id_token_signing_alg_values_supported: [...(site.algorithms ?? ['RS256'])],
  };
  const metadata = { [oidc.clockTolerance]: anyClock };
  const config = new oidc.Configuration(server, clientId, metadata, authenticationOf(clientSecret));
  // Only what `siteOf` of the core let pass is plain http: the connection names that endpoint itself.
  if (site.token.startsWith('http:')) oidc.allowInsecureRequests(config);
  return config;
}

/** Basic needs a form-encoded secret, which not every server decodes; one with symbols goes in the body instead. */
function authenticationOf(clientSecret: string | undefined): oidc.ClientAuth {
  if (clientSecret === undefined) return oidc.None();
  return /^[\w.-]+$/.test(clientSecret)
    ? oidc.ClientSecretBasic(clientSecret)
    : oidc.ClientSecretPost(clientSecret);
}

function tokensOf(answer: oidc.TokenEndpointResponse): AuthTokens {
  return {
    accessToken: answer.access_token,
    ...(answer.id_token === undefined ? {} : { idToken: answer.id_token }),
    ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
    expiresIn: answer.expires_in ?? 3600,
  };
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** `iss` of a token, unverified; only to choose between issuers that are all accepted. */
function issuerOf(token: unknown): string | undefined {
  const [, payload] = typeof token === 'string' ? token.split('.') : [];
  const claims = payload === undefined ? undefined : jsonObject(Buffer.from(payload, 'base64url').toString());
  return typeof claims?.['iss'] === 'string' ? claims['iss'] : undefined;
}
