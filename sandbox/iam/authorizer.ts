import { AwsError } from '../kernel/aws-error';
import type { SandboxLog } from '../kernel/sandbox-log';
import type {
  AccessDecision,
  AccessRequest,
  Authorizer,
  Clock,
  PolicyDocument,
  Principal,
} from '../kernel/types';
import { conditionContext, type ContextValues } from './condition-context';
import { evaluatePolicies } from './evaluator';
import type { ManagedPolicyStore } from './managed-policy-store';
import { type Policy, readPolicy } from './policy-document';
import type { Role, RoleStore } from './role-store';

export interface AuthorizerOptions {
  readonly roles: RoleStore;
  readonly policies: ManagedPolicyStore;
  readonly clock: Clock;
  readonly log: SandboxLog;
}

/** Decides signed calls: the root may do all, a session what the role's policies say at this moment. */
export function createAuthorizer({ roles, policies: managed, clock, log }: AuthorizerOptions): Authorizer {
  const documents = new WeakMap<PolicyDocument, Policy>();

  /** A session policy that cannot be read allows nothing. */
  function sessionPolicy(document: PolicyDocument): Policy {
    const known = documents.get(document);
    if (known !== undefined) {
      return known;
    }
    let policy: Policy = { hasVariables: false, statements: [] };
    try {
      policy = readPolicy(document, 'identity');
    } catch (error) {
      log(
        `iam: a session policy is not understood and allows nothing: ${error instanceof AwsError ? error.message : 'unreadable'}`,
      );
    }
    documents.set(document, policy);
    return policy;
  }

  /** Inline and attached. */
  function policiesOf(role: Role): Policy[] {
    const attached = [...role.attached].flatMap((arn) => managed.current(arn) ?? []);
    return [...role.policies.values(), ...attached].map(({ policy }) => policy);
  }

  return {
    decide({ principal, action, resource, context }: AccessRequest): AccessDecision {
      if (principal.kind === 'root') {
        return { allowed: true, reason: 'root' };
      }
      const role = principal.roleName === undefined ? undefined : roles.find(principal.roleName);
      // A role of the same name made anew is another role.
      const policies =
        role !== undefined && principal.userId.startsWith(`${role.id}:`) ? policiesOf(role) : [];
      const keys = conditionContext(timeKeys(clock), context, principalKeys(principal, role?.arn));
      const sessionPolicies = principal.sessionPolicies?.map(sessionPolicy);
      return evaluatePolicies(
        { policies, ...(sessionPolicies === undefined ? {} : { sessionPolicies }) },
        { action, resource, context: keys, log },
      );
    },
  };
}

/** Condition keys about the time of a request. */
export function timeKeys(clock: Clock): ContextValues {
  const now = clock.now();
  return {
    'aws:currenttime': new Date(now).toISOString().replace(/\.\d{3}/, ''),
    'aws:epochtime': String(Math.floor(now / 1000)),
  };
}

function principalKeys(principal: Principal, roleArn: string | undefined): ContextValues {
  const tags = Object.entries(principal.tags ?? {}).map(
    ([key, value]) => [`aws:principaltag/${key}`, value] as const,
  );
  return {
    'aws:principalarn': roleArn ?? principal.arn,
    'aws:principalaccount': principal.accountId,
    'aws:principaltype': 'AssumedRole',
    'aws:userid': principal.userId,
    ...Object.fromEntries(tags),
    ...principal.context,
  };
}
