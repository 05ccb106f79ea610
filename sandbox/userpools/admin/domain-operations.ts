import { AwsError } from '../../kernel/aws-error';
import { requiredText } from '../../kernel/input';
import type { Operation } from '../../kernel/types';
import type { UserPoolContext } from '../context';
import type { UserPool } from '../model';

const DOMAIN = { pattern: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, min: 1, max: 63 };

export function domainOperations(context: UserPoolContext): Record<string, Operation> {
  const { store, accountId } = context;
  const owner = (domain: string): UserPool | undefined =>
    [...store.pools.values()].find((pool) => pool.domain === domain);
  return {
    CreateUserPoolDomain(input) {
      const pool = store.poolOf(input);
      const domain = requiredText(input, 'Domain', DOMAIN);
      if (/aws|amazon|cognito/.test(domain))
        throw new AwsError('InvalidParameterException', 'Domain cannot contain reserved word.');
      if (owner(domain) !== undefined)
        throw new AwsError('InvalidParameterException', 'Domain already associated with another user pool.');
      if (pool.domain !== undefined)
        throw new AwsError('InvalidParameterException', 'User pool already has a domain configured.');
      pool.domain = domain;
      return { ManagedLoginVersion: 1 };
    },
    DescribeUserPoolDomain(input) {
      const domain = requiredText(input, 'Domain', DOMAIN);
      const pool = owner(domain);
      if (pool === undefined) return { DomainDescription: {} };
      return {
        DomainDescription: {
          UserPoolId: pool.id,
          AWSAccountId: accountId,
          Domain: domain,
          Status: 'ACTIVE',
          ManagedLoginVersion: 1,
        },
      };
    },
    DeleteUserPoolDomain(input) {
      const pool = store.poolOf(input);
      if (pool.domain !== requiredText(input, 'Domain', DOMAIN))
        throw new AwsError('InvalidParameterException', 'No such domain or user pool exists.');
      pool.domain = undefined;
      return {};
    },
  };
}
