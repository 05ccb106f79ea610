import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { WorkbenchError } from '../core/errors';
import type { StsApi } from '../core/ports';
import type { CallObserver, Place } from './call';
import { call, clientOptions } from './call';

/** The regional STS endpoint. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export function createStsApi(place: Place, observe: CallObserver): StsApi {
  const host = place.endpoint ?? `sts.${place.region}`;
  return {
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
