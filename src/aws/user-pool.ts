import {
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type {
  AuthFlowType,
  AuthenticationResultType,
  ChallengeNameType,
} from '@aws-sdk/client-cognito-identity-provider';
import { WorkbenchError } from '../core/errors';
import type { AuthAnswer, AuthTokens, SessionOrToken, UserPoolApi } from '../core/ports';
import type { CallObserver, Place } from './call';
import { call, clientOptions } from './call';
import type { Sender } from './user-account';
import { accountApi } from './user-account';

interface Answer {
  ChallengeName?: string | undefined;
  Session?: string | undefined;
  ChallengeParameters?: Record<string, string> | undefined;
  AvailableChallenges?: string[] | undefined;
  AuthenticationResult?: AuthenticationResultType | undefined;
}

/**
 * The user pools API of one region. `maxAttempts` is 1 (decision 6): the SDK would retry LimitExceededException, and a
 * repeated sign-in lengthens a lockout. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/
 */
export function createUserPoolApi(place: Place, observe: CallObserver): UserPoolApi {
  const client = new CognitoIdentityProviderClient(clientOptions(place, 1));
  const host = place.endpoint ?? `cognito-idp.${place.region}`;
  const site = (operation: string, extra?: Record<string, string>) => ({
    service: 'cognito-idp' as const,
    operation,
    host,
    ...(extra ? { extra } : {}),
  });
  const run: Sender = (operation, send, signal) => call(site(operation), send, observe, signal);
  return {
    ...accountApi(client, run),
    async initiateAuth(request, signal) {
      const command = new InitiateAuthCommand({
        AuthFlow: request.flow as AuthFlowType,
        ClientId: request.clientId,
        Session: request.session,
        AuthParameters: { ...request.parameters },
      });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      return toAnswer(await call(site('InitiateAuth', { flow: request.flow }), send, observe, signal));
    },
    async respondToAuthChallenge(request, signal) {
      const command = new RespondToAuthChallengeCommand({
        ChallengeName: request.challengeName as ChallengeNameType,
        ClientId: request.clientId,
        Session: request.session,
        ChallengeResponses: { ...request.responses },
      });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      return toAnswer(await call(site('RespondToAuthChallenge'), send, observe, signal));
    },
    async getTokensFromRefreshToken(request, signal) {
      const command = new GetTokensFromRefreshTokenCommand({
        ClientId: request.clientId,
        ClientSecret: request.clientSecret,
        RefreshToken: request.refreshToken,
        DeviceKey: request.deviceKey,
      });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      const { deviceKey } = request;
      const about = site('GetTokensFromRefreshToken', deviceKey === undefined ? undefined : { deviceKey });
      const answer = await call(about, send, observe, signal);
      return toTokens(answer.AuthenticationResult, 'GetTokensFromRefreshToken');
    },
    async revokeToken(request, signal) {
      const command = new RevokeTokenCommand({
        ClientId: request.clientId,
        ClientSecret: request.clientSecret,
        Token: request.refreshToken,
      });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      await call(site('RevokeToken'), send, observe, signal);
    },
    async associateSoftwareToken(request, signal) {
      const command = new AssociateSoftwareTokenCommand(who(request));
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      const answer = await run('AssociateSoftwareToken', send, signal);
      if (!answer.SecretCode)
        throw new WorkbenchError('signin.protocol', 'AssociateSoftwareToken gave no secret');
      return { secret: answer.SecretCode, session: answer.Session };
    },
    async verifySoftwareToken(request, signal) {
      const command = new VerifySoftwareTokenCommand({
        ...who(request),
        UserCode: request.code,
        FriendlyDeviceName: request.deviceName,
      });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      const answer = await run('VerifySoftwareToken', send, signal);
      return { status: answer.Status ?? '', session: answer.Session };
    },
  };
}

function who(request: SessionOrToken) {
  return 'session' in request ? { Session: request.session } : { AccessToken: request.accessToken };
}

function toAnswer(answer: Answer): AuthAnswer {
  if (answer.AuthenticationResult) {
    return { kind: 'tokens', tokens: toTokens(answer.AuthenticationResult, 'InitiateAuth') };
  }
  if (!answer.ChallengeName) {
    throw new WorkbenchError('signin.protocol', 'the answer holds neither tokens nor a challenge');
  }
  return {
    kind: 'challenge',
    name: answer.ChallengeName,
    session: answer.Session,
    parameters: answer.ChallengeParameters ?? {},
    availableChallenges: answer.AvailableChallenges ?? [],
  };
}

function toTokens(result: AuthenticationResultType | undefined, operation: string): AuthTokens {
  if (!result?.AccessToken) throw new WorkbenchError('signin.protocol', `${operation} gave no access token`);
  const device = result.NewDeviceMetadata;
  return {
    idToken: result.IdToken,
    accessToken: result.AccessToken,
    refreshToken: result.RefreshToken,
    expiresIn: result.ExpiresIn ?? 3600,
    ...(device?.DeviceKey && device.DeviceGroupKey
      ? { newDevice: { deviceKey: device.DeviceKey, deviceGroupKey: device.DeviceGroupKey } }
      : {}),
  };
}
