import type { Gate } from '../gate';
import type { PoolUser } from '../model';
import { findUser } from '../store';
import { ask } from './answers';
import { newAttempt } from './attempt';
import { invalidSession } from './challenge-sessions';
import { nextStep } from './next-step';
import type { SignInStep } from './steps';

/** Sessions from SignUp to ConfirmSignUp, and from there to a sign-in without another question. */
export type SignUpStage = 'SIGN_UP' | 'CONFIRMED';

export function signUpSession(gate: Gate, user: PoolUser, stage: SignUpStage): string | undefined {
  return ask(gate, user.username, newAttempt('USER_AUTH'), { name: stage, parameters: {} }).session;
}

/** Uses a session up; throws NotAuthorizedException. */
export function takeSignUpSession(gate: Gate, user: PoolUser, token: string, stage: SignUpStage): void {
  const session = gate.context.sessions.require(token, gate.client.id, stage);
  if (session.username !== user.username) throw invalidSession();
  session.used = true;
}

/** USER_AUTH with ConfirmSignUp's session: who has just confirmed need not prove himself again. */
export function signInAfterSignUp(gate: Gate, typed: string, token: string): SignInStep {
  const user = findUser(gate.pool, typed);
  if (user === undefined) throw invalidSession();
  takeSignUpSession(gate, user, token, 'CONFIRMED');
  return nextStep(gate, user, { ...newAttempt('USER_AUTH'), firstFactorDone: true });
}
