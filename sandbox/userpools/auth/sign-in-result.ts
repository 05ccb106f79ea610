import { newDevice } from '../devices/new-device';
import type { Gate } from '../gate';
import type { PoolUser } from '../model';
import { mintTokens } from '../tokens/token-mint';
import type { Attempt } from './attempt';
import { challengeAnswer, type SignInStep } from './steps';

/** A step of a sign-in as InitiateAuth and RespondToAuthChallenge answer it. */
export function answerOf(gate: Gate, step: SignInStep): Record<string, unknown> {
  return step.kind === 'challenge' ? challengeAnswer(step) : signedIn(gate, step.user, step.attempt);
}

function signedIn(gate: Gate, user: PoolUser, attempt: Attempt): Record<string, unknown> {
  const { context, pool, client } = gate;
  const tracked = pool.settings.devices !== undefined;
  const fresh =
    tracked && attempt.deviceKey === undefined
      ? newDevice(user, context.region, context.clock.now())
      : undefined;
  const now = context.clock.now();
  const family = context.families.open({
    poolId: pool.id,
    clientId: client.id,
    sub: user.sub,
    deviceKey: fresh?.key ?? attempt.deviceKey,
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
      ...(fresh && { NewDeviceMetadata: { DeviceKey: fresh.key, DeviceGroupKey: fresh.groupKey } }),
    },
  };
}
