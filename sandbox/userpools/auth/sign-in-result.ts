import type { UserPoolContext } from '../context';
import { missingAttributes } from '../attributes';
import type { AppClient, PoolUser, UserPool } from '../model';
import { forgetFailures } from '../lockout';
import { mintTokens } from '../tokens/token-mint';
import { refuseAfterPassword } from './sign-in-state';

/** What follows a right password: a further challenge, or the tokens. */
export function afterPassword(
  context: UserPoolContext,
  pool: UserPool,
  client: AppClient,
  user: PoolUser,
): Record<string, unknown> {
  forgetFailures(user);
  refuseAfterPassword(user, context.clock.now());
  if (user.status === 'FORCE_CHANGE_PASSWORD') return newPasswordChallenge(context, pool, client, user);
  return signedIn(context, pool, client, user);
}

/** Opens a token family and answers its first tokens. */
export function signedIn(
  context: UserPoolContext,
  pool: UserPool,
  client: AppClient,
  user: PoolUser,
): Record<string, unknown> {
  const now = context.clock.now();
  const family = context.families.open({
    poolId: pool.id,
    clientId: client.id,
    sub: user.sub,
    authTime: Math.floor(now / 1000),
    refreshExpiresAt: now + client.settings.refreshTokenSeconds * 1000,
  });
  const tokens = mintTokens(context, pool, client, user, family);
  return {
    ChallengeParameters: {},
    AuthenticationResult: {
      AccessToken: tokens.accessToken,
      ExpiresIn: tokens.expiresIn,
      TokenType: 'Bearer',
      RefreshToken: context.families.issueRefreshToken(family),
      IdToken: tokens.idToken,
    },
  };
}

function newPasswordChallenge(
  context: UserPoolContext,
  pool: UserPool,
  client: AppClient,
  user: PoolUser,
): Record<string, unknown> {
  const session = context.sessions.open(
    { challenge: 'NEW_PASSWORD_REQUIRED', poolId: pool.id, clientId: client.id, username: user.username },
    client.settings.authSessionMinutes,
  );
  const missing = missingAttributes(pool, user.attributes);
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: session,
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missing.map((name) => `userAttributes.${name}`)),
      userAttributes: JSON.stringify(Object.fromEntries(user.attributes)),
    },
  };
}
