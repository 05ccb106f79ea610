import { AwsError } from '../kernel/aws-error';
import type { PoolSettings } from './pool-settings';
import { NO_ROLES, type PoolRoles } from './pool-roles';

export interface IdentityPool {
  readonly id: string;
  settings: PoolSettings;
  roles: PoolRoles;
}

/** A person as an identity pool knows them: an ID, and the logins that lead to it. */
export interface Identity {
  readonly id: string;
  readonly poolId: string;
  /** By provider name, the subject there: an identity has one login of each provider. */
  readonly logins: Map<string, string>;
  readonly createdAt: Date;
  modifiedAt: Date;
}

export interface LoginKey {
  readonly providerName: string;
  readonly sub: string;
}

/** All identity pools and identities of the sandbox. */
export class IdentityStore {
  readonly #pools = new Map<string, IdentityPool>();
  readonly #identities = new Map<string, Identity>();

  addPool(id: string, settings: PoolSettings): IdentityPool {
    const pool: IdentityPool = { id, settings, roles: NO_ROLES };
    this.#pools.set(id, pool);
    return pool;
  }

  /** Throws ResourceNotFoundException. */
  pool(id: string): IdentityPool {
    const pool = this.#pools.get(id);
    if (pool === undefined) {
      throw new AwsError('ResourceNotFoundException', `IdentityPool '${id}' not found.`);
    }
    return pool;
  }

  pools(): IdentityPool[] {
    return [...this.#pools.values()];
  }

  /** With all its identities. Throws ResourceNotFoundException. */
  removePool(id: string): void {
    this.#pools.delete(this.pool(id).id);
    for (const identity of [...this.#identities.values()].filter(({ poolId }) => poolId === id)) {
      this.#identities.delete(identity.id);
    }
  }

  addIdentity(id: string, poolId: string, createdAt: Date): Identity {
    const identity = { id, poolId, logins: new Map<string, string>(), createdAt, modifiedAt: createdAt };
    this.#identities.set(id, identity);
    return identity;
  }

  /** Throws ResourceNotFoundException. */
  identity(id: string): Identity {
    const identity = this.#identities.get(id);
    if (identity === undefined) {
      throw new AwsError('ResourceNotFoundException', `Identity '${id}' not found.`);
    }
    return identity;
  }

  /** The identity of a pool that a login leads to. */
  ownerOf(poolId: string, { providerName, sub }: LoginKey): Identity | undefined {
    return [...this.#identities.values()].find(
      (identity) => identity.poolId === poolId && identity.logins.get(providerName) === sub,
    );
  }
}
