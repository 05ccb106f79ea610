import {
  createIdentityPoolApi,
  createS3Api,
  createStsApi,
  createUserPoolApi,
  type CallObserver,
} from '../../../src/aws/index';
import type { IdentityPoolApi, S3Api, StsApi, UserPoolApi } from '../../../src/core/ports';
import type { AwsCredentials } from '../../../src/core/session/model';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox';

export type Observed = Parameters<CallObserver>[0];

/** The adapters, all pointed at one sandbox, and what they told the log. */
export interface Scene {
  readonly sandbox: TestSandbox;
  readonly userPool: UserPoolApi;
  readonly identityPool: IdentityPoolApi;
  readonly sts: StsApi;
  readonly observed: Observed[];
  logins(username: string): Promise<Record<string, string>>;
  credentials(username: string): Promise<AwsCredentials & { identityId: string }>;
  s3(credentials: () => AwsCredentials): S3Api;
}

export async function startScene(): Promise<Scene> {
  const sandbox = await startTestSandbox();
  const observed: Observed[] = [];
  const observe: CallObserver = (record) => observed.push(record);
  const place = { region: 'us-east-1', endpoint: sandbox.description.api };
  const identityPool = createIdentityPoolApi(place, observe);
  const logins = async (username: string): Promise<Record<string, string>> => ({
    [sandbox.providerName]: (await sandbox.signIn(username)).idToken,
  });
  return {
    sandbox,
    observed,
    identityPool,
    logins,
    userPool: createUserPoolApi(place, observe),
    sts: createStsApi(place, observe),
    async credentials(username) {
      const own = await logins(username);
      const id = await identityPool.getId({ identityPoolId: sandbox.identityPoolId, logins: own });
      const given = await identityPool.getCredentialsForIdentity({ identityId: id, logins: own });
      return { ...given.credentials, issuedAt: Date.now(), identityId: given.identityId };
    },
    s3: (credentials) =>
      createS3Api(
        {
          region: 'us-east-1',
          endpoint: sandbox.description.s3,
          checksums: 'supported',
          credentials: async () => credentials(),
        },
        observe,
      ),
  };
}
