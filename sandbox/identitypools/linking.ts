import { AwsError } from '../kernel/aws-error';
import type { Clock, VerifiedLogin } from '../kernel/types';
import type { Identity, IdentityPool, IdentityStore } from './store';

/** The identity pools themselves, as the provider of the tokens that they give out. */
export const COGNITO_PROVIDER = 'cognito-identity.amazonaws.com';
/** Of one identity, public ones and users of the developer provider together. */
const MAX_LINKED = 20;

/** Ties logins to identities, and merges identities that turn out to be one person. */
export class Linking {
  readonly #store: IdentityStore;
  readonly #clock: Clock;

  constructor(store: IdentityStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * The identity that logins lead to; `create` makes one where there is none. Identities of several logins are merged.
   * Throws ResourceConflictException.
   */
  identityFor(
    pool: IdentityPool,
    logins: readonly VerifiedLogin[],
    create: () => Identity,
    developerUser?: string,
  ): Identity {
    const owners = this.owners(pool, logins, developerUser);
    return this.combine(owners.length === 0 ? [create()] : owners, logins, developerUser);
  }

  /**
   * Who a request for this identity is about once its logins are heard. A guest who brings a login is linked to it, or
   * merged into the identity that has it; so the answer may be another identity.
   * Throws NotAuthorizedException and ResourceConflictException.
   */
  settle(pool: IdentityPool, identity: Identity, logins: readonly VerifiedLogin[]): Identity {
    if (identity.state === 'disabled') {
      throw forbidden(identity);
    }
    if (logins.length === 0) {
      if (identity.state !== 'guest') {
        throw forbidden(identity);
      }
      if (!pool.settings.AllowUnauthenticatedIdentities) {
        throw guestRefused();
      }
      return identity;
    }
    const owners = this.owners(pool, logins);
    if (identity.state !== 'guest') {
      this.mustLeadTo(pool, identity, logins);
      return this.combine(owners, logins);
    }
    // A token of the identity pool's own names an identity: it is never a new login.
    if (logins.some((login) => isOwn(login) && this.#ownerOf(pool, login) === undefined)) {
      throw notMatching();
    }
    return this.combine([...owners, identity], logins);
  }

  /** Throws NotAuthorizedException unless one of the logins is of this identity. */
  mustLeadTo(pool: IdentityPool, identity: Identity, logins: readonly VerifiedLogin[]): void {
    if (!this.owners(pool, logins).includes(identity)) {
      throw notMatching();
    }
  }

  /**
   * Makes several identities of a pool one, with these logins too: the first of them stays, the others are disabled.
   * All or nothing. Throws ResourceConflictException.
   */
  combine(
    [survivor, ...others]: readonly Identity[],
    logins: readonly VerifiedLogin[],
    developerUser?: string,
  ): Identity {
    if (survivor === undefined) {
      throw new TypeError('there is no identity to combine');
    }
    const linked = new Map<string, string>();
    const own = [survivor, ...others].flatMap((identity) => [...identity.logins]);
    const brought = logins
      .filter((login) => !isOwn(login))
      .map(({ providerName, sub }) => [providerName, sub] as const);
    for (const [providerName, sub] of [...own, ...brought]) {
      if ((linked.get(providerName) ?? sub) !== sub) {
        throw new AwsError(
          'ResourceConflictException',
          `Identity '${survivor.id}' already has a login of ${providerName}.`,
        );
      }
      linked.set(providerName, sub);
    }
    const users = new Set([survivor, ...others].flatMap(({ developerUsers }) => [...developerUsers]));
    if (developerUser !== undefined) {
      users.add(developerUser);
    }
    if (linked.size + users.size > MAX_LINKED) {
      // AWS documents the limit, and not the error.
      throw new AwsError(
        'ResourceConflictException',
        `An identity can have at most ${MAX_LINKED} linked logins.`,
      );
    }
    this.#replace(survivor, linked, users);
    others.forEach((identity) => this.#replace(identity, new Map(), new Set()));
    return survivor;
  }

  /** Forgets logins of an identity, public ones by provider; without any left nobody gets in any more. */
  unlink(identity: Identity, providerNames: readonly string[], developerUser?: string): void {
    const kept = [...identity.logins].filter(([providerName]) => !providerNames.includes(providerName));
    const users = [...identity.developerUsers].filter((user) => user !== developerUser);
    this.#replace(identity, new Map(kept), new Set(users));
  }

  /** The identities of the pool that these logins lead to, each once, the oldest first. */
  owners(pool: IdentityPool, logins: readonly VerifiedLogin[], developerUser?: string): Identity[] {
    const found = new Set(logins.map((login) => this.#ownerOf(pool, login)));
    if (developerUser !== undefined) {
      found.add(this.#store.developerOwnerOf(pool.id, developerUser));
    }
    return this.#store.identitiesOf(pool.id).filter((identity) => found.has(identity));
  }

  #ownerOf(pool: IdentityPool, login: VerifiedLogin): Identity | undefined {
    return isOwn(login)
      ? this.#store.identitiesOf(pool.id).find(({ id, state }) => id === login.sub && state !== 'disabled')
      : this.#store.ownerOf(pool.id, login);
  }

  #replace(identity: Identity, logins: ReadonlyMap<string, string>, users: ReadonlySet<string>): void {
    const state = logins.size + users.size > 0 ? 'authenticated' : 'disabled';
    const same =
      identity.state === state &&
      identity.developerUsers.size === users.size &&
      [...users].every((user) => identity.developerUsers.has(user)) &&
      identity.logins.size === logins.size &&
      [...logins].every(([providerName, sub]) => identity.logins.get(providerName) === sub);
    if (same) {
      return;
    }
    identity.state = state;
    refill(identity, logins, users);
    identity.modifiedAt = new Date(this.#clock.now());
  }
}

function refill(identity: Identity, logins: ReadonlyMap<string, string>, users: ReadonlySet<string>): void {
  identity.logins.clear();
  logins.forEach((sub, providerName) => identity.logins.set(providerName, sub));
  identity.developerUsers.clear();
  users.forEach((user) => identity.developerUsers.add(user));
}

function isOwn({ providerName }: VerifiedLogin): boolean {
  return providerName === COGNITO_PROVIDER;
}

function notMatching(): AwsError {
  return new AwsError(
    'NotAuthorizedException',
    "Logins don't match. Please include at least one valid login for this identity or identity pool.",
  );
}

/** What AWS answers about an identity that was merged away, and about one that has logins to a request without. */
export function forbidden({ id }: Identity): AwsError {
  return new AwsError('NotAuthorizedException', `Access to Identity '${id}' is forbidden.`);
}

/** A request without any login asks for a guest. */
export function guestRefused(): AwsError {
  return new AwsError(
    'NotAuthorizedException',
    'Unauthenticated access is not supported for this identity pool.',
  );
}
