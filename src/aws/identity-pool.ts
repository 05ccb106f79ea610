import {
  CognitoIdentityClient,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  GetOpenIdTokenCommand,
  UnlinkIdentityCommand,
} from '@aws-sdk/client-cognito-identity';
import { WorkbenchError } from '../core/errors';
import type { IdentityPoolApi } from '../core/ports';
import type { CallObserver, Place } from './call';
import { call, clientOptions } from './call';

/**
 * The identity pools API of one region. Our own exchange rather than the SDK's `fromCognitoIdentityPool`, which keeps
 * the first identity ID and so misses merges (decision 5).
 * https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/
 */
export function createIdentityPoolApi(place: Place, observe: CallObserver): IdentityPoolApi {
  const client = new CognitoIdentityClient(clientOptions(place, 1));
  const host = place.endpoint ?? `cognito-identity.${place.region}`;
  const site = (operation: string) => ({ service: 'cognito-identity' as const, operation, host });
  return {
    async getId(request, signal) {
      const command = new GetIdCommand({
        IdentityPoolId: request.identityPoolId,
        AccountId: request.accountId,
        ...loginsIn(request),
      });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      const answer = await call(site('GetId'), send, observe, signal);
      if (!answer.IdentityId) throw new WorkbenchError('signin.protocol', 'GetId gave no identity ID');
      return answer.IdentityId;
    },
    async getCredentialsForIdentity(request, signal) {
      const command = new GetCredentialsForIdentityCommand({
        IdentityId: request.identityId,
        ...loginsIn(request),
        CustomRoleArn: request.customRoleArn,
      });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      const answer = await call(site('GetCredentialsForIdentity'), send, observe, signal);
      const found = answer.Credentials;
      if (!found?.AccessKeyId || !found.SecretKey || !found.SessionToken || !found.Expiration) {
        throw new WorkbenchError('signin.protocol', 'GetCredentialsForIdentity gave incomplete credentials');
      }
      return {
        identityId: answer.IdentityId ?? request.identityId,
        credentials: {
          accessKeyId: found.AccessKeyId,
          secretAccessKey: found.SecretKey,
          sessionToken: found.SessionToken,
          expiresAt: found.Expiration.getTime(),
        },
      };
    },
    async getOpenIdToken(request, signal) {
      const command = new GetOpenIdTokenCommand({ IdentityId: request.identityId, ...loginsIn(request) });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      const answer = await call(site('GetOpenIdToken'), send, observe, signal);
      if (!answer.Token) throw new WorkbenchError('signin.protocol', 'GetOpenIdToken gave no token');
      return { identityId: answer.IdentityId ?? request.identityId, token: answer.Token };
    },
    async unlinkIdentity(request, signal) {
      const command = new UnlinkIdentityCommand({
        IdentityId: request.identityId,
        Logins: { ...request.logins },
        LoginsToRemove: [...request.loginsToRemove],
      });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      await call(site('UnlinkIdentity'), send, observe, signal);
    },
  };
}

/** A guest has none; an empty map would say the same, yet is no request that AWS documents. */
function loginsIn({ logins }: { readonly logins: Readonly<Record<string, string>> }) {
  return Object.keys(logins).length === 0 ? {} : { Logins: { ...logins } };
}
