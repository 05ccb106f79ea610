import { AwsError } from '../kernel/aws-error';
import type { LoginVerifier, VerifiedLogin } from '../kernel/types';
import type { UserPoolContext } from './context';
import { decodeJwt, isSignedBy } from './tokens/jwt';
import { issuerOf } from './tokens/token-mint';

const refuse = (reason: string): AwsError =>
  new AwsError('NotAuthorizedException', `Invalid login token. ${reason}`);

/** How identity pools check the tokens of this sandbox's user pools. */
export function createLoginVerifier(context: UserPoolContext): LoginVerifier {
  return {
    verifyIdToken(providerName, token): VerifiedLogin {
      const jwt = decodeJwt(token);
      if (jwt === undefined) throw refuse('Not a valid OpenId Connect identity token.');
      const { iss, aud, sub, exp } = jwt.claims;
      if (typeof aud !== 'string') throw refuse('Missing a required claim: aud');
      if (typeof iss !== 'string' || iss !== `https://${providerName}`)
        throw refuse("Issuer doesn't match providerName");
      const pool = [...context.store.pools.values()].find(({ id }) => issuerOf(context.region, id) === iss);
      if (pool === undefined || typeof sub !== 'string' || !isSignedBy(pool.keys.id, jwt))
        throw refuse("Couldn't verify signed token.");
      const now = Math.floor(context.clock.now() / 1000);
      if (typeof exp !== 'number' || now >= exp) throw refuse(`Token expired: ${now} >= ${String(exp)}`);
      return { providerName, clientId: aud, sub, claims: jwt.claims, mappingKey: `${providerName}:${aud}` };
    },
    isLoginAlive({ claims, sub }) {
      const family = context.families.find(claims['event_id']);
      if (family === undefined || family.revoked) return false;
      const users = context.store.pools.get(family.poolId)?.users.values() ?? [];
      return [...users].some((user) => user.sub === sub && user.enabled);
    },
  };
}
