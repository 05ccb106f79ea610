import { AwsError } from '../../kernel/aws-error';
import { optionalText, requiredText, type Input } from '../../kernel/input';
import type { Operation } from '../../kernel/types';
import { ask } from '../auth/answers';
import { invalidSession, type ChallengeMemo, type ChallengeSession } from '../auth/challenge-sessions';
import type { UserPoolContext } from '../context';
import type { Gate } from '../gate';
import type { PoolUser, UserPool } from '../model';
import { findUser, userOf } from '../store';
import { requireAccessToken } from '../tokens/access-token';
import { newTotpSecret, totpStep } from './totp';

/** Secrets that were given out to users who are signed in, until VerifySoftwareToken shows that they work. */
type Waiting = WeakMap<PoolUser, string>;

export function softwareTokenOperations(context: UserPoolContext): Record<string, Operation> {
  const waiting: Waiting = new WeakMap();
  return {
    AssociateSoftwareToken: (input) => associate(context, waiting, input),
    VerifySoftwareToken: (input) => verify(context, waiting, input),
    AdminDeleteSoftwareToken(input) {
      const pool = context.store.poolOf(input);
      forgetTotp(userOf(pool, input));
      return {};
    },
  };
}

export function forgetTotp(user: PoolUser): void {
  user.totp = undefined;
  user.mfa.enabled.delete('SOFTWARE_TOKEN_MFA');
  if (user.mfa.preferred === 'SOFTWARE_TOKEN_MFA') user.mfa.preferred = undefined;
}

function associate(context: UserPoolContext, waiting: Waiting, input: Input): unknown {
  if (optionalText(input, 'AccessToken') !== undefined) {
    const { pool, user } = requireAccessToken(context, input);
    checkOffered(pool);
    const secret = newTotpSecret();
    waiting.set(user, secret);
    return { SecretCode: secret };
  }
  const { gate, session, user } = setupSession(context, input);
  checkOffered(gate.pool);
  const secret = newTotpSecret();
  session.used = true;
  return { SecretCode: secret, Session: nextSession(gate, session, user, { totpSecret: secret }) };
}

function verify(context: UserPoolContext, waiting: Waiting, input: Input): unknown {
  const code = requiredText(input, 'UserCode', { min: 6, max: 6, pattern: /^[0-9]+$/, secret: true });
  const name = optionalText(input, 'FriendlyDeviceName', { max: 131072 }) ?? '';
  if (optionalText(input, 'AccessToken') !== undefined) {
    const { pool, user } = requireAccessToken(context, input);
    checkOffered(pool);
    const secret = waiting.get(user);
    if (secret === undefined)
      throw new AwsError('InvalidParameterException', 'No software token was associated for the user.');
    takeOver(user, secret, name, code, context.clock.now());
    waiting.delete(user);
    return { Status: 'SUCCESS' };
  }
  const { gate, session, user } = setupSession(context, input);
  const secret = session.memo.totpSecret;
  if (secret === undefined) throw invalidSession();
  try {
    takeOver(user, secret, name, code, context.clock.now());
  } catch (error) {
    session.wrongCodes += 1;
    throw error;
  }
  // Who had to set it up to get in is asked for it from now on.
  user.mfa.enabled.add('SOFTWARE_TOKEN_MFA');
  user.mfa.preferred ??= 'SOFTWARE_TOKEN_MFA';
  session.used = true;
  return { Status: 'SUCCESS', Session: nextSession(gate, session, user, { totpVerified: true }) };
}

function takeOver(user: PoolUser, secret: string, friendlyName: string, code: string, now: number): void {
  const step = totpStep(secret, code, now);
  if (step === undefined)
    throw new AwsError('EnableSoftwareTokenMFAException', 'Code mismatch and fail enable Software Token MFA');
  user.totp = { secret, friendlyName, lastStep: step };
}

/** MFA_SETUP's session, which is not bound to a client in these two operations. */
function setupSession(
  context: UserPoolContext,
  input: Input,
): { gate: Gate; session: ChallengeSession; user: PoolUser } {
  const token = optionalText(input, 'Session', { min: 20, max: 2048 });
  if (token === undefined)
    throw new AwsError('InvalidParameterException', 'Missing required parameter Session');
  const session = context.sessions.require(token, undefined, 'MFA_SETUP');
  const pool = context.store.pools.get(session.poolId);
  const client = pool?.clients.get(session.clientId);
  const user = pool && findUser(pool, session.username);
  if (pool === undefined || client === undefined || user === undefined) throw invalidSession();
  return { gate: { context, pool, client }, session, user };
}

function nextSession(
  gate: Gate,
  session: ChallengeSession,
  user: PoolUser,
  memo: ChallengeMemo,
): string | undefined {
  return ask(gate, user.username, session.attempt, { name: 'MFA_SETUP', parameters: {} }, memo).session;
}

function checkOffered(pool: UserPool): void {
  if (pool.mfa.totp) return;
  throw new AwsError(
    'SoftwareTokenMFANotFoundException',
    'Software Token MFA has not been enabled by the userPool',
  );
}
