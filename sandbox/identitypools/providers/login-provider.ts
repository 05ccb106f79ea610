import type { VerifiedLogin } from '../../kernel/types';
import type { IdentityPool } from '../store';

/** One kind of login: who signs it, and how a token of it is checked. */
export interface LoginProvider {
  /** Whether this key of a Logins map is of this kind. */
  speaksFor(providerName: string): boolean;
  /** Throws NotAuthorizedException with the reason, and ExternalServiceException. */
  verify(pool: IdentityPool, providerName: string, token: string): VerifiedLogin;
  /** Fetches what `verify` will need from elsewhere; undefined where it needs nothing. */
  prepare?(providerName: string, token: string): Promise<void> | undefined;
}
