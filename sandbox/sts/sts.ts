import { AwsError } from '../kernel/aws-error';
import type { Service } from '../kernel/types';

/** GetCallerIdentity must be signed, and no policy can forbid it. */
export function createSts(): { readonly service: Service } {
  return {
    service: {
      name: 'sts',
      unsigned: new Set(),
      operations: {
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
