import type { Clock, CredentialStore, IssuedCredentials, Principal } from '../kernel/types';
import { newSecretAccessKey, newSessionToken, newUniqueId } from './access-keys';

/** Expired credentials stay known this long, so that they are answered as expired and not as invented. */
const REMEMBERED_AFTER_EXPIRY_MS = 7 * 24 * 3600 * 1000;

export interface CredentialStoreOptions {
  readonly clock: Clock;
  /** The long-lived key that may do everything. */
  readonly admin: IssuedCredentials;
}

/** Who owns the account: no policy limits it. */
export function rootPrincipal(accountId: string): Principal {
  return { kind: 'root', accountId, arn: `arn:aws:iam::${accountId}:root`, userId: accountId, context: {} };
}

/** The administrator's long-lived key, the one pair of the sandbox that has not the form of AWS. */
export function adminCredentials(accountId: string): IssuedCredentials {
  return {
    accessKeyId: 'sandboxadmin',
    secretAccessKey: 'sandboxadmin',
    principal: rootPrincipal(accountId),
  };
}

export function createCredentialStore(options: CredentialStoreOptions): CredentialStore {
  const { clock, admin } = options;
  const issued = new Map<string, IssuedCredentials>([[admin.accessKeyId, admin]]);

  function forgetLongExpired(): void {
    const limit = clock.now() - REMEMBERED_AFTER_EXPIRY_MS;
    for (const [id, credentials] of issued) {
      if (credentials.expiresAt !== undefined && credentials.expiresAt < limit) {
        issued.delete(id);
      }
    }
  }

  return {
    issue(principal, lifetimeSeconds) {
      forgetLongExpired();
      const credentials = {
        accessKeyId: newUniqueId('ASIA'),
        secretAccessKey: newSecretAccessKey(),
        sessionToken: newSessionToken(),
        // Whole seconds, as the services write the expiry.
        expiresAt: (Math.floor(clock.now() / 1000) + lifetimeSeconds) * 1000,
        principal,
      };
      issued.set(credentials.accessKeyId, credentials);
      return credentials;
    },
    find: (accessKeyId) => issued.get(accessKeyId),
  };
}
