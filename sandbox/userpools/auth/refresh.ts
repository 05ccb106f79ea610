import { AwsError } from '../../kernel/aws-error';
import { optionalText, requiredText, type Input } from '../../kernel/input';
import type { UserPoolContext } from '../context';
import type { AppClient, PoolUser, UserPool } from '../model';
import { checkClientSecret, checkSecretHash } from '../secret-hash';
import type { RefreshRecord } from '../tokens/token-families';
import { mintTokens } from '../tokens/token-mint';
import { requiredParameter } from './parameters';
import { userIsDisabled } from './sign-in-state';

const refuse = (message: string): AwsError => new AwsError('NotAuthorizedException', message);

/** REFRESH_TOKEN_AUTH: no new refresh token, and nothing for clients that rotate theirs. */
export function refreshByAuthFlow(
  context: UserPoolContext,
  pool: UserPool,
  client: AppClient,
  parameters: ReadonlyMap<string, string>,
): unknown {
  const token = requiredParameter(parameters, 'REFRESH_TOKEN');
  if (client.settings.rotation !== undefined) throw refuse('Invalid Refresh Token');
  const { user, record } = liveRefreshToken(context, pool, client, token);
  // The hash covers the user's real name, whatever was typed at sign-in.
  const mismatch = refuse(`SecretHash does not match for the client: ${client.id}`);
  checkSecretHash(client, user.username, parameters.get('SECRET_HASH'), mismatch);
  return { ChallengeParameters: {}, AuthenticationResult: renewed(context, pool, client, user, record) };
}

/** GetTokensFromRefreshToken: works with rotation and without. */
export function getTokensFromRefreshToken(context: UserPoolContext, input: Input): unknown {
  const token = requiredText(input, 'RefreshToken', { secret: true });
  const { pool, client } = context.store.clientOf(input);
  checkClientSecret(client, optionalText(input, 'ClientSecret', { secret: true }));
  const { user, record } = liveRefreshToken(context, pool, client, token);
  const result = renewed(context, pool, client, user, record);
  const { rotation } = client.settings;
  if (rotation === undefined) return { AuthenticationResult: result };
  record.retiredFrom ??= context.clock.now() + rotation.graceSeconds * 1000;
  const next = context.families.issueRefreshToken(record.family);
  return { AuthenticationResult: { ...result, RefreshToken: next } };
}

function liveRefreshToken(
  context: UserPoolContext,
  pool: UserPool,
  client: AppClient,
  token: string,
): { user: PoolUser; record: RefreshRecord } {
  const record = context.families.findRefreshToken(token);
  if (record === undefined || record.family.clientId !== client.id || record.family.poolId !== pool.id)
    throw refuse('Invalid Refresh Token');
  const { family, retiredFrom } = record;
  const now = context.clock.now();
  const user = [...pool.users.values()].find(({ sub }) => sub === family.sub);
  if (user?.enabled === false) throw userIsDisabled();
  if (user === undefined || family.revoked) throw refuse('Refresh Token has been revoked');
  if (now >= family.refreshExpiresAt) throw refuse('Refresh Token has expired');
  if (retiredFrom !== undefined && now >= retiredFrom)
    throw new AwsError('RefreshTokenReuseException', 'Refresh token has already been used.');
  return { user, record };
}

function renewed(
  context: UserPoolContext,
  pool: UserPool,
  client: AppClient,
  user: PoolUser,
  record: RefreshRecord,
): Record<string, unknown> {
  const { accessToken, idToken, expiresIn } = mintTokens(context, pool, client, user, record.family);
  return { AccessToken: accessToken, ExpiresIn: expiresIn, TokenType: 'Bearer', IdToken: idToken };
}
