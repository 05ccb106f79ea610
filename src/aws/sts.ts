import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { WorkbenchError } from '../core/errors';
import type { StsApi } from '../core/ports';
import type { CallObserver, Place } from './call';
import { call, clientOptions } from './call';

/** The regional STS endpoint. https://docs.aws.amazon.com/STS/latest/APIReference/ */
export function createStsApi(place: Place, observe: CallObserver): StsApi {
  const host = place.endpoint ?? `sts.${place.region}`;
  return {
    async assumeRoleWithWebIdentity(request, signal) {
      // Unsigned: the token is what proves the caller. One attempt, as in the flow's other requests.
      const client = new STSClient({ ...clientOptions(place, 1), credentials: unsigned });
      const command = new AssumeRoleWithWebIdentityCommand({
        RoleArn: request.roleArn,
        RoleSessionName: request.sessionName,
        WebIdentityToken: request.token,
        DurationSeconds: request.durationSeconds,
        Policy: request.policy,
      });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      const site = { service: 'sts', operation: 'AssumeRoleWithWebIdentity', host } as const;
      const { Credentials: found } = await call(site, send, observe, signal);
      if (!found?.AccessKeyId || !found.SecretAccessKey || !found.SessionToken || !found.Expiration) {
        throw new WorkbenchError('signin.protocol', 'AssumeRoleWithWebIdentity gave incomplete credentials');
      }
      return {
        accessKeyId: found.AccessKeyId,
        secretAccessKey: found.SecretAccessKey,
        sessionToken: found.SessionToken,
        expiresAt: found.Expiration.getTime(),
      };
    },
    async getCallerIdentity(credentials, signal) {
      const client = new STSClient({ ...clientOptions(place, 2), credentials });
      const send = (abortSignal: AbortSignal) =>
        client.send(new GetCallerIdentityCommand({}), { abortSignal });
      const answer = await call(
        { service: 'sts', operation: 'GetCallerIdentity', host },
        send,
        observe,
        signal,
      );
      if (!answer.Account || !answer.Arn) {
        throw new WorkbenchError('signin.protocol', 'GetCallerIdentity gave no account or ARN');
      }
      // arn:aws:sts::123456789012:assumed-role/ROLE/SESSION
      return { accountId: answer.Account, arn: answer.Arn, roleName: answer.Arn.split('/')[1] ?? answer.Arn };
    },
  };
}

/** The client wants some; an operation without authentication never asks for them. */
const unsigned = (): never => {
  throw new WorkbenchError('internal', 'an unsigned request asked for credentials');
};
