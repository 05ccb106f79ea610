import { createHmac, randomBytes } from 'node:crypto';
import type { Gate } from '../gate';
import { forgetFailures, recordFailure, refuseIfLockedOut } from '../lockout';
import type { PasswordRecord, PoolUser, UserPool } from '../model';
import { isPassword } from '../passwords';
import { makePasswordRecord } from '../srp';
import { srpName } from '../store';
import { ask, asked, type ChallengeAnswer } from './answers';
import { newAttempt, type Attempt } from './attempt';
import { invalidSession } from './challenge-sessions';
import { continueCustom } from './custom-auth';
import { knownDevice } from './device-challenge';
import { nextStep } from './next-step';
import { requiredParameter } from './parameters';
import { refuseAfterPassword, userForSignIn, wrongPassword } from './sign-in-state';
import { checkPublicValue } from './srp-proofs';
import type { Challenge, SignInStep } from './steps';

/** Checks a password that came as it is; counts a wrong one. */
export function takePassword(
  gate: Gate,
  user: PoolUser | undefined,
  password: string,
  attempt: Attempt,
  deviceKey: string | undefined,
): SignInStep {
  if (user === undefined) throw wrongPassword();
  const now = gate.context.clock.now();
  refuseIfLockedOut(user, now);
  if (!isPassword(gate.pool, user, password)) {
    recordFailure(user, now);
    throw wrongPassword();
  }
  return passwordProven(gate, user, { ...attempt, deviceKey: knownDevice(gate, user, deviceKey)?.key });
}

/** The first half of SRP. With `withSession` the answer needs the challenge's session. */
export function startSrp(
  gate: Gate,
  typed: string,
  user: PoolUser | undefined,
  publicHex: string,
  attempt: Attempt,
  withSession: boolean,
): Challenge {
  checkPublicValue(publicHex);
  if (user !== undefined) refuseIfLockedOut(user, gate.context.clock.now());
  const identity = user?.username ?? typed;
  const record = user?.password ?? pretendedRecord(gate.pool, typed);
  const subject = { realm: srpName(gate.pool), identity, record };
  const question = gate.context.proofs.start(gate.client.id, subject, publicHex, withSession);
  const name = 'PASSWORD_VERIFIER';
  const parameters = { ...question.parameters, USERNAME: identity, USER_ID_FOR_SRP: identity };
  return withSession
    ? ask(gate, identity, attempt, { name, parameters }, { secretBlock: question.secretBlock })
    : { kind: 'challenge', name, session: undefined, parameters };
}

/** PASSWORD_VERIFIER: the second half. */
export function answerPasswordVerifier(gate: Gate, answer: ChallengeAnswer): SignInStep {
  const { context, pool, client } = gate;
  const { responses, typed } = answer;
  const session = answer.session === undefined ? undefined : asked(gate, answer).session;
  const given = responses.get('PASSWORD_CLAIM_SECRET_BLOCK');
  if (session !== undefined && given !== undefined && session.memo.secretBlock !== given)
    throw invalidSession();
  const user = userForSignIn(pool, client, typed);
  // Before the proof is used up: a client whose device is gone sends the same answer again without it.
  const device = user && knownDevice(gate, user, responses.get('DEVICE_KEY'));
  const verdict = context.proofs.judge(client.id, responses, session !== undefined);
  if (verdict === undefined || user === undefined || user.username !== verdict.identity)
    throw wrongPassword();
  const now = context.clock.now();
  refuseIfLockedOut(user, now);
  if (verdict.wrong) recordFailure(user, now);
  if (!verdict.right) throw wrongPassword();
  if (session !== undefined) session.used = true;
  const attempt = session?.attempt ?? newAttempt('USER_SRP_AUTH');
  return passwordProven(gate, user, { ...attempt, deviceKey: device?.key }, answer.clientMetadata);
}

/** PASSWORD, the answer to a choice in USER_AUTH. */
export function answerPassword(gate: Gate, answer: ChallengeAnswer): SignInStep {
  const { session, user } = asked(gate, answer);
  const password = requiredParameter(answer.responses, 'PASSWORD');
  const step = takePassword(gate, user, password, session.attempt, answer.responses.get('DEVICE_KEY'));
  session.used = true;
  return step;
}

/** PASSWORD_SRP, the other answer. */
export function answerPasswordSrp(gate: Gate, answer: ChallengeAnswer): SignInStep {
  const { session, user } = asked(gate, answer);
  const publicHex = requiredParameter(answer.responses, 'SRP_A');
  const step = startSrp(gate, answer.typed, user, publicHex, session.attempt, true);
  session.used = true;
  return step;
}

function passwordProven(
  gate: Gate,
  user: PoolUser,
  attempt: Attempt,
  clientMetadata: ReadonlyMap<string, string> = new Map(),
): SignInStep {
  forgetFailures(user);
  const proven = { ...attempt, firstFactorDone: true };
  if (proven.flow !== 'CUSTOM_AUTH') return nextStep(gate, user, proven);
  refuseAfterPassword(user, gate.context.clock.now());
  const round = { challengeName: 'PASSWORD_VERIFIER', challengeResult: true, challengeMetadata: null };
  return continueCustom(gate, user.username, user, proven, round, clientMetadata);
}

const PRETENCE = randomBytes(32);

/** For users that do not exist: the same salt each time, and a verifier that no password fits. */
function pretendedRecord(pool: UserPool, typed: string): PasswordRecord {
  const salt = createHmac('sha256', PRETENCE).update(`${pool.id}:${typed}`).digest('hex').slice(0, 32);
  const { verifier } = makePasswordRecord(srpName(pool), typed, randomBytes(16).toString('hex'));
  return { salt, verifier };
}
