import type { AuthTokens } from '../ports';
import type { HostedUiSite } from './hosted-ui';

/** What a token request needs to know of the app client. */
export interface OAuthClient {
  readonly site: HostedUiSite;
  readonly clientId: string;
  /** Of a confidential client; undefined for a public one. */
  readonly clientSecret?: string | undefined;
  /** Empty: whatever the client is allowed. */
  readonly scopes: readonly string[];
}

export interface BrowserRequest extends OAuthClient {
  readonly redirectUri: string;
  /** Sent as `identity_provider`; undefined lets the page offer what the client allows. */
  readonly identityProvider?: string | undefined;
  /** `login` makes the page ask who, whoever the browser's cookie says. */
  readonly prompt?: 'login' | undefined;
  /** Fills in the user name where the page takes it. */
  readonly loginHint?: string | undefined;
}

/** One attempt: the address to open, and what turns the browser's answer into tokens. Its secrets stay inside. */
export interface BrowserAttempt {
  readonly url: string;
  readonly state: string;
  readonly redirectUri: string;
  /**
   * The code for tokens, once. Throws ServiceError (service `oauth`), NetworkError, TimeoutError, CancelledError, and
   * `token.invalid` where the ID token is not the one that was asked for (nonce, issuer, client).
   */
  redeem(callbackUrl: string, signal?: AbortSignal): Promise<AuthTokens>;
}

/** The OAuth endpoints of the hosted pages, as far as a sign-in needs them. */
export interface OAuthApi {
  /** Authorization code with PKCE (S256), state and nonce, all of them new. Nothing is sent yet. */
  begin(request: BrowserRequest): Promise<BrowserAttempt>;
  /** An access token for the app itself (`client_credentials`). Throws as `redeem`. */
  clientTokens(client: OAuthClient, signal?: AbortSignal): Promise<AuthTokens>;
}
