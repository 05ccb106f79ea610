import { isRecord } from '../../kernel/input';
import type { VerifiedLogin } from '../../kernel/types';
import type { IdentityPool } from '../store';
import type { LoginProvider } from './login-provider';
import { notPublic, unsupportedProvider } from './refusals';

/** Everybody whose tokens may stand in a Logins map. */
export interface LoginProviders {
  /**
   * Fetches what the tokens of a Logins map need from their providers (an OIDC issuer's keys), so that `verify` can
   * answer at once; undefined where nothing is needed. Never rejects: what failed is told by `verify`.
   */
  prepare(logins: unknown): Promise<void> | undefined;
  /** Throws NotAuthorizedException and ExternalServiceException. */
  verify(pool: IdentityPool, providerName: string, token: string): VerifiedLogin;
}

/** The first that speaks for a key checks its token. */
export function createLoginProviders(kinds: readonly LoginProvider[]): LoginProviders {
  const kindOf = (providerName: string): LoginProvider | undefined =>
    kinds.find((kind) => kind.speaksFor(providerName));
  return {
    prepare(logins) {
      const waiting = Object.entries(isRecord(logins) ? logins : {}).flatMap(([name, token]) => {
        const work = typeof token === 'string' ? kindOf(name)?.prepare?.(name, token) : undefined;
        return work === undefined ? [] : [work];
      });
      return waiting.length === 0 ? undefined : Promise.all(waiting).then(() => undefined);
    },
    verify(pool, providerName, token) {
      if (providerName === pool.settings.DeveloperProviderName) throw notPublic();
      const kind = kindOf(providerName);
      if (kind === undefined) throw unsupportedProvider();
      return kind.verify(pool, providerName, token);
    },
  };
}
