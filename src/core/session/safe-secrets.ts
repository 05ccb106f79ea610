import { WorkbenchError } from '../errors';
import type { SecretStore } from '../ports';

/**
 * The secret store, not taken at its word: what is written is read back, and what did not arrive (no keyring on the
 * machine) is kept in memory, so that the person can go on working in this window.
 */
export class SafeSecrets {
  private readonly unsaved = new Map<string, string>();

  constructor(private readonly secrets: SecretStore) {}

  /** Throws `session.store-failed` where the store itself fails. */
  async get(key: string): Promise<string | undefined> {
    return this.unsaved.get(key) ?? (await this.attempt('read', () => this.secrets.get(key)));
  }

  /** Throws `session.store-failed` where the value is only in memory now. */
  async set(key: string, value: string): Promise<void> {
    this.unsaved.set(key, value);
    await this.attempt('write', () => this.secrets.store(key, value));
    const arrived = await this.attempt('read', () => this.secrets.get(key));
    if (arrived !== value) throw storeFailed('what was written did not arrive');
    if (this.unsaved.get(key) === value) this.unsaved.delete(key);
  }

  /** Throws `session.store-failed` where the store may still hold it. */
  async delete(key: string): Promise<void> {
    this.unsaved.delete(key);
    await this.attempt('delete', () => this.secrets.delete(key));
  }

  /** Whether the value is in memory only. */
  isUnsaved(key: string): boolean {
    return this.unsaved.has(key);
  }

  private async attempt<T>(verb: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw storeFailed(`it could not ${verb}`, error);
    }
  }
}

function storeFailed(detail: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError('session.store-failed', `secret store: ${detail}`, { detail }, cause);
}
