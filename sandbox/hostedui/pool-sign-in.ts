import { AwsError } from '../kernel/aws-error';
import { isRecord } from '../kernel/input';
import type { HttpResponse } from '../kernel/types';
import { newAttempt } from '../userpools/auth/attempt';
import { nextStep } from '../userpools/auth/next-step';
import { answerChallenge, beginSignIn } from '../userpools/auth/sign-in';
import type { SignInStep } from '../userpools/auth/steps';
import type { Gate } from '../userpools/gate';
import type { PoolUser } from '../userpools/model';
import type { AuthorizeRequest } from './authorize-request';
import { grantAccess } from './grant';
import { redirect, withQuery } from './page';
import type { PendingStep } from './pending';
import type { Visit } from './visit';
import type { HostedUiWorld } from './world';

/** The way of the hosted UI into the pool: its own flow, which needs neither ExplicitAuthFlows nor a secret hash. */
export function gateOf(world: HostedUiWorld, { pool, client }: AuthorizeRequest): Gate {
  return { context: world.pools, pool, client };
}

/** Throws what InitiateAuth throws. */
export function signInWithPassword(
  world: HostedUiWorld,
  request: AuthorizeRequest,
  typed: string,
  password: string,
): SignInStep {
  const parameters = new Map([
    ['USERNAME', typed],
    ['PASSWORD', password],
  ]);
  return beginSignIn(gateOf(world, request), 'USER_PASSWORD_AUTH', parameters);
}

/** For who has just signed up, password and all. */
export function signInAfterSignUp(
  world: HostedUiWorld,
  request: AuthorizeRequest,
  user: PoolUser,
): SignInStep {
  const attempt = { ...newAttempt('USER_PASSWORD_AUTH'), firstFactorDone: true };
  return nextStep(gateOf(world, request), user, attempt);
}

/** Throws what RespondToAuthChallenge throws. */
export function answerPending(
  world: HostedUiWorld,
  request: AuthorizeRequest,
  { typed, challenge, totp }: Extract<PendingStep, { kind: 'challenge' }>,
  responses: Readonly<Record<string, string>>,
): SignInStep {
  return answerChallenge(gateOf(world, request), {
    challenge: challenge.name,
    session: totp?.session ?? challenge.session,
    typed,
    responses: new Map(Object.entries(responses)),
    clientMetadata: new Map(),
  });
}

/** After a step: its page, or back to the app. */
export async function goOn(
  world: HostedUiWorld,
  visit: Visit,
  request: AuthorizeRequest,
  typed: string,
  step: SignInStep,
): Promise<HttpResponse> {
  if (step.kind === 'signed-in') {
    const signedIn = world.browsers.signIn(visit.browser, request.pool.id, step.user.sub);
    return grantAccess(world, request, step.user, signedIn);
  }
  if (step.name !== 'MFA_SETUP')
    return toPage(world, visit, request, '/challenge', { kind: 'challenge', typed, challenge: step });
  const answer = await world.call('AssociateSoftwareToken', { Session: step.session }, visit);
  if (!isRecord(answer)) throw new AwsError('InternalErrorException', 'No answer to AssociateSoftwareToken');
  const totp = { secret: String(answer['SecretCode']), session: String(answer['Session']) };
  return toPage(world, visit, request, '/challenge', { kind: 'challenge', typed, challenge: step, totp });
}

/** Remembers where the sign-in stands, and sends the browser to the page of that step. */
export function toPage(
  world: HostedUiWorld,
  visit: Visit,
  request: AuthorizeRequest,
  path: string,
  step: PendingStep,
): HttpResponse {
  const flow = world.browsers.keep(visit.browser, { query: request.query, step });
  return redirect(withQuery(path, { flow }));
}
