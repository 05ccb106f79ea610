import { ACCOUNT_ID, REGION } from './account';
import type { Outbox } from './control/outbox';
import { adminCredentials, createCredentialStore } from './credentials';
import { createHostedUi, type HostedUi } from './hostedui';
import { createIam } from './iam';
import { createIdentityPools, type IdentityPools } from './identitypools';
import {
  createSamlIssuer,
  createSocialLogins,
  type SamlIssuer,
  type SocialLogins,
} from './identitypools/providers';
import type { SandboxLog } from './kernel/sandbox-log';
import type { Clock, IssuedCredentials, Service } from './kernel/types';
import { createS3, type S3 } from './s3';
import type { Dispatcher } from './server/dispatch';
import { createSignatureVerifier } from './sigv4';
import { createRoleSessions, createSts, createTokenChecks } from './sts';
import { createUserPools, type UserPools } from './userpools/user-pools';

/** Everything that answers requests, wired up. */
export interface SandboxServices {
  readonly dispatcher: Dispatcher;
  readonly admin: IssuedCredentials;
  readonly userPools: UserPools;
  readonly hostedUi: HostedUi;
  readonly identityPools: IdentityPools;
  readonly socialLogins: SocialLogins;
  readonly samlIssuer: SamlIssuer;
  readonly iam: Service;
  readonly s3: S3;
}

export function createServices(parts: {
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly log: SandboxLog;
  /** Where the API and the hosted UI are served; asked for only once they are. */
  readonly baseUrl: () => string;
}): SandboxServices {
  const { clock, outbox, log, baseUrl } = parts;
  const account = { region: REGION, accountId: ACCOUNT_ID };
  const admin = adminCredentials(ACCOUNT_ID);
  const credentials = createCredentialStore({ clock, admin });
  const iam = createIam({ clock, accountId: ACCOUNT_ID, log });
  const pools = createUserPools({ clock, outbox, ...account });
  const hostedUi = createHostedUi({ clock, userPools: pools, baseUrl });
  const operations = { ...pools.service.operations, ...hostedUi.operations };
  const userPools = { ...pools, service: { ...pools.service, operations } };
  const { logins } = userPools;
  const socialLogins = createSocialLogins(clock);
  const providers = [socialLogins];
  const identityPools = createIdentityPools({ ...account, logins, providers, iam, credentials, clock, log });
  const sts = createSts({
    iam,
    clock,
    roleSessions: createRoleSessions({ iam, credentials, accountId: ACCOUNT_ID, log }),
    ...createTokenChecks({
      openIdTokens: identityPools.openIdTokens,
      userPoolKeys: (poolId) => userPools.jwks(poolId),
    }),
  });
  const services = [userPools.service, identityPools.service, sts.service, iam.service];
  const apiVerifier = createSignatureVerifier({ credentials, clock, region: REGION });
  // S3 looks at the signing region itself, because it answers for buckets of several regions.
  const s3Verifier = createSignatureVerifier({ credentials, clock });
  return {
    dispatcher: {
      ...account,
      services,
      authorizer: iam.authorizer,
      verify: (request, service) => apiVerifier.verify(request, service),
    },
    admin,
    userPools,
    hostedUi,
    identityPools,
    socialLogins,
    samlIssuer: createSamlIssuer(clock),
    iam: iam.service,
    s3: createS3({ clock, verifier: s3Verifier, authorizer: iam.authorizer, region: REGION, log }),
  };
}
