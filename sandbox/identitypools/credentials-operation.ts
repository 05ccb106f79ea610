import type { Iam } from '../iam';
import { AwsError } from '../kernel/aws-error';
import { optionalText } from '../kernel/input';
import type { SandboxLog } from '../kernel/sandbox-log';
import type { CredentialStore, Operation, Principal, VerifiedLogin } from '../kernel/types';
import { conflictingLogins, guestRefused, type Logins } from './logins';
import { chooseRole, invalidConfiguration, mappingOf } from './roles';
import type { Identity, IdentityPool, IdentityStore } from './store';
import { identityId, identityOperation, loginMap } from './validation';

export interface CredentialsOperationParts {
  readonly store: IdentityStore;
  readonly logins: Logins;
  readonly iam: Pick<Iam, 'findRole' | 'evaluateTrust'>;
  readonly credentials: CredentialStore;
  readonly accountId: string;
  readonly log: SandboxLog;
}

const FEDERATED = 'cognito-identity.amazonaws.com';
const SESSION_NAME = 'CognitoIdentityCredentials';
/** Of the enhanced flow; nobody can change it. */
const LIFETIME_SECONDS = 3600;

/** GetCredentialsForIdentity: the enhanced flow, which chooses the role on the server. */
export function credentialsOperation(parts: CredentialsOperationParts): Operation {
  const { store, credentials } = parts;
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
    const principal = assumeRole(parts, pool, identity, deciding, roleArn);
    const issued = credentials.issue(principal, LIFETIME_SECONDS);
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

/** What STS would do with the token of the identity pool: ask the role's trust policy. */
function assumeRole(
  parts: CredentialsOperationParts,
  pool: IdentityPool,
  identity: Identity,
  login: VerifiedLogin,
  roleArn: string,
): Principal {
  const { iam, accountId, log } = parts;
  const context = {
    [`${FEDERATED}:aud`]: pool.id,
    [`${FEDERATED}:amr`]: [
      'authenticated',
      login.providerName,
      `${login.providerName}:CognitoSignIn:${login.sub}`,
    ],
    [`${FEDERATED}:sub`]: identity.id,
  };
  const role = iam.findRole(roleArn);
  if (role === undefined) {
    log(`identity pool ${pool.id}: the role ${roleArn} does not exist`);
    throw invalidConfiguration();
  }
  const { allowed, reason } = iam.evaluateTrust(roleArn, FEDERATED, 'sts:AssumeRoleWithWebIdentity', context);
  if (!allowed) {
    log(`identity pool ${pool.id}: the trust policy of ${roleArn} refuses this login (${reason})`);
    throw invalidConfiguration();
  }
  return {
    kind: 'role-session',
    accountId,
    arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/${SESSION_NAME}`,
    userId: `${role.id}:${SESSION_NAME}`,
    roleName: role.name,
    context,
  };
}
