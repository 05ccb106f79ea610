import { AwsError } from '../kernel/aws-error';
import type { Service } from '../kernel/types';
import { assumeRoleWithWebIdentity, type AssumeParts } from './assume-with-web-identity';

export type StsParts = AssumeParts;

/** GetCallerIdentity must be signed, and no policy can forbid it. AssumeRoleWithWebIdentity must not be. */
export function createSts(parts: StsParts): { readonly service: Service } {
  return {
    service: {
      name: 'sts',
      unsigned: new Set(['AssumeRoleWithWebIdentity']),
      operations: {
        AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity(parts),
        GetCallerIdentity(_input, { principal }) {
          if (principal === undefined) {
            throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
          }
          return { UserId: principal.userId, Account: principal.accountId, Arn: principal.arn };
        },
      },
    },
  };
}
