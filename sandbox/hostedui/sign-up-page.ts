import { AwsError } from '../kernel/aws-error';
import { isRecord } from '../kernel/input';
import type { HttpResponse } from '../kernel/types';
import { findUser } from '../userpools/store';
import { callForUser, destinationOf } from './account-calls';
import { readOwnSignIn, type AuthorizeRequest } from './authorize-request';
import { attributeLabel } from './challenge-forms';
import { showLogin, usernameLabel } from './login-page';
import { markup } from './markup';
import { page } from './page';
import { goOn, signInAfterSignUp, toPage } from './pool-sign-in';
import { field, form, type Field, type PageHandler, type Visit } from './visit';

/** GET and POST /signup */
export const signUpPage: PageHandler = async (world, visit) => {
  const request = readOwnSignIn(world, visit.request.rawQuery);
  if (visit.form === undefined) return showSignUp(visit, request);
  const given = visit.form;
  const typed = given.get('username') ?? '';
  const UserAttributes = attributesOf(request).flatMap((name) => {
    const Value = given.get(name) ?? '';
    return Value === '' ? [] : [{ Name: name, Value }];
  });
  try {
    const more = { Password: given.get('password') ?? '', UserAttributes };
    const answer = await callForUser(world, visit, request, 'SignUp', typed, more);
    const user = findUser(request.pool, typed);
    if (user !== undefined && isRecord(answer) && answer['UserConfirmed'] === true)
      return await goOn(world, visit, request, typed, signInAfterSignUp(world, request, user));
    const sentTo = destinationOf(answer);
    if (sentTo === undefined)
      return showLogin(visit, request, typed, { notice: 'An administrator must confirm your account.' });
    const step = { kind: 'confirm-sign-up', typed, sentTo, passwordGiven: true } as const;
    return toPage(world, visit, request, '/confirmUser', step);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return showSignUp(visit, request, error.message);
  }
};

function showSignUp(visit: Visit, request: AuthorizeRequest, error?: string): HttpResponse {
  const given = (name: string): string | undefined => visit.form?.get(name) ?? undefined;
  const attributes = attributesOf(request).map((name) =>
    field({ name, label: attributeLabel(name), value: given(name), ...KINDS[name] }),
  );
  const label = usernameLabel(request);
  const fields = markup`
${field({ name: 'username', label, value: given('username'), autocomplete: 'username' })}
${attributes}
${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'new-password' })}`;
  const content = markup`${form(visit, `/signup?${request.query}`, 'Sign up', fields)}
<p>Already have an account? <a href="/login?${request.query}">Sign in</a></p>`;
  return page(`Sign up to ${request.client.settings.name}`, content, {
    error,
    callback: request.redirectUri,
  });
}

const KINDS: Readonly<Record<string, Partial<Field>>> = {
  email: { type: 'email', autocomplete: 'email' },
  phone_number: { type: 'tel', autocomplete: 'tel' },
};

/** What the page asks for besides name and password: required attributes, and where the code can go. */
function attributesOf({ pool }: AuthorizeRequest): readonly string[] {
  const { schema, autoVerifiedAttributes, usernameAttributes } = pool.settings;
  const required = schema.flatMap((entry) => (entry.required && entry.name !== 'sub' ? [entry.name] : []));
  const wanted = new Set([...autoVerifiedAttributes, ...required]);
  return [...wanted].filter((name) => !usernameAttributes.includes(name));
}
