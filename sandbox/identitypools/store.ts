import { AwsError } from '../kernel/aws-error';
import type { PoolSettings } from './pool-settings';
import { NO_ROLES, type PoolRoles } from './pool-roles';

export interface IdentityPool {
  readonly id: string;
  settings: PoolSettings;
  roles: PoolRoles;
}

/**
 * A guest has never had a login. Disabled is an identity that was merged into another, or lost its last login: nobody
 * gets in any more.
 */
export type IdentityState = 'guest' | 'authenticated' | 'disabled';

/** A person as an identity pool knows them: an ID, and the logins that lead to it. */
export interface Identity {
  readonly id: string;
  readonly poolId: string;
  state: IdentityState;
  /** By provider name, the subject there: an identity has one login of each public provider. */
  readonly logins: Map<string, string>;
  /** Users of the pool's developer provider; an identity may have several. */
  readonly developerUsers: Set<string>;
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
    for (const identity of this.identitiesOf(id)) {
      this.#identities.delete(identity.id);
    }
  }

  addIdentity(id: string, poolId: string, createdAt: Date): Identity {
    const identity: Identity = {
      id,
      poolId,
      state: 'guest',
      logins: new Map(),
      developerUsers: new Set(),
      createdAt,
      modifiedAt: createdAt,
    };
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

  /** In the order in which they were made. */
  identitiesOf(poolId: string): Identity[] {
    return [...this.#identities.values()].filter((identity) => identity.poolId === poolId);
  }

  /** Whether there was such an identity. */
  removeIdentity(id: string): boolean {
    return this.#identities.delete(id);
  }

  /** The identity of a pool that a login leads to. */
  ownerOf(poolId: string, { providerName, sub }: LoginKey): Identity | undefined {
    return this.identitiesOf(poolId).find(({ logins }) => logins.get(providerName) === sub);
  }

  /** The identity of a pool that a user of its developer provider leads to. */
  developerOwnerOf(poolId: string, user: string): Identity | undefined {
    return this.identitiesOf(poolId).find(({ developerUsers }) => developerUsers.has(user));
  }
}
