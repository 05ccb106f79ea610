import { AwsError } from '../../kernel/aws-error';
import { optionalInteger, optionalText, type Input } from '../../kernel/input';
import { pageOf } from '../../kernel/paging';
import type { Operation } from '../../kernel/types';
import type { UserPoolContext } from '../context';
import type { Group, UserPool } from '../model';
import { groupOf, newGroupName, userOf } from '../store';
import { describeUser } from './user-operations';

const ROLE_ARN = { pattern: /^arn:[\w+=/,.@-]+:iam::\d{12}:role\/[\w+=/,.@-]+$/, min: 20, max: 2048 };

export function groupOperations(context: UserPoolContext): Record<string, Operation> {
  const { store, clock } = context;
  const described = (pool: UserPool, group: Group): Record<string, unknown> => ({
    GroupName: group.name,
    UserPoolId: pool.id,
    Description: group.description,
    RoleArn: group.roleArn,
    Precedence: group.precedence,
    LastModifiedDate: new Date(group.createdAt),
    CreationDate: new Date(group.createdAt),
  });
  return {
    CreateGroup(input) {
      const pool = store.poolOf(input);
      const name = newGroupName(input);
      if (pool.groups.has(name))
        throw new AwsError('GroupExistsException', 'A group with the name already exists.');
      const group: Group = {
        name,
        description: optionalText(input, 'Description', { max: 2048 }),
        roleArn: optionalText(input, 'RoleArn', ROLE_ARN),
        precedence: optionalInteger(input, 'Precedence', { min: 0 }),
        createdAt: clock.now(),
      };
      pool.groups.set(name, group);
      return { Group: described(pool, group) };
    },
    GetGroup(input) {
      const pool = store.poolOf(input);
      return { Group: described(pool, groupOf(pool, input)) };
    },
    DeleteGroup(input) {
      const pool = store.poolOf(input);
      const { name } = groupOf(pool, input);
      pool.groups.delete(name);
      for (const user of pool.users.values()) user.groups.delete(name);
      return {};
    },
    ListGroups(input) {
      const pool = store.poolOf(input);
      const { items, next } = groupPage([...pool.groups.values()], input);
      return { Groups: items.map((group) => described(pool, group)), NextToken: next };
    },
    AdminAddUserToGroup(input) {
      const pool = store.poolOf(input);
      userOf(pool, input).groups.add(groupOf(pool, input).name);
      return {};
    },
    AdminRemoveUserFromGroup(input) {
      const pool = store.poolOf(input);
      userOf(pool, input).groups.delete(groupOf(pool, input).name);
      return {};
    },
    AdminListGroupsForUser(input) {
      const pool = store.poolOf(input);
      const groups = [...userOf(pool, input).groups].flatMap((name) => pool.groups.get(name) ?? []);
      const { items, next } = groupPage(groups, input);
      return { Groups: items.map((group) => described(pool, group)), NextToken: next };
    },
    ListUsersInGroup(input) {
      const pool = store.poolOf(input);
      const { name } = groupOf(pool, input);
      const members = [...pool.users.values()].filter(({ groups }) => groups.has(name));
      const page = pageOf(members, ({ username }) => username, limitOf(input), tokenOf(input));
      return { Users: page.items.map((user) => describeUser(user)), NextToken: page.next };
    },
  };
}

function groupPage(groups: readonly Group[], input: Input): ReturnType<typeof pageOf<Group>> {
  return pageOf(groups, ({ name }) => name, limitOf(input), tokenOf(input));
}

function limitOf(input: Input): number {
  return optionalInteger(input, 'Limit', { min: 0, max: 60 }) || 60;
}

function tokenOf(input: Input): string | undefined {
  return optionalText(input, 'NextToken', { min: 1, max: 131072 });
}
