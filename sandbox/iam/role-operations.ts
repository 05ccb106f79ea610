import { newUniqueId } from '../credentials';
import { AwsError } from '../kernel/aws-error';
import { type Input, optionalText, requiredText } from '../kernel/input';
import { pageOf } from '../kernel/paging';
import type { Clock, Operation } from '../kernel/types';
import { iamOperation, optionalNumber, readTags, roleName } from './iam-input';
import { describeRole } from './iam-output';
import { parsePolicyText } from './policy-document';
import type { Role, RoleStore, StoredPolicy } from './role-store';

const PATH = /^(\/|\/[!-~]+\/)$/;
const MAX_TRUST_CHARACTERS = 2048;

export function roleOperations(
  roles: RoleStore,
  options: { readonly clock: Clock; readonly accountId: string },
): Record<string, Operation> {
  const { clock, accountId } = options;
  return {
    CreateRole: iamOperation((input) => {
      const name = roleName(input);
      const path = optionalText(input, 'Path', { max: 512, pattern: PATH }) ?? '/';
      if (optionalText(input, 'PermissionsBoundary') !== undefined) {
        throw new AwsError('InvalidInput', 'The sandbox does not know permissions boundaries.');
      }
      const role: Role = {
        name,
        path,
        id: newUniqueId('AROA'),
        arn: `arn:aws:iam::${accountId}:role${path}${name}`,
        createdAt: new Date(clock.now()),
        description: optionalText(input, 'Description', { max: 1000 }),
        maxSessionDuration: optionalNumber(input, 'MaxSessionDuration', { min: 3600, max: 43_200 }) ?? 3600,
        tags: readTags(input),
        trust: readTrust(input, 'AssumeRolePolicyDocument'),
        policies: new Map(),
      };
      roles.add(role);
      return { Role: describeRole(role) };
    }),

    GetRole: iamOperation((input) => ({ Role: describeRole(roles.get(roleName(input))) })),

    ListRoles: iamOperation((input) => {
      const prefix = optionalText(input, 'PathPrefix', { max: 512 }) ?? '/';
      const limit = optionalNumber(input, 'MaxItems', { min: 1, max: 1000 }) ?? 100;
      const matching = roles.all().filter((role) => role.path.startsWith(prefix));
      const page = pageOf(matching, (role) => role.id, limit, optionalText(input, 'Marker'));
      return {
        Roles: page.items.map(describeRole),
        IsTruncated: page.next !== undefined,
        ...(page.next === undefined ? {} : { Marker: page.next }),
      };
    }),

    UpdateAssumeRolePolicy: iamOperation((input) => {
      const name = roleName(input);
      const trust = readTrust(input, 'PolicyDocument');
      roles.get(name).trust = trust;
      return {};
    }),

    DeleteRole: iamOperation((input) => {
      roles.remove(roleName(input));
      return {};
    }),
  };
}

function readTrust(input: Input, name: string): StoredPolicy {
  const text = requiredText(input, name, { min: 1, max: 131_072, secret: true });
  if (text.replace(/\s/g, '').length > MAX_TRUST_CHARACTERS) {
    throw new AwsError(
      'LimitExceeded',
      `Cannot exceed quota for ACLSizePerRole: ${MAX_TRUST_CHARACTERS}`,
      409,
    );
  }
  return { text, policy: parsePolicyText(text, 'trust') };
}
