import type { ServiceError } from '../../../../../src/core/errors';
import { refusal } from '../scene';
import type { AccountExpectation } from './expectation';

const pool = (operation: string, code: string, message: string): ServiceError =>
  refusal('cognito-idp', operation, code, message);

/** Refusals of sign-ups, confirmations and resets that the error table has no number for. */
export const accountRows: readonly AccountExpectation[] = [
  {
    id: 'user-exists',
    error: pool('SignUp', 'UsernameExistsException', 'User already exists'),
    title: ['a user reader already'],
    why: ['us-west-2_AbCdEfGhI'],
    first: 'sign-in-again',
    also: ['reset-password', 'sign-up'],
  },
  {
    id: 'alias-exists',
    error: pool('ConfirmSignUp', 'AliasExistsException', 'An account with the email already exists.'),
    title: ['Another user', 'reader'],
    why: ['only one confirmed user'],
    first: 'sign-in-again',
    also: ['sign-up'],
  },
  {
    id: 'sign-up-closed',
    error: pool('SignUp', 'NotAuthorizedException', 'SignUp is not permitted for this user pool'),
    title: ['Nobody can sign up'],
    why: ['AllowAdminCreateUserOnly'],
    first: 'copy-cli-command',
    cli: ['admin-create-user', '--username reader'],
  },
  {
    id: 'attribute-not-writable',
    error: pool('SignUp', 'NotAuthorizedException', 'A client attempted to write unauthorized attribute'),
    title: ['App client 7g0client'],
    why: ['WriteAttributes'],
    first: 'sign-up',
    cli: ['describe-user-pool-client', '--client-id 7g0client', 'WriteAttributes'],
  },
  {
    id: 'confirmed-already',
    error: pool(
      'ConfirmSignUp',
      'NotAuthorizedException',
      'User cannot be confirmed. Current status is CONFIRMED',
    ),
    title: ['reader needs no code'],
    first: 'sign-in-again',
    also: ['reset-password'],
  },
  {
    id: 'confirmed-already',
    error: pool('ResendConfirmationCode', 'InvalidParameterException', 'User is already confirmed.'),
    title: ['reader needs no code'],
    first: 'sign-in-again',
  },
  {
    id: 'no-address',
    error: pool(
      'ForgotPassword',
      'InvalidParameterException',
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    ),
    title: ['nowhere to send', 'reader'],
    first: 'copy-cli-command',
    cli: ['admin-set-user-password', '--username reader', '--permanent'],
  },
  {
    id: 'no-address',
    error: pool('ResendConfirmationCode', 'InvalidParameterException', 'Auto verification not turned on.'),
    title: ['nowhere to send'],
    first: 'copy-cli-command',
    cli: ['admin-confirm-sign-up', '--username reader'],
  },
  {
    id: 'no-address',
    error: pool('ForgotPassword', 'NotAuthorizedException', 'Contact administrator to reset password.'),
    why: ['administrators'],
    first: 'copy-cli-command',
  },
  {
    id: 'not-resettable',
    error: pool(
      'ForgotPassword',
      'NotAuthorizedException',
      'User password cannot be reset in the current state.',
    ),
    title: ['cannot be reset yet'],
    fix: ['temporary password'],
    first: 'sign-in-again',
    cli: ['admin-create-user', '--message-action RESEND'],
  },
  {
    id: 'code-not-sent',
    error: pool('SignUp', 'CodeDeliveryFailureException', 'Email address is not verified.'),
    title: ['could not send the code'],
    why: ['SES or SNS'],
    first: 'resend-code',
    cli: ['EmailConfiguration'],
  },
];
