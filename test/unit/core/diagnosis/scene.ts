import type { Connection } from '../../../../src/core/connection/model';
import type { ErrorData, ServiceName } from '../../../../src/core/errors';
import { ServiceError } from '../../../../src/core/errors';
import type { ErrorContext, Explanation } from '../../../../src/core/diagnosis/types';

export const nowMs = Date.UTC(2026, 6, 14, 12, 0, 0);
export const sub = '5a1d2c3b-0000-4000-8000-000000000001';
export const identityId = 'eu-west-1:1f3c0000-1111-4222-8333-444455556666';

export const connection: Connection = {
  id: 'shop',
  name: 'Shop (dev)',
  userPool: {
    userPoolId: 'us-west-2_AbCdEfGhI',
    clientId: '7g0client',
    hasClientSecret: false,
    signIn: 'srp',
    scopes: [],
    callbackPorts: [],
  },
  identityPool: { identityPoolId: 'eu-west-1:00000000-0000-4000-8000-000000000000', flow: 'enhanced' },
  s3: { locations: [] },
};

export const secretConnection: Connection = {
  ...connection,
  userPool: { ...connection.userPool!, hasClientSecret: true },
};

export const claims = {
  iss: 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI',
  aud: '7g0client',
  sub,
  token_use: 'id',
  exp: nowMs / 1000 + 3600,
  'cognito:username': 'reader',
};

/** A signed-in user of the connection, plus what a row needs. */
export function scene(more: Partial<ErrorContext> = {}): ErrorContext {
  return { connection, username: 'reader', nowMs, ...more };
}

/** An answer of a service as the adapters report it. */
export function refusal(
  service: ServiceName,
  operation: string,
  awsCode: string,
  awsMessage: string,
  extra: ErrorData & { status?: number; requestId?: string } = {},
): ServiceError {
  const { status, requestId, ...rest } = extra;
  return new ServiceError({ service, operation, awsCode, awsMessage, status, requestId, extra: rest });
}

/** Everything that a person gets to read. */
export function wordsOf(explanation: Explanation): string {
  const causes = (explanation.possibleCauses ?? []).map((cause) => cause.text);
  const details = explanation.details.map((detail) => `${detail.label}: ${detail.value}`);
  return [
    explanation.title,
    explanation.why,
    explanation.fix,
    ...causes,
    ...details,
    ...(explanation.locations ?? []),
    explanation.cliCommand ?? '',
  ].join('\n');
}
