import { AwsError } from '../kernel/aws-error';
import type { Clock, LoginVerifier, VerifiedLogin } from '../kernel/types';
import type { Identity, IdentityPool, IdentityStore } from './store';

/** Verifies logins against a pool, and ties them to identities. */
export class Logins {
  readonly #verifier: LoginVerifier;
  readonly #store: IdentityStore;
  readonly #clock: Clock;

  constructor(verifier: LoginVerifier, store: IdentityStore, clock: Clock) {
    this.#verifier = verifier;
    this.#store = store;
    this.#clock = clock;
  }

  /** All tokens of a Logins map; one that is refused refuses them all. Throws NotAuthorizedException. */
  verify(pool: IdentityPool, tokens: ReadonlyMap<string, string>): VerifiedLogin[] {
    return [...tokens].map(([providerName, token]) => this.#verifyOne(pool, providerName, token));
  }

  #verifyOne(pool: IdentityPool, providerName: string, token: string): VerifiedLogin {
    const login = this.#verifier.verifyIdToken(providerName, token);
    const provider = pool.settings.CognitoIdentityProviders.find(
      ({ ProviderName, ClientId }) => ProviderName === providerName && ClientId === login.clientId,
    );
    if (provider === undefined) {
      throw new AwsError(
        'NotAuthorizedException',
        'Token is not from a supported provider of this identity pool.',
      );
    }
    if (provider.ServerSideTokenCheck && !this.#verifier.isLoginAlive(login)) {
      // AWS documents the refusal and not its words.
      throw new AwsError('NotAuthorizedException', 'Invalid login token. Token is revoked.');
    }
    return login;
  }

  /** The identities of the pool that these logins lead to, each once. */
  owners(pool: IdentityPool, logins: readonly VerifiedLogin[]): Identity[] {
    return [...new Set(logins.flatMap((login) => this.#store.ownerOf(pool.id, login) ?? []))];
  }

  /** Ties the logins that are new to an identity. Throws ResourceConflictException. */
  link(identity: Identity, logins: readonly VerifiedLogin[]): void {
    const added = logins.filter(({ providerName, sub }) => {
      const known = identity.logins.get(providerName);
      if (known !== undefined && known !== sub) {
        throw new AwsError(
          'ResourceConflictException',
          `Identity '${identity.id}' already has a login of ${providerName}.`,
        );
      }
      return known === undefined;
    });
    for (const { providerName, sub } of added) {
      identity.logins.set(providerName, sub);
      identity.modifiedAt = new Date(this.#clock.now());
    }
  }
}

/** Logins that lead to several identities of the pool would have to merge these. */
export function conflictingLogins(): AwsError {
  return new AwsError('ResourceConflictException', 'Logins are already linked to different identities.');
}

/** A request without any login asks for a guest. */
export function guestRefused(pool: IdentityPool): AwsError {
  return new AwsError(
    'NotAuthorizedException',
    pool.settings.AllowUnauthenticatedIdentities
      ? 'Unauthenticated access is not supported by the sandbox.'
      : 'Unauthenticated access is not supported for this identity pool.',
  );
}
