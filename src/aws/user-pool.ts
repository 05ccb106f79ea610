import {
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type {
  AuthFlowType,
  AuthenticationResultType,
  ChallengeNameType,
} from '@aws-sdk/client-cognito-identity-provider';
import { WorkbenchError } from '../core/errors';
import type { AuthAnswer, AuthTokens, UserPoolApi } from '../core/ports';
import type { CallObserver } from './call';
import { call, httpHandler } from './call';

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
export function createUserPoolApi(
  options: { region: string; endpoint?: string | undefined },
  observe: CallObserver,
): UserPoolApi {
  const client = new CognitoIdentityProviderClient({
    region: options.region,
    maxAttempts: 1,
    requestHandler: httpHandler,
    ...(options.endpoint ? { endpoint: options.endpoint } : {}),
  });
  const host = options.endpoint ?? `cognito-idp.${options.region}`;
  const site = (operation: string, extra?: Record<string, string>) => ({
    service: 'cognito-idp' as const,
    operation,
    host,
    ...(extra ? { extra } : {}),
  });
  return {
    async initiateAuth(request, signal) {
      const command = new InitiateAuthCommand({
        AuthFlow: request.flow as AuthFlowType,
        ClientId: request.clientId,
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
      });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      const answer = await call(site('GetTokensFromRefreshToken'), send, observe, signal);
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
  };
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
