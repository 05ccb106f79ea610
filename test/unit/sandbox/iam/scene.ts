import assert from 'node:assert/strict';
import { createIam, type Iam } from '../../../../sandbox/iam';
import type { Call } from '../../../../sandbox/kernel/types';
import { ADMIN, fakeClock } from '../sigv4/signed-requests';

export const NOW = Date.parse('2026-01-31T12:00:00Z');
const CALL: Call = { requestId: 'r', sourceIp: '127.0.0.1', principal: ADMIN };
export const POOL = 'us-east-1:00000000-0000-4000-8000-000000000000';
export const FEDERATED = 'cognito-identity.amazonaws.com';
export const ASSUME = 'sts:AssumeRoleWithWebIdentity';

export const trustOf = (statement: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: FEDERATED },
        Action: ASSUME,
        Condition: {
          StringEquals: { [`${FEDERATED}:aud`]: POOL },
          'ForAnyValue:StringLike': { [`${FEDERATED}:amr`]: 'authenticated' },
        },
        ...statement,
      },
    ],
  });

export const policyOf = (statement: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*', ...statement },
  });

export const LOGIN = {
  [`${FEDERATED}:aud`]: POOL,
  [`${FEDERATED}:amr`]: ['authenticated', 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Sandbox01'],
  [`${FEDERATED}:sub`]: 'us-east-1:1',
};

export function start(): {
  iam: Iam;
  lines: string[];
  call: (operation: string, input: Record<string, unknown>) => Record<string, unknown>;
} {
  const lines: string[] = [];
  const iam = createIam({
    clock: fakeClock(NOW),
    accountId: '123456789012',
    log: (line) => lines.push(line),
  });
  return {
    iam,
    lines,
    call: (operation, input) => {
      const run = iam.service.operations[operation];
      assert.ok(run);
      return run(input, CALL) as Record<string, unknown>;
    },
  };
}
