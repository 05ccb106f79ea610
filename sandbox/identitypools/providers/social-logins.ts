import { randomBytes } from 'node:crypto';
import type { Clock, VerifiedLogin } from '../../kernel/types';
import { isSignedBy, signJwt } from '../../userpools/tokens/jwt';
import { lazyPoolKeys } from '../../userpools/tokens/pool-keys';
import type { IdentityPool } from '../store';
import { verifyIdToken } from './id-token';
import type { LoginProvider } from './login-provider';
import { invalidToken, unsupportedProvider } from './refusals';
import { isSocialName, SOCIAL_PROVIDERS, type SocialName } from './social-names';

/** A token that a test or the demo wants from a provider. */
export interface TokenOrder {
  readonly subject: string;
  /** The app id that the token is for. */
  readonly audience: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly expiresInSeconds: number;
}

interface TableEntry {
  readonly appId: string;
  readonly sub: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly expiresAt: number;
}

export interface SocialLogins extends LoginProvider {
  /** What the provider's own sign-in would have given: an ID token, or an entry in its table of access tokens. */
  issue(provider: SocialName, order: TokenOrder): string;
}

/**
 * Google, Apple, Facebook, Amazon and Twitter as the sandbox plays them: issuers with keys of its own, and tables
 * of access tokens. Nothing here comes from or goes to the real ones.
 */
export function createSocialLogins(clock: Clock): SocialLogins {
  const keys = new Map<SocialName, ReturnType<typeof lazyPoolKeys>>();
  const keyOf = (name: SocialName): ReturnType<typeof lazyPoolKeys>['id'] => {
    const known = keys.get(name) ?? lazyPoolKeys();
    keys.set(name, known);
    return known.id;
  };
  const table = new Map<string, TableEntry>();
  const entryKey = (name: SocialName, token: string): string => `${name} ${token}`;

  const fromTable = (name: SocialName, token: string, appId: string | undefined): VerifiedLogin => {
    const entry = table.get(entryKey(name, token));
    // AWS's own words for this are not known to us.
    if (entry === undefined) throw invalidToken(`Not a valid access token of ${name}.`);
    if (entry.appId !== appId) throw unsupportedProvider();
    const [now, end] = [clock.now(), entry.expiresAt].map((time) => Math.floor(time / 1000));
    if (clock.now() >= entry.expiresAt) throw invalidToken(`Token expired: ${now} >= ${end}`);
    return loginOf(name, entry.appId, entry.sub, entry.claims);
  };

  return {
    speaksFor: isSocialName,
    verify(pool, name, token) {
      if (!isSocialName(name)) throw unsupportedProvider();
      const provider = SOCIAL_PROVIDERS[name];
      const appId = appIdOf(pool, name);
      if (provider.kind !== 'id-token') return fromTable(name, token, appId);
      const { clientId, sub, claims } = verifyIdToken(token, {
        issuers: provider.issuers,
        audiences: appId === undefined ? [] : [appId],
        isSigned: (jwt) => isSignedBy(keyOf(name), jwt),
        now: clock.now(),
      });
      return loginOf(name, clientId, sub, claims);
    },
    issue(name, { subject, audience, claims, expiresInSeconds }) {
      const provider = SOCIAL_PROVIDERS[name];
      if (provider.kind === 'id-token') {
        const iat = Math.floor(clock.now() / 1000);
        const own = {
          iss: provider.issuers[0],
          aud: audience,
          sub: subject,
          iat,
          exp: iat + expiresInSeconds,
        };
        return signJwt(keyOf(name), { ...own, ...claims });
      }
      // Letters and digits alone, as Facebook's are: whoever tells tokens apart by their shape knows them by that.
      const secret = (): string => randomBytes(48).toString('hex');
      const token = provider.kind === 'access-token' ? provider.prefix + secret() : `${secret()};${secret()}`;
      const expiresAt = clock.now() + expiresInSeconds * 1000;
      table.set(entryKey(name, token), { appId: audience, sub: subject, claims, expiresAt });
      return token;
    },
  };
}

/** Twitter's setting holds the app's key and its secret. */
function appIdOf({ settings }: IdentityPool, name: SocialName): string | undefined {
  const value = settings.SupportedLoginProviders?.[name];
  return SOCIAL_PROVIDERS[name].kind === 'token-and-secret' ? value?.split(';')[0] : value;
}

function loginOf(
  providerName: SocialName,
  clientId: string,
  sub: string,
  claims: Readonly<Record<string, unknown>>,
): VerifiedLogin {
  return { providerName, clientId, sub, claims: { ...claims, sub }, mappingKey: providerName };
}
