import { originOf } from '../../src/core/connection/derive';
import type { Session } from '../../src/core/session/model';
import { fakeJwt, testConnection } from './fake-aws';

const HOUR = 3_600_000;
export const NOON = Date.parse('2026-11-01T12:00:00Z');

/** A session with everything in it, made at noon, one hour long. */
export function testSession(over: Partial<Session> = {}): Session {
  const claims = { sub: 'sub-reader', iat: NOON / 1000, exp: (NOON + HOUR) / 1000 };
  return {
    version: 1,
    connectionId: 'shop-dev',
    identityKey: 'user:sub-reader',
    name: 'reader',
    signInName: 'reader@example.com',
    signInMethod: 'srp',
    origin: originOf(testConnection()),
    tokens: {
      idToken: fakeJwt({ ...claims, token_use: 'id', 'cognito:username': 'reader' }),
      accessToken: fakeJwt({ ...claims, token_use: 'access', username: 'reader' }),
      refreshToken: 'refresh-0',
      expiresAt: NOON + HOUR,
      issuedAt: NOON,
      refreshTokenSince: NOON,
    },
    identityId: 'us-east-1:identity-0',
    credentials: {
      accessKeyId: 'ASIAEXAMPLE0',
      secretAccessKey: 'secret-access-key',
      sessionToken: 'aws-session-token',
      expiresAt: NOON + HOUR,
      issuedAt: NOON,
    },
    caller: {
      accountId: '123456789012',
      arn: 'arn:aws:sts::123456789012:assumed-role/Readers/CognitoIdentityCredentials',
      roleName: 'Readers',
    },
    signedInAt: NOON,
    ...over,
  };
}
