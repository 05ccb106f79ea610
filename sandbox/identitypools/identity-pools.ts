import { randomUUID } from 'node:crypto';
import type { Iam } from '../iam';
import type { SandboxLog } from '../kernel/sandbox-log';
import type { Clock, CredentialStore, LoginVerifier, Operation, Service } from '../kernel/types';
import { createRoleSessions } from '../sts';
import { credentialsOperation } from './credentials-operation';
import { developerOperations } from './developer-operations';
import { developerTokenOperation } from './developer-token-operation';
import { identityAdminOperations } from './identity-admin-operations';
import { identityOperations } from './identity-operations';
import { Linking } from './linking';
import { Logins } from './logins';
import { openIdTokenOperation } from './openid-token-operation';
import { createOpenIdTokens, type OpenIdTokens } from './openid-tokens';
import { poolOperations } from './pool-operations';
import { roleOperations } from './pool-roles';
import { readPoolSettings } from './pool-settings';
import { principalTagOperations } from './principal-tags';
import {
  createLoginProviders,
  type LoginProvider,
  type LoginProviders,
  type OidcDirectory,
  oidcLogins,
  type SamlDirectory,
  samlLogins,
  userPoolLogins,
} from './providers';
import { type Identity, IdentityStore } from './store';
import { tagOperations } from './tag-operations';
import { unlinkOperation } from './unlink-operation';

export interface IdentityPoolsOptions {
  readonly region: string;
  readonly accountId: string;
  readonly logins: LoginVerifier;
  /** Whose logins are taken besides those of user pools and of the providers in IAM. */
  readonly providers?: readonly LoginProvider[];
  readonly iam: Pick<Iam, 'findRole' | 'evaluateTrust'> & OidcDirectory & SamlDirectory;
  readonly credentials: CredentialStore;
  readonly clock: Clock;
  readonly log: SandboxLog;
}

export interface IdentityPools {
  readonly service: Service;
  /** For STS, which takes these tokens, and for whoever publishes the keys. */
  readonly openIdTokens: OpenIdTokens;
  /** As CreateIdentityPool, under an ID of the seed's choice (`REGION:UUID`). */
  createPool(input: Readonly<Record<string, unknown>>, id: string): void;
}

export function createIdentityPools(options: IdentityPoolsOptions): IdentityPools {
  const { region, accountId, clock, iam } = options;
  const store = new IdentityStore();
  const providers = createLoginProviders([
    userPoolLogins(options.logins),
    ...(options.providers ?? []),
    samlLogins({ iam, clock }),
    oidcLogins({ iam, accountId, clock }),
  ]);
  const logins = new Logins(providers);
  const linking = new Linking(store, clock);
  const newId = (): string => `${region}:${randomUUID()}`;
  const newIdentity = (poolId: string): Identity => store.addIdentity(newId(), poolId, new Date(clock.now()));
  const openIdTokens = createOpenIdTokens(options);
  const parts = { store, logins, linking, openIdTokens, newIdentity };
  return {
    service: {
      name: 'cognito-identity',
      operations: withPreparedLogins(providers, {
        ...poolOperations(store, newId),
        ...roleOperations(store),
        ...principalTagOperations(store),
        ...tagOperations(store, options),
        ...identityOperations(parts),
        ...identityAdminOperations(store),
        ...developerOperations(store, linking),
        GetOpenIdTokenForDeveloperIdentity: developerTokenOperation(parts),
        GetCredentialsForIdentity: credentialsOperation({
          ...parts,
          roleSessions: createRoleSessions(options),
        }),
        GetOpenIdToken: openIdTokenOperation(parts),
        UnlinkIdentity: unlinkOperation(parts),
      }),
      unsigned: new Set(['GetId', 'GetCredentialsForIdentity', 'GetOpenIdToken', 'UnlinkIdentity']),
    },
    openIdTokens,
    createPool(input, id) {
      store.addPool(id, readPoolSettings(input));
    },
  };
}

/** What must be fetched for a Logins map comes before the operation, which itself never waits half-way. */
function withPreparedLogins(
  providers: LoginProviders,
  operations: Readonly<Record<string, Operation>>,
): Record<string, Operation> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, run]): [string, Operation] => [
      name,
      (input, call) => {
        const waiting = providers.prepare(input['Logins']);
        return waiting === undefined ? run(input, call) : waiting.then(() => run(input, call));
      },
    ]),
  );
}
