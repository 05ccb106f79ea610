import { optionalText } from '../kernel/input';
import type { Operation, VerifiedLogin } from '../kernel/types';
import type { RoleSessions } from '../sts';
import { amrOf } from './amr';
import { enhancedSession } from './enhanced-session';
import { guestRole } from './guest-role';
import type { Linking } from './linking';
import type { Logins } from './logins';
import type { OpenIdTokens } from './openid-tokens';
import { tagsFor } from './principal-tags';
import { chooseRole, mappingOf } from './roles';
import type { IdentityPool, IdentityStore } from './store';
import { identityId, identityOperation, loginMap } from './validation';

export interface CredentialsOperationParts {
  readonly store: IdentityStore;
  readonly logins: Logins;
  readonly linking: Linking;
  readonly openIdTokens: OpenIdTokens;
  readonly roleSessions: RoleSessions;
}

/** GetCredentialsForIdentity: the enhanced flow, which chooses the role on the server. */
export function credentialsOperation(parts: CredentialsOperationParts): Operation {
  const { store, roleSessions, logins, linking, openIdTokens } = parts;
  return identityOperation((input) => {
    const id = identityId(input);
    const customRoleArn = optionalText(input, 'CustomRoleArn', { min: 20, max: 2048 });
    const tokens = loginMap(input);
    const requested = store.identity(id);
    const pool = store.pool(requested.poolId);
    const verified = decidingFirst(pool, logins.verify(pool, tokens, openIdTokens));
    const identity = linking.settle(pool, requested, verified);
    const [deciding] = verified;
    const issued = enhancedSession(roleSessions, {
      poolId: pool.id,
      identityId: identity.id,
      amr: amrOf(verified),
      tags: tagsFor(pool, ...verified),
      roleArn:
        deciding === undefined ? guestRole(pool, customRoleArn) : chooseRole(pool, deciding, customRoleArn),
    });
    return {
      IdentityId: identity.id,
      Credentials: {
        AccessKeyId: issued.accessKeyId,
        SecretKey: issued.secretAccessKey,
        SessionToken: issued.sessionToken,
        Expiration: new Date(issued.expiresAt),
      },
    };
  });
}

/** The login that decides the role is the first whose provider has a role mapping, the first of all otherwise. */
function decidingFirst(pool: IdentityPool, logins: readonly VerifiedLogin[]): VerifiedLogin[] {
  const deciding = logins.find((login) => mappingOf(pool, login) !== undefined) ?? logins[0];
  return deciding === undefined ? [] : [deciding, ...logins.filter((login) => login !== deciding)];
}
