import * as v from 'valibot';
import type { Connection } from '../connection/model';
import { foreignEndpoints } from '../connection/hosts';
import type { StateStore } from '../ports';
import type { StoredDevice } from '../signin/device';
import { deviceSecretKey } from './keys';
import type { SafeSecrets } from './safe-secrets';
import type { SessionStore } from './store';

const INDEX_KEY = 'devices';
const text = v.pipe(v.string(), v.nonEmpty());

const storedSchema = v.object({
  version: v.literal(1),
  /** The pool that knows the device, and the host outside AWS that stands for it. */
  userPoolId: text,
  endpoint: v.string(),
  username: text,
  deviceKey: text,
  deviceGroupKey: text,
  password: text,
});

/** In globalState, nothing secret: which devices there are, and by which names their users signed in. */
const entrySchema = v.object({ connectionId: text, username: text, signInNames: v.array(v.string()) });
type Entry = v.InferOutput<typeof entrySchema>;

const made = new WeakMap<SessionStore, DeviceStore>();

/** The devices beside the sessions of a store. Not a member of the store: that one loads at activation. */
export function devicesOf(store: SessionStore): DeviceStore {
  const devices = made.get(store) ?? new DeviceStore(store.secrets, store.state);
  made.set(store, devices);
  return devices;
}

/** The devices that Cognito remembers for users of connections: one secret for each connection and user. */
export class DeviceStore {
  constructor(
    private readonly secrets: SafeSecrets,
    private readonly state: StateStore,
  ) {}

  /**
   * The device of a user, by the real name or one that the user signed in with. Undefined where there is none, none that
   * can be read, or one of another pool or endpoint: a sign-in without it asks for the second factor instead.
   */
  async find(connection: Connection, name: string): Promise<StoredDevice | undefined> {
    const mine = this.entries().filter((entry) => entry.connectionId === connection.id);
    const entry =
      mine.find(({ username }) => username === name) ??
      mine.findLast(({ signInNames }) => signInNames.includes(name));
    if (!entry) return undefined;
    const secret = await this.secrets
      .get(deviceSecretKey(connection.id, entry.username))
      .catch(() => undefined);
    return secret === undefined ? undefined : decode(connection, entry.username, secret);
  }

  /** Keeps a device, to be found by the user's name and by what was typed. Throws `session.store-failed`. */
  async save(connection: Connection, device: StoredDevice, signInName?: string): Promise<void> {
    const stored = { version: 1, ...originOf(connection), ...device };
    const saved = this.secrets.set(deviceSecretKey(connection.id, device.username), JSON.stringify(stored));
    await saved.catch(() => undefined);
    await this.note(connection.id, device.username, signInName);
    await saved;
  }

  /** Another name that the user signed in with, so that the next sign-in by it finds the device. */
  async note(connectionId: string, username: string, signInName: string | undefined): Promise<void> {
    const before = this.entries().find((entry) => isOf(entry, connectionId, username));
    const names = new Set(before?.signInNames ?? []);
    if (signInName !== undefined && signInName !== username) names.add(signInName);
    if (before && names.size === before.signInNames.length) return;
    const others = this.entries().filter((entry) => !isOf(entry, connectionId, username));
    await this.state.update(INDEX_KEY, [...others, { connectionId, username, signInNames: [...names] }]);
  }

  /** Throws `session.store-failed` where the secret may be left. */
  async forget(connectionId: string, username: string): Promise<void> {
    try {
      await this.secrets.delete(deviceSecretKey(connectionId, username));
    } finally {
      const others = this.entries().filter((entry) => !isOf(entry, connectionId, username));
      await this.state.update(INDEX_KEY, others);
    }
  }

  /** Forgets every device of a connection. Throws `session.store-failed`. */
  async forgetAll(connectionId: string): Promise<void> {
    for (const entry of this.entries())
      if (entry.connectionId === connectionId) await this.forget(connectionId, entry.username);
  }

  /** Read each time: other windows write it too. */
  private entries(): Entry[] {
    const value = this.state.get(INDEX_KEY);
    if (!Array.isArray(value)) return [];
    return value.flatMap((entry) => {
      const { success, output } = v.safeParse(entrySchema, entry);
      return success ? [output] : [];
    });
  }
}

function isOf(entry: Entry, connectionId: string, username: string): boolean {
  return entry.connectionId === connectionId && entry.username === username;
}

function originOf(connection: Connection): { userPoolId: string; endpoint: string } {
  const endpoint = foreignEndpoints(connection).find(({ service }) => service === 'cognitoIdp');
  return { userPoolId: connection.userPool?.userPoolId ?? '', endpoint: endpoint?.origin ?? '' };
}

function decode(connection: Connection, username: string, secret: string): StoredDevice | undefined {
  let value: unknown;
  try {
    value = JSON.parse(secret);
  } catch {
    return undefined;
  }
  const { success, output } = v.safeParse(storedSchema, value);
  const wanted = originOf(connection);
  if (!success || output.userPoolId !== wanted.userPoolId || output.endpoint !== wanted.endpoint)
    return undefined;
  const { deviceKey, deviceGroupKey, password } = output;
  return output.username === username ? { username, deviceKey, deviceGroupKey, password } : undefined;
}
