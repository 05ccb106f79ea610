import { AwsError } from '../kernel/aws-error';
import type { HttpResponse } from '../kernel/types';
import { callForUser, destinationOf } from './account-calls';
import { readOwnSignIn, type AuthorizeRequest } from './authorize-request';
import { showLogin, usernameLabel } from './login-page';
import { markup } from './markup';
import { page, withQuery } from './page';
import { pendingOf } from './pending-visit';
import { toPage } from './pool-sign-in';
import { field, form, type PageHandler, type Visit } from './visit';

/** GET and POST /forgotPassword: sends a code. */
export const forgotPasswordPage: PageHandler = async (world, visit) => {
  const request = readOwnSignIn(world, visit.request.rawQuery);
  const asked = visit.query.get('username') ?? undefined;
  if (visit.form === undefined) return show(visit, request, asked);
  const typed = visit.form.get('username') ?? '';
  try {
    const answer = await callForUser(world, visit, request, 'ForgotPassword', typed);
    const step = { kind: 'reset-password', typed, sentTo: destinationOf(answer) } as const;
    return toPage(world, visit, request, '/confirmForgotPassword', step);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return show(visit, request, typed, error.message);
  }
};

function show(
  visit: Visit,
  request: AuthorizeRequest,
  typed: string | undefined,
  error?: string,
): HttpResponse {
  const label = usernameLabel(request);
  const fields = field({ name: 'username', label, value: typed, autocomplete: 'username' });
  const content = markup`<p>We send a code to the address or phone of your account.</p>
${form(visit, `/forgotPassword?${request.query}`, 'Reset my password', fields)}
<p><a href="/login?${request.query}">Back to the sign-in</a></p>`;
  return page('Forgot your password?', content, { error, callback: request.redirectUri });
}

/** GET and POST /confirmForgotPassword: the code, and the new password. */
export const newForgottenPasswordPage: PageHandler = async (world, visit) => {
  const { flow, request, step } = pendingOf(world, visit, 'reset-password');
  const { typed, sentTo } = step;
  let error: string | undefined;
  if (visit.form !== undefined) {
    const ConfirmationCode = (visit.form.get('code') ?? '').trim();
    const more = { ConfirmationCode, Password: visit.form.get('password') ?? '' };
    try {
      await callForUser(world, visit, request, 'ConfirmForgotPassword', typed, more);
      visit.browser.pending.delete(flow);
      return showLogin(visit, request, typed, { notice: 'Your password was changed. Sign in now.' });
    } catch (caught) {
      if (!(caught instanceof AwsError)) throw caught;
      error = caught.message;
    }
  }
  const fields = markup`<p>A code was sent${sentTo !== undefined && ` to ${sentTo}`}.</p>
${field({ name: 'code', label: 'Verification code', autocomplete: 'one-time-code' })}
${field({ name: 'password', label: 'New password', type: 'password', autocomplete: 'new-password' })}`;
  const content = form(visit, withQuery('/confirmForgotPassword', { flow }), 'Change password', fields);
  return page('Choose a new password', content, { error, callback: request.redirectUri });
};
