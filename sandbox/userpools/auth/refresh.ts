import { AwsError } from '../../kernel/aws-error';
import { optionalText, requiredText, type Input } from '../../kernel/input';
import type { UserPoolContext } from '../context';
import type { Gate } from '../gate';
import type { PoolUser } from '../model';
import { checkClientSecret, checkSecretHash } from '../secret-hash';
import type { RefreshRecord } from '../tokens/token-families';
import { mintTokens } from '../tokens/token-mint';
import { requiredParameter } from './parameters';
import { userIsDisabled } from './sign-in-state';

const refuse = (message: string): AwsError => new AwsError('NotAuthorizedException', message);

/** REFRESH_TOKEN_AUTH: no new refresh token, and nothing for clients that rotate theirs. */
export function refreshByAuthFlow(gate: Gate, parameters: ReadonlyMap<string, string>): unknown {
  const { client } = gate;
  const token = requiredParameter(parameters, 'REFRESH_TOKEN');
  if (client.settings.rotation !== undefined) throw refuse('Invalid Refresh Token');
  const { user, record } = liveRefreshToken(gate, token);
  // The hash covers the user's real name, whatever was typed at sign-in.
  const mismatch = refuse(`SecretHash does not match for the client: ${client.id}`);
  checkSecretHash(client, user.username, parameters.get('SECRET_HASH'), mismatch);
  checkDevice(gate, user, record, parameters.get('DEVICE_KEY'));
  return { ChallengeParameters: {}, AuthenticationResult: renewed(gate, user, record) };
}

/** GetTokensFromRefreshToken: works with rotation and without. */
export function getTokensFromRefreshToken(context: UserPoolContext, input: Input): unknown {
  const token = requiredText(input, 'RefreshToken', { secret: true });
  const gate = { context, ...context.store.clientOf(input) };
  const { client } = gate;
  checkClientSecret(client, optionalText(input, 'ClientSecret', { secret: true }));
  const { user, record } = liveRefreshToken(gate, token);
  checkDevice(gate, user, record, optionalText(input, 'DeviceKey', { min: 1, max: 55 }));
  const result = renewed(gate, user, record);
  const { rotation } = client.settings;
  if (rotation === undefined) return { AuthenticationResult: result };
  record.retiredFrom ??= context.clock.now() + rotation.graceSeconds * 1000;
  const next = context.families.issueRefreshToken(record.family);
  return { AuthenticationResult: { ...result, RefreshToken: next } };
}

/** The sign-in behind a refresh token of this client; throws NotAuthorizedException and RefreshTokenReuseException. */
export function liveRefreshToken(
  { context, pool, client }: Gate,
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

/** A pool that tracks devices renews tokens for the confirmed device of the sign-in only. */
function checkDevice(gate: Gate, user: PoolUser, record: RefreshRecord, given: string | undefined): void {
  const { deviceKey } = record.family;
  if (gate.pool.settings.devices === undefined || deviceKey === undefined) return;
  if (given !== deviceKey || user.devices.get(deviceKey)?.verifier === undefined)
    throw refuse('Invalid Refresh Token');
}

function renewed(
  { context, pool, client }: Gate,
  user: PoolUser,
  record: RefreshRecord,
): Record<string, unknown> {
  const { accessToken, idToken, expiresIn } = mintTokens(context, pool, client, user, record.family);
  return { AccessToken: accessToken, ExpiresIn: expiresIn, TokenType: 'Bearer', IdToken: idToken };
}
