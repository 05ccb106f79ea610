import { newUniqueId } from '../credentials';
import { AwsError } from '../kernel/aws-error';
import { type Input, optionalText, requiredText } from '../kernel/input';
import type { Clock, Operation } from '../kernel/types';
import { iamOperation, markerPage, optionalNumber, PATH, readTags, roleName } from './iam-input';
import { describeRole } from './iam-output';
import { parsePolicyText } from './policy-document';
import type { Role, RoleStore, StoredPolicy } from './role-store';

/** In seconds. */
const SESSION_DURATION = { min: 3600, max: 43_200 };
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
        maxSessionDuration: optionalNumber(input, 'MaxSessionDuration', SESSION_DURATION) ?? 3600,
        tags: readTags(input),
        trust: readTrust(input, 'AssumeRolePolicyDocument'),
        policies: new Map(),
        attached: new Set(),
      };
      roles.add(role);
      return { Role: describeRole(role) };
    }),

    GetRole: iamOperation((input) => ({ Role: describeRole(roles.get(roleName(input))) })),

    ListRoles: iamOperation((input) => {
      const prefix = optionalText(input, 'PathPrefix', { max: 512 }) ?? '/';
      const matching = roles.all().filter((role) => role.path.startsWith(prefix));
      const page = markerPage(input, matching, (role) => role.id);
      // Tags and the last use are left out of lists.
      return { Roles: page.items.map((role) => describeRole({ ...role, tags: [] })), ...page.members };
    }),

    /** What is not given stays. */
    UpdateRole: iamOperation((input) => {
      const role = roles.get(roleName(input));
      const duration = optionalNumber(input, 'MaxSessionDuration', SESSION_DURATION);
      const description = optionalText(input, 'Description', { max: 1000 });
      role.maxSessionDuration = duration ?? role.maxSessionDuration;
      role.description = description ?? role.description;
      return {};
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
