import type { OidcProvider } from '../iam';
import { OpenIdTokenRefused, type OpenIdTokens } from '../identitypools/openid-tokens';
import { fetchIssuerKeys, isSignedByOneOf, type IssuerKeys } from '../identitypools/providers/oidc-keys';
import { isRecord } from '../kernel/input';
import { decodeJwt } from '../userpools/tokens/jwt';
import type { TokenCheck } from './web-identity';

export interface TokenCheckParts {
  readonly openIdTokens: Pick<OpenIdTokens, 'verify'>;
  /** The key set of one of the sandbox's user pools, by the pool's id. */
  readonly userPoolKeys: (poolId: string) => unknown;
}

const USER_POOL = /^https:\/\/cognito-idp\.[\w-]+\.amazonaws\.com\/([\w-]+)$/;

/** How STS checks signatures: with the identity pools' own keys, or with those that an issuer publishes. */
export function createTokenChecks({ openIdTokens, userPoolKeys }: TokenCheckParts): {
  readonly checkOwn: (token: string) => TokenCheck;
  readonly checkForeign: (provider: OidcProvider, token: string) => Promise<TokenCheck>;
} {
  /** User pools of the sandbox have AWS's names and are not to be found there. */
  async function keysOf(url: string, issuer: unknown): Promise<IssuerKeys> {
    const poolId = USER_POOL.exec(url)?.[1];
    if (poolId === undefined) {
      return fetchIssuerKeys(typeof issuer === 'string' ? issuer : url);
    }
    const set = userPoolKeys(poolId);
    const keys: unknown = isRecord(set) ? set['keys'] : undefined;
    return Array.isArray(keys) ? { keys: keys.filter(isRecord) } : { failure: 'there is no such user pool.' };
  }

  return {
    checkOwn(token) {
      try {
        return { claims: openIdTokens.verify(token).claims };
      } catch (error) {
        if (!(error instanceof OpenIdTokenRefused)) {
          throw error;
        }
        // The signature of one that is too old was found good; STS tells the times itself.
        const claims = error.reason === 'expired' ? decodeJwt(token)?.claims : undefined;
        return claims === undefined ? { fault: 'bad-signature' } : { claims };
      }
    },

    async checkForeign({ url }, token) {
      const jwt = decodeJwt(token);
      if (jwt === undefined) {
        return { fault: 'bad-signature' };
      }
      const found = await keysOf(url, jwt.claims['iss']);
      if ('failure' in found) {
        return { fault: 'no-keys' };
      }
      return isSignedByOneOf(found.keys, jwt) ? { claims: jwt.claims } : { fault: 'bad-signature' };
    },
  };
}
