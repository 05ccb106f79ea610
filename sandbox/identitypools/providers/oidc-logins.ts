import type { Clock } from '../../kernel/types';
import { decodeJwt } from '../../userpools/tokens/jwt';
import { verifyIdToken } from './id-token';
import type { LoginProvider } from './login-provider';
import { fetchIssuerKeys, isSignedByOneOf, type IssuerKeys } from './oidc-keys';
import { unreachable } from './refusals';

/** What IAM keeps of an OIDC provider. */
export interface OidcProviderRecord {
  readonly arn: string;
  /** Of the issuer, with its scheme. */
  readonly url: string;
  readonly clientIds: readonly string[];
}

export interface OidcDirectory {
  findOidcProvider(arn: string): OidcProviderRecord | undefined;
}

export interface OidcLoginsParts {
  readonly iam: OidcDirectory;
  readonly accountId: string;
  readonly clock: Clock;
}

/**
 * ID tokens of OpenID Connect issuers that are registered in IAM. The key in Logins is the issuer without its scheme.
 * AWS knows https only; the sandbox takes http as well, for issuers on this machine.
 */
export function oidcLogins({ iam, accountId, clock }: OidcLoginsParts): LoginProvider {
  const fetched = new Map<string, IssuerKeys>();
  const arnOf = (name: string): string => `arn:aws:iam::${accountId}:oidc-provider/${name}`;
  return {
    speaksFor: () => true,
    prepare(name, token) {
      const url = iam.findOidcProvider(arnOf(name))?.url;
      const issuer = decodeJwt(token)?.claims['iss'];
      if (url === undefined || typeof issuer !== 'string' || !spellingsOf(url).includes(issuer))
        return undefined;
      return fetchIssuerKeys(issuer).then((keys) => void fetched.set(name, keys));
    },
    verify(pool, name, token) {
      const arn = arnOf(name);
      const onPool = pool.settings.OpenIdConnectProviderARNs?.includes(arn) === true;
      const provider = iam.findOidcProvider(arn);
      const { clientId, sub, claims } = verifyIdToken(token, {
        issuers: spellingsOf(provider?.url ?? `https://${name}`),
        audiences: onPool && provider !== undefined ? provider.clientIds : [],
        isSigned(jwt) {
          const known = fetched.get(name) ?? { failure: 'its keys were not asked for.' };
          if ('failure' in known) throw unreachable(name, known.failure);
          return isSignedByOneOf(known.keys, jwt);
        },
        now: clock.now(),
      });
      return { providerName: name, clientId, sub, claims, mappingKey: arn };
    },
  };
}

/** IAM drops the slash at the end of an address, some issuers insist on it. */
function spellingsOf(url: string): readonly string[] {
  const bare = url.replace(/\/$/, '');
  return [bare, `${bare}/`];
}
