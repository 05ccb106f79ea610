import type { AuthTokens } from '../ports';
import { decodeToken } from '../tokens/decode';
import type { TokenSet } from './model';

export type Claims = Readonly<Record<string, unknown>>;

/**
 * Tokens as received at `nowMs`, beside those that they replace: without rotation Cognito gives no new refresh token,
 * so the old one stays.
 */
export function tokenSet(received: AuthTokens, nowMs: number, before?: TokenSet): TokenSet {
  const ends = [received.idToken, received.accessToken].flatMap((token) => {
    const { exp } = claimsOf(token);
    return typeof exp === 'number' && Number.isFinite(exp) ? [exp * 1000] : [];
  });
  const refreshToken = received.refreshToken ?? before?.refreshToken;
  return {
    ...(received.idToken ? { idToken: received.idToken } : {}),
    accessToken: received.accessToken,
    ...(refreshToken ? { refreshToken, refreshTokenSince: before?.refreshTokenSince ?? nowMs } : {}),
    expiresAt: ends.length > 0 ? Math.min(...ends) : nowMs + received.expiresIn * 1000,
    issuedAt: nowMs,
  };
}

/** Claims of a token, unverified; empty where it cannot be read. */
export function claimsOf(token: string | undefined): Claims {
  if (token === undefined) return {};
  try {
    return decodeToken(token).claims;
  } catch {
    return {};
  }
}

/** The real user name, which a secret hash needs (error row 7): out of ID token or access token. */
export function usernameOf(tokens: Pick<TokenSet, 'idToken' | 'accessToken'>): string | undefined {
  const name = claimsOf(tokens.idToken)['cognito:username'] ?? claimsOf(tokens.accessToken).username;
  return typeof name === 'string' && name !== '' ? name : undefined;
}
