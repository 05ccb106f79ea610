import { AwsError } from '../kernel/aws-error';
import type { VerifiedLogin } from '../kernel/types';
import { COGNITO_PROVIDER } from './linking';
import type { OpenIdTokens } from './openid-tokens';
import { ownLogin } from './own-tokens';
import type { LoginProviders } from './providers';
import type { IdentityPool } from './store';

/** Verifies logins against a pool. */
export class Logins {
  readonly #providers: LoginProviders;

  constructor(providers: LoginProviders) {
    this.#providers = providers;
  }

  /**
   * All tokens of a Logins map; one that is refused refuses them all. Tokens of the identity pool itself are taken only
   * where the operation gives `own`. Throws NotAuthorizedException, InvalidParameterException and
   * ExternalServiceException.
   */
  verify(pool: IdentityPool, tokens: ReadonlyMap<string, string>, own?: OpenIdTokens): VerifiedLogin[] {
    return [...tokens].map(([providerName, token]) => {
      if (providerName === COGNITO_PROVIDER) {
        if (own !== undefined) {
          return ownLogin(own, token);
        }
        throw new AwsError('NotAuthorizedException', "Invalid login token. Can't pass in a Cognito token.");
      }
      return this.#providers.verify(pool, providerName, token);
    });
  }
}
