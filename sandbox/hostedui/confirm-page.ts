import { AwsError } from '../kernel/aws-error';
import type { HttpResponse } from '../kernel/types';
import { findUser } from '../userpools/store';
import { callForUser, resendConfirmation } from './account-calls';
import type { AuthorizeRequest } from './authorize-request';
import { showLogin } from './login-page';
import { markup } from './markup';
import { page, withQuery, type PageOptions } from './page';
import type { PendingStep } from './pending';
import { pendingOf } from './pending-visit';
import { goOn, signInAfterSignUp } from './pool-sign-in';
import { field, form, type PageHandler, type Visit } from './visit';

type Waiting = Extract<PendingStep, { kind: 'confirm-sign-up' }>;

/** GET and POST /confirmUser: the code of a sign-up. */
export const confirmPage: PageHandler = async (world, visit) => {
  const { flow, request, step } = pendingOf(world, visit, 'confirm-sign-up');
  if (visit.form === undefined) return show(visit, flow, request, step);
  const { typed } = step;
  try {
    if (visit.form.has('resend')) {
      const sentTo = await resendConfirmation(world, visit, request, typed);
      return show(visit, flow, request, { ...step, sentTo }, { notice: 'A new code was sent.' });
    }
    const ConfirmationCode = (visit.form.get('code') ?? '').trim();
    await callForUser(world, visit, request, 'ConfirmSignUp', typed, { ConfirmationCode });
    visit.browser.pending.delete(flow);
    const user = findUser(request.pool, typed);
    if (user === undefined || !step.passwordGiven)
      return showLogin(visit, request, typed, { notice: 'Your account is confirmed. Sign in now.' });
    return await goOn(world, visit, request, typed, signInAfterSignUp(world, request, user));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return show(visit, flow, request, step, { error: error.message });
  }
};

function show(
  visit: Visit,
  flow: string,
  request: AuthorizeRequest,
  { sentTo }: Waiting,
  options: PageOptions = {},
): HttpResponse {
  const action = withQuery('/confirmUser', { flow });
  const text = sentTo === undefined ? 'Enter the code that you were sent.' : `A code was sent to ${sentTo}.`;
  const code = field({ name: 'code', label: 'Verification code', autocomplete: 'one-time-code' });
  const content = markup`<p>${text}</p>
${form(visit, action, 'Confirm', code)}
${form(visit, action, 'Resend code', markup`<input type="hidden" name="resend" value="yes">`)}`;
  return page('Confirm your account', content, { callback: request.redirectUri, ...options });
}
