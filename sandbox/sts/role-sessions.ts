import type { ContextValues, Iam, Role } from '../iam';
import type { SandboxLog } from '../kernel/sandbox-log';
import type { CredentialStore, IssuedCredentials, PolicyDocument, Principal } from '../kernel/types';
import { packedSize } from './packed-size';

export interface RoleSessionParts {
  readonly iam: Pick<Iam, 'findRole' | 'evaluateTrust'>;
  readonly credentials: CredentialStore;
  readonly accountId: string;
  readonly log: SandboxLog;
}

export interface RoleSessionRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  /** Who vouches for the caller: `cognito-identity.amazonaws.com`, or the ARN of an OIDC provider. */
  readonly federated: string;
  /** Condition keys out of the token: the trust policy is asked with them, and they stay with the session. */
  readonly context: ContextValues;
  /** Session tags; the trust policy must allow sts:TagSession when there are any. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly durationSeconds: number;
  /** At least one of these must allow what the session does, beside the role itself. */
  readonly sessionPolicies?: readonly PolicyDocument[];
  /** Session policies of the caller's choice take room in the token; those that Amazon Cognito adds itself do not. */
  readonly ownPolicies?: boolean;
}

export interface RoleSession {
  readonly credentials: IssuedCredentials & { readonly sessionToken: string; readonly expiresAt: number };
  readonly roleName: string;
  /** Of the room for policies and tags in the token, how much is used. */
  readonly packedPercent: number;
}

export type RoleRefusal = 'no-role' | 'trust' | 'tag-session' | 'duration' | 'packed-policy';

/** Why STS gives no session. The message is in STS's own words where these are known. */
export class RoleRefused extends Error {
  constructor(
    readonly reason: RoleRefusal,
    message: string,
  ) {
    super(message);
    this.name = 'RoleRefused';
  }
}

export interface RoleSessions {
  /** Assumes a role with a web identity. Throws RoleRefused, and logs why. */
  assume(request: RoleSessionRequest): RoleSession;
}

const ASSUME = 'sts:AssumeRoleWithWebIdentity';
const TAG_SESSION = 'sts:TagSession';

/** What STS does once it has believed a token. */
export function createRoleSessions(parts: RoleSessionParts): RoleSessions {
  const { iam, credentials, accountId, log } = parts;

  function refuse(reason: RoleRefusal, why: string, message = why): never {
    log(`sts: ${why}`);
    throw new RoleRefused(reason, message);
  }

  function mayAssume(request: RoleSessionRequest, tags: Readonly<Record<string, string>>): Role {
    const { roleArn, federated } = request;
    const role = iam.findRole(roleArn);
    if (role === undefined) {
      // STS does not tell a role that is not there from one that does not trust the caller.
      return refuse('no-role', `the role ${roleArn} does not exist`, `Not authorized to perform ${ASSUME}`);
    }
    const context = { ...request.context, ...requestKeys(request, tags) };
    const actions = Object.keys(tags).length === 0 ? [ASSUME] : [ASSUME, TAG_SESSION];
    for (const action of actions) {
      const { allowed, reason } = iam.evaluateTrust(roleArn, federated, action, context);
      if (!allowed) {
        refuse(
          action === ASSUME ? 'trust' : 'tag-session',
          `the trust policy of ${roleArn} refuses this login ${action} (${reason})`,
          `Not authorized to perform ${action}`,
        );
      }
    }
    return role;
  }

  return {
    assume(request) {
      const { sessionName, durationSeconds, sessionPolicies, tags = {}, ownPolicies = true } = request;
      const role = mayAssume(request, tags);
      if (durationSeconds > role.maxSessionDuration) {
        refuse('duration', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
      }
      const { what, percent } = packedSize(ownPolicies ? (sessionPolicies ?? []) : [], tags);
      if (percent > 100) {
        refuse('packed-policy', `Packed size of ${what} consumes ${percent}% of allotted space.`);
      }
      const principal: Principal = {
        kind: 'role-session',
        accountId,
        arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/${sessionName}`,
        userId: `${role.id}:${sessionName}`,
        roleName: role.name,
        ...(sessionPolicies === undefined ? {} : { sessionPolicies }),
        ...(Object.keys(tags).length === 0 ? {} : { tags }),
        context: request.context,
      };
      const issued = credentials.issue(principal, durationSeconds);
      return { credentials: issued, roleName: role.name, packedPercent: percent };
    },
  };
}

/** Condition keys of the request itself, which end with it. */
function requestKeys(
  { sessionName, durationSeconds }: RoleSessionRequest,
  tags: Readonly<Record<string, string>>,
): ContextValues {
  const requested = Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value] as const);
  return {
    'sts:RoleSessionName': sessionName,
    'sts:DurationSeconds': String(durationSeconds),
    'aws:TagKeys': Object.keys(tags),
    ...Object.fromEntries(requested),
  };
}
