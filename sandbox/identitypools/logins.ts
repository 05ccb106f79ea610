import { AwsError } from '../kernel/aws-error';
import type { VerifiedLogin } from '../kernel/types';
import { COGNITO_PROVIDER } from './linking';
import type { LoginProviders } from './providers';
import type { IdentityPool } from './store';

/** Verifies logins against a pool. */
export class Logins {
  readonly #providers: LoginProviders;

  constructor(providers: LoginProviders) {
    this.#providers = providers;
  }

  /**
   * All tokens of a Logins map; one that is refused refuses them all. Throws NotAuthorizedException,
   * InvalidParameterException and ExternalServiceException.
   */
  verify(pool: IdentityPool, tokens: ReadonlyMap<string, string>): VerifiedLogin[] {
    return [...tokens].map(([providerName, token]) => {
      if (providerName === COGNITO_PROVIDER) {
        throw new AwsError('NotAuthorizedException', "Invalid login token. Can't pass in a Cognito token.");
      }
      return this.#providers.verify(pool, providerName, token);
    });
  }
}
