import { AwsError } from '../kernel/aws-error';
import type { HttpResponse } from '../kernel/types';
import {
  otherProviders,
  readAuthorizeRequest,
  readOwnSignIn,
  type AuthorizeRequest,
} from './authorize-request';
import { oauthSettingsOf } from './oauth-settings';
import { markup } from './markup';
import { page, redirect, withQuery, type PageOptions } from './page';
import { goOn, signInWithPassword, toPage } from './pool-sign-in';
import { field, form, type PageHandler, type Visit } from './visit';
import { resendConfirmation } from './account-calls';

/** GET and POST /login */
export const loginPage: PageHandler = async (world, visit) => {
  const { rawQuery } = visit.request;
  if (visit.form === undefined) {
    const asked = readAuthorizeRequest(world, rawQuery);
    return showLogin(visit, asked, asked.loginHint);
  }
  const request = readOwnSignIn(world, rawQuery);
  const typed = visit.form.get('username') ?? '';
  const password = visit.form.get('password') ?? '';
  try {
    const step = signInWithPassword(world, request, typed, password);
    return await goOn(world, visit, request, typed, step);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.code === 'UserNotConfirmedException') {
      const sentTo = await resendConfirmation(world, visit, request, typed).catch(refusedSending);
      const step = { kind: 'confirm-sign-up', typed, sentTo, passwordGiven: false } as const;
      return toPage(world, visit, request, '/confirmUser', step);
    }
    if (error.code === 'PasswordResetRequiredException')
      return redirect(withQuery(`/forgotPassword?${request.query}`, { username: typed }));
    return showLogin(visit, request, typed, { error: error.message });
  }
};

/** A code that cannot be sent (again) now is no reason to keep the page with its button to resend from anybody. */
function refusedSending(error: unknown): undefined {
  if (error instanceof AwsError) return undefined;
  throw error;
}

export function showLogin(
  visit: Visit,
  request: AuthorizeRequest,
  typed: string | undefined,
  options: PageOptions = {},
): HttpResponse {
  const { pool, client, query, redirectUri } = request;
  const settings = oauthSettingsOf(client);
  const fields = markup`
${field({ name: 'username', label: usernameLabel(request), value: typed, autocomplete: 'username' })}
${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' })}`;
  const own = markup`${form(visit, `/login?${query}`, 'Sign in', fields)}
<p><a href="/forgotPassword?${query}">Forgot your password?</a></p>
${!pool.settings.adminCreateUserOnly && markup`<p>Need an account? <a href="/signup?${query}">Sign up</a></p>`}`;
  const others = otherProviders(pool, settings).map(
    ({ name }) =>
      markup`<p><a href="${withQuery(`/oauth2/authorize?${withoutProvider(query)}`, { identity_provider: name })}">Continue with ${name}</a></p>`,
  );
  const content = markup`${others}${settings.identityProviders.includes('COGNITO') && own}`;
  return page(`Sign in to ${client.settings.name}`, content, { callback: redirectUri, ...options });
}

export function usernameLabel({ pool }: AuthorizeRequest): string {
  const [first, second] = pool.settings.usernameAttributes;
  if (first === undefined) return 'Username';
  if (second !== undefined) return 'Email or phone number';
  return first === 'email' ? 'Email' : 'Phone number';
}

function withoutProvider(query: string): string {
  const left = query.split('&').filter((pair) => !/^(identity_provider|idp_identifier)=/.test(pair));
  return left.join('&');
}
