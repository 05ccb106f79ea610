import { AwsError } from '../kernel/aws-error';
import { optionalText, requiredText, type Input } from '../kernel/input';
import type { Operation } from '../kernel/types';
import { checkRequiredAttributes, readAttributes } from './attributes';
import { checkCode, claimAlias, expiredCode } from './codes';
import { signUpSession, takeSignUpSession } from './auth/after-sign-up';
import { allowsChoice } from './auth/auth-flows';
import type { UserPoolContext } from './context';
import { pretendedDelivery, sendConfirmationCode } from './delivery';
import type { Gate } from './gate';
import type { AppClient, UserPool } from './model';
import { addUser } from './new-user';
import { checkPasswordPolicy } from './passwords';
import { checkSecretHash, unverifiable } from './secret-hash';
import { makePasswordRecord } from './srp';
import { findUser, srpName } from './store';
import { callTrigger } from './triggers';

const USERNAME = { min: 1, max: 128 };

export function signUpOperations(context: UserPoolContext): Record<string, Operation> {
  return {
    SignUp: (input) => signUp(context, input),
    ConfirmSignUp: (input) => confirmSignUp(context, input),
    ResendConfirmationCode: (input) => resendConfirmationCode(context, input),
  };
}

function signUp(context: UserPoolContext, input: Input): unknown {
  const { pool, client, typed } = caller(context, input);
  const password = requiredText(input, 'Password', { min: 1, max: 256, secret: true });
  if (pool.settings.adminCreateUserOnly)
    throw new AwsError('NotAuthorizedException', 'SignUp is not permitted for this user pool');
  const attributes = readAttributes(pool, input, 'UserAttributes');
  for (const name of attributes.keys()) {
    const writable = client.settings.writeAttributes?.includes(name) ?? true;
    if (name.endsWith('_verified') || !writable)
      throw new AwsError('NotAuthorizedException', 'A client attempted to write unauthorized attribute');
  }
  checkPasswordPolicy(pool.settings.passwordPolicy, password);
  const implied = pool.settings.usernameAttributes.includes('email') && typed.includes('@');
  checkRequiredAttributes(pool, implied ? new Map([...attributes, ['email', typed]]) : attributes);
  const gate = { context, pool, client };
  const granted = askPreSignUp(gate, typed, attributes);
  const status = granted.confirmed ? 'CONFIRMED' : 'UNCONFIRMED';
  const user = addUser(pool, typed, attributes, status, context.clock.now());
  for (const name of granted.verified)
    if (user.attributes.has(name)) user.attributes.set(`${name}_verified`, 'true');
  user.password = makePasswordRecord(srpName(pool), user.username, password);
  if (granted.confirmed) return { UserConfirmed: true, UserSub: user.sub };
  const details = sendConfirmationCode(context, pool, user);
  const session = allowsChoice(gate) ? signUpSession(gate, user, 'SIGN_UP') : undefined;
  return { UserConfirmed: false, UserSub: user.sub, CodeDeliveryDetails: details, Session: session };
}

/** What the pool's PreSignUp trigger, if it has one, spares the user. */
function askPreSignUp(
  gate: Gate,
  username: string,
  attributes: ReadonlyMap<string, string>,
): { readonly confirmed: boolean; readonly verified: readonly string[] } {
  if (!gate.pool.settings.triggers.has('PreSignUp')) return { confirmed: false, verified: [] };
  const response = callTrigger(gate.context, 'PreSignUp', {
    pool: gate.pool,
    client: gate.client,
    username,
    source: 'SignUp',
    request: { userAttributes: Object.fromEntries(attributes), validationData: null },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  return {
    confirmed: response['autoConfirmUser'] === true,
    verified: [
      ...(response['autoVerifyEmail'] === true ? ['email'] : []),
      ...(response['autoVerifyPhone'] === true ? ['phone_number'] : []),
    ],
  };
}

function confirmSignUp(context: UserPoolContext, input: Input): unknown {
  const { pool, client, typed } = caller(context, input);
  const code = requiredText(input, 'ConfirmationCode', { min: 1, max: 2048, pattern: /^\S+$/, secret: true });
  const user = findUser(pool, typed);
  if (user === undefined) {
    if (client.settings.hideUserExistence) throw expiredCode();
    throw new AwsError('UserNotFoundException', 'Username/client id combination not found.');
  }
  if (user.status !== 'UNCONFIRMED')
    throw new AwsError(
      'NotAuthorizedException',
      `User cannot be confirmed. Current status is ${user.status}`,
    );
  const { attribute } = checkCode(user, 'confirm-sign-up', code, context.clock.now());
  const force = input['ForceAliasCreation'] === true;
  claimAlias(pool, user, attribute, user.attributes.get(attribute), force);
  user.status = 'CONFIRMED';
  user.codes.delete('confirm-sign-up');
  user.attributes.set(`${attribute}_verified`, 'true');
  user.modifiedAt = context.clock.now();
  const token = optionalText(input, 'Session', { min: 20, max: 2048, secret: true });
  if (token === undefined) return {};
  const gate = { context, pool, client };
  takeSignUpSession(gate, user, token, 'SIGN_UP');
  return { Session: signUpSession(gate, user, 'CONFIRMED') };
}

function resendConfirmationCode(context: UserPoolContext, input: Input): unknown {
  const { pool, client, typed } = caller(context, input);
  const user = findUser(pool, typed);
  if (user === undefined) {
    if (client.settings.hideUserExistence) return { CodeDeliveryDetails: pretendedDelivery(typed) };
    throw new AwsError('UserNotFoundException', 'Username/client id combination not found.');
  }
  if (user.status !== 'UNCONFIRMED')
    throw new AwsError('InvalidParameterException', 'User is already confirmed.');
  const details = sendConfirmationCode(context, pool, user);
  if (details === undefined)
    throw new AwsError('InvalidParameterException', 'Auto verification not turned on.');
  return { CodeDeliveryDetails: details };
}

/** Who asks, by client and secret hash; for the operations that take no token. */
export function caller(
  context: UserPoolContext,
  input: Input,
): { pool: UserPool; client: AppClient; typed: string } {
  const typed = requiredText(input, 'Username', USERNAME);
  const { pool, client } = context.store.clientOf(input);
  const hash = optionalText(input, 'SecretHash', { min: 1, max: 128, secret: true });
  if (hash === undefined && client.secret !== undefined) throw unverifiable(client);
  checkSecretHash(client, typed, hash);
  return { pool, client, typed };
}
