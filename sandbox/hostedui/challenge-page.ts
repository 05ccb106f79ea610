import { AwsError } from '../kernel/aws-error';
import type { HttpResponse } from '../kernel/types';
import type { AuthorizeRequest } from './authorize-request';
import { challengeForm } from './challenge-forms';
import { showLogin } from './login-page';
import { page, withQuery } from './page';
import type { PendingStep } from './pending';
import { pendingOf } from './pending-visit';
import { answerPending, goOn } from './pool-sign-in';
import { form, type PageHandler, type Visit } from './visit';
import type { HostedUiWorld } from './world';

type Waiting = Extract<PendingStep, { kind: 'challenge' }>;

/** GET and POST /challenge: whatever the pool asks after the password. */
export const challengePage: PageHandler = async (world, visit) => {
  const { flow, request, step } = pendingOf(world, visit, 'challenge');
  if (visit.form === undefined) return show(visit, flow, request, step);
  try {
    const given = visit.form;
    const { responses } = challengeForm(step);
    const verified = step.totp === undefined ? step : await verifyTotp(world, visit, flow, step, given);
    const next = answerPending(world, request, verified, responses(given));
    visit.browser.pending.delete(flow);
    return await goOn(world, visit, request, step.typed, next);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (!isOver(error)) return show(visit, flow, request, step, error.message);
    visit.browser.pending.delete(flow);
    return showLogin(visit, request, step.typed, { error: error.message });
  }
};

function show(
  visit: Visit,
  flow: string,
  request: AuthorizeRequest,
  step: Waiting,
  error?: string,
): HttpResponse {
  const { title, button, fields } = challengeForm(step);
  const content = form(visit, withQuery('/challenge', { flow }), button, fields);
  return page(title, content, { error, callback: request.redirectUri });
}

/** Shows the pool that the new authenticator works; the session that comes back answers the challenge. */
async function verifyTotp(
  world: HostedUiWorld,
  visit: Visit,
  flow: string,
  step: Waiting,
  given: URLSearchParams,
): Promise<Waiting> {
  if (step.totp === undefined) return step;
  const name = given.get('friendlyName');
  const answer = await world.call(
    'VerifySoftwareToken',
    {
      Session: step.totp.session,
      UserCode: given.get('code') ?? '',
      ...(name !== null && name !== '' && { FriendlyDeviceName: name }),
    },
    visit,
  );
  const { Session } = answer as { Session?: string };
  const verified = { ...step, totp: { ...step.totp, session: Session ?? step.totp.session } };
  const pending = visit.browser.pending.get(flow);
  if (pending !== undefined) visit.browser.pending.set(flow, { ...pending, step: verified });
  return verified;
}

/** Errors that no other answer on the same page can mend. */
function isOver({ code, message }: AwsError): boolean {
  return code === 'NotAuthorizedException' && !message.startsWith('Cannot modify');
}
