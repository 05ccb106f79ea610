import { AwsError } from '../kernel/aws-error';
import { optionalText } from '../kernel/input';
import type { Operation, VerifiedLogin } from '../kernel/types';
import type { RoleSessions } from '../sts';
import { enhancedSession } from './enhanced-session';
import { conflictingLogins, guestRefused, type Logins } from './logins';
import { chooseRole, mappingOf } from './roles';
import type { Identity, IdentityPool, IdentityStore } from './store';
import { identityId, identityOperation, loginMap } from './validation';

export interface CredentialsOperationParts {
  readonly store: IdentityStore;
  readonly logins: Logins;
  readonly roleSessions: RoleSessions;
}

/** GetCredentialsForIdentity: the enhanced flow, which chooses the role on the server. */
export function credentialsOperation(parts: CredentialsOperationParts): Operation {
  const { store, roleSessions } = parts;
  return identityOperation((input) => {
    const id = identityId(input);
    const customRoleArn = optionalText(input, 'CustomRoleArn', { min: 20, max: 2048 });
    const tokens = loginMap(input);
    const identity = store.identity(id);
    const pool = store.pool(identity.poolId);
    const [login, ...more] = matchLogins(parts.logins, pool, identity, tokens);
    if (login === undefined) {
      throw identity.logins.size > 0 ? forbidden(id) : guestRefused(pool);
    }
    const deciding = [login, ...more].find((one) => mappingOf(pool, one) !== undefined) ?? login;
    const roleArn = chooseRole(pool, deciding, customRoleArn);
    const { providerName, sub } = deciding;
    const issued = enhancedSession(roleSessions, {
      poolId: pool.id,
      identityId: id,
      amr: ['authenticated', providerName, `${providerName}:CognitoSignIn:${sub}`],
      roleArn,
    });
    return {
      IdentityId: id,
      Credentials: {
        AccessKeyId: issued.accessKeyId,
        SecretKey: issued.secretAccessKey,
        SessionToken: issued.sessionToken,
        Expiration: new Date(issued.expiresAt),
      },
    };
  });
}

function forbidden(id: string): AwsError {
  return new AwsError('NotAuthorizedException', `Access to Identity '${id}' is forbidden.`);
}

/** The verified logins; at least one must lead to the identity, the new ones are tied to it. */
function matchLogins(
  logins: Logins,
  pool: IdentityPool,
  identity: Identity,
  tokens: ReadonlyMap<string, string>,
): VerifiedLogin[] {
  const verified = logins.verify(pool, tokens);
  if (verified.length === 0) {
    return verified;
  }
  const owners = logins.owners(pool, verified);
  if (!owners.includes(identity)) {
    throw new AwsError(
      'NotAuthorizedException',
      "Logins don't match. Please include at least one valid login for this identity or identity pool.",
    );
  }
  if (owners.length > 1) {
    throw conflictingLogins();
  }
  logins.link(identity, verified);
  return verified;
}
