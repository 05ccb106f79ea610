import { isServiceError, WorkbenchError } from '../errors';
import type { NewDevice } from '../ports';
import { rememberDevice, type StoredDevice } from '../signin/device';
import { devicesOf } from './devices';
import { loadUsable, type SessionsDeps } from './renewal';
import type { SessionRef } from './model';
import { usernameOf } from './token-set';

export interface RememberOptions {
  /** What the person will find in the list of devices. */
  readonly deviceName?: string | undefined;
  /** Asked where the pool leaves it to the user whether a device is remembered. */
  confirm(): Promise<boolean>;
}

/**
 * Confirms the new device of a sign-in and keeps its secret. Answers whether it is remembered: then the next sign-in
 * needs no second factor. Throws what `loadUsable` and the API throw, and `session.store-failed`.
 */
export async function rememberOwnDevice(
  deps: SessionsDeps,
  ref: SessionRef,
  accessToken: string,
  newDevice: NewDevice,
  options: RememberOptions,
  signal?: AbortSignal,
): Promise<boolean> {
  const [session, connection] = await loadUsable(deps, ref);
  const username = (session.tokens && usernameOf(session.tokens)) ?? session.signInName;
  if (username === undefined) throw new WorkbenchError('internal', 'the session names no user');
  const api = await deps.apis.userPool(connection);
  const request = {
    accessToken,
    username,
    newDevice,
    deviceName: options.deviceName,
    keep: (device: StoredDevice) => devicesOf(deps.store).save(connection, device, session.signInName),
    confirm: () => options.confirm(),
  };
  return rememberDevice(api, deps.digest, request, signal);
}

/** Forgets a device at Cognito, and here where it is this one. One that Cognito does not know is forgotten here. */
export async function forgetOwnDevice(
  deps: SessionsDeps,
  ref: SessionRef,
  accessToken: string,
  deviceKey: string,
  signal?: AbortSignal,
): Promise<void> {
  const [session, connection] = await loadUsable(deps, ref);
  const api = await deps.apis.userPool(connection);
  try {
    await api.forgetDevice({ accessToken, deviceKey }, signal);
  } catch (error) {
    if (!isServiceError(error) || error.awsCode !== 'ResourceNotFoundException') throw error;
  }
  const username = (session.tokens && usernameOf(session.tokens)) ?? session.signInName;
  if (username === undefined) return;
  const mine = await devicesOf(deps.store).find(connection, username);
  if (mine?.deviceKey === deviceKey) await devicesOf(deps.store).forget(connection.id, username);
}
