import { AwsError } from '../kernel/aws-error';
import { requiredText } from '../kernel/input';
import type { Operation } from '../kernel/types';
import { iamOperation, markerPage, policyName, roleName } from './iam-input';
import { encodePolicy } from './iam-output';
import { parsePolicyText } from './policy-document';
import type { Role, RoleStore, StoredPolicy } from './role-store';

const MAX_INLINE_CHARACTERS = 10_240;

/** The inline policies of roles. */
export function rolePolicyOperations(roles: RoleStore): Record<string, Operation> {
  return {
    PutRolePolicy: iamOperation((input) => {
      const [role, name] = [roles.get(roleName(input)), policyName(input)];
      const text = requiredText(input, 'PolicyDocument', { min: 1, max: 131_072, secret: true });
      const policy = parsePolicyText(text, 'identity');
      checkSize(role, name, text);
      role.policies.set(name, { text, policy });
      return {};
    }),

    GetRolePolicy: iamOperation((input) => {
      const [role, name] = [roles.get(roleName(input)), policyName(input)];
      return {
        RoleName: role.name,
        PolicyName: name,
        PolicyDocument: encodePolicy(getPolicy(role, name).text),
      };
    }),

    ListRolePolicies: iamOperation((input) => {
      const role = roles.get(roleName(input));
      const page = markerPage(input, [...role.policies.keys()].sort(), (name) => name);
      return { PolicyNames: page.items, ...page.members };
    }),

    DeleteRolePolicy: iamOperation((input) => {
      const [role, name] = [roles.get(roleName(input)), policyName(input)];
      getPolicy(role, name);
      role.policies.delete(name);
      return {};
    }),
  };
}

function getPolicy(role: Role, name: string): StoredPolicy {
  const policy = role.policies.get(name);
  if (policy === undefined) {
    throw new AwsError('NoSuchEntity', `The role policy with name ${name} cannot be found.`, 404);
  }
  return policy;
}

/** All inline policies of a role together have one limit; white space does not count. */
function checkSize(role: Role, name: string, text: string): void {
  const others = [...role.policies].filter(([other]) => other !== name).map(([, { text: other }]) => other);
  const size = [...others, text].join('').replace(/\s/g, '').length;
  if (size > MAX_INLINE_CHARACTERS) {
    throw new AwsError(
      'LimitExceeded',
      `Maximum policy size of ${MAX_INLINE_CHARACTERS} bytes exceeded for role ${role.name}`,
      409,
    );
  }
}
