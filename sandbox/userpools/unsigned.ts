/** The operations of user pools that carry no signature: sign-in, sign-up, and what an access token authorises. */
export const UNSIGNED_OPERATIONS: ReadonlySet<string> = new Set([
  'ConfirmSignUp',
  'GetTokensFromRefreshToken',
  'GetUser',
  'GlobalSignOut',
  'InitiateAuth',
  'ResendConfirmationCode',
  'RespondToAuthChallenge',
  'RevokeToken',
  'SignUp',
]);
