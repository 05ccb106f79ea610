import { AwsError } from '../kernel/aws-error';
import { optionalText } from '../kernel/input';
import type { Operation } from '../kernel/types';
import { iamOperation, markerPage, policyArn, roleName } from './iam-input';
import type { ManagedPolicyStore } from './managed-policy-store';
import type { RoleStore } from './role-store';

const MAX_ATTACHED = 10;

/** Which managed policies a role has. */
export function attachmentOperations(
  roles: RoleStore,
  policies: ManagedPolicyStore,
): Record<string, Operation> {
  return {
    AttachRolePolicy: iamOperation((input) => {
      const [role, arn] = [roles.get(roleName(input)), policyArn(input)];
      policies.get(arn);
      if (!role.attached.has(arn) && role.attached.size >= MAX_ATTACHED) {
        throw new AwsError('LimitExceeded', `Cannot exceed quota for PoliciesPerRole: ${MAX_ATTACHED}`, 409);
      }
      role.attached.add(arn);
      return {};
    }),

    DetachRolePolicy: iamOperation((input) => {
      const [role, arn] = [roles.get(roleName(input)), policyArn(input)];
      if (!role.attached.delete(arn)) {
        throw new AwsError('NoSuchEntity', `Policy ${arn} was not found.`, 404);
      }
      return {};
    }),

    ListAttachedRolePolicies: iamOperation((input) => {
      const role = roles.get(roleName(input));
      const prefix = optionalText(input, 'PathPrefix', { max: 512 }) ?? '/';
      const attached = [...role.attached]
        .flatMap((arn) => policies.find(arn) ?? [])
        .filter(({ path }) => path.startsWith(prefix))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const page = markerPage(input, attached, ({ arn }) => arn);
      return {
        AttachedPolicies: page.items.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
        ...page.members,
      };
    }),
  };
}
