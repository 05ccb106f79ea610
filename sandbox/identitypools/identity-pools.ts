import { randomUUID } from 'node:crypto';
import type { Iam } from '../iam';
import type { SandboxLog } from '../kernel/sandbox-log';
import type { Clock, CredentialStore, LoginVerifier, Service } from '../kernel/types';
import { createRoleSessions } from '../sts';
import { credentialsOperation } from './credentials-operation';
import { identityOperations } from './identity-operations';
import { Logins } from './logins';
import { poolOperations } from './pool-operations';
import { roleOperations } from './pool-roles';
import { readPoolSettings } from './pool-settings';
import { IdentityStore } from './store';

export interface IdentityPoolsOptions {
  readonly region: string;
  readonly accountId: string;
  readonly logins: LoginVerifier;
  readonly iam: Pick<Iam, 'findRole' | 'evaluateTrust'>;
  readonly credentials: CredentialStore;
  readonly clock: Clock;
  readonly log: SandboxLog;
}

export interface IdentityPools {
  readonly service: Service;
  /** As CreateIdentityPool, under an ID of the seed's choice (`REGION:UUID`). */
  createPool(input: Readonly<Record<string, unknown>>, id: string): void;
}

export function createIdentityPools(options: IdentityPoolsOptions): IdentityPools {
  const { region, clock } = options;
  const store = new IdentityStore();
  const logins = new Logins(options.logins, store, clock);
  const newId = (): string => `${region}:${randomUUID()}`;
  return {
    service: {
      name: 'cognito-identity',
      operations: {
        ...poolOperations(store, newId),
        ...roleOperations(store),
        ...identityOperations({ store, logins, clock, newId }),
        GetCredentialsForIdentity: credentialsOperation({
          store,
          logins,
          roleSessions: createRoleSessions(options),
        }),
      },
      unsigned: new Set(['GetId', 'GetCredentialsForIdentity']),
    },
    createPool(input, id) {
      store.addPool(id, readPoolSettings(input));
    },
  };
}
