import { alnum, uuid } from '../../kernel/random';
import type { Device, PoolUser } from '../model';

/** Gives a sign-in's device its keys; it counts for nothing until ConfirmDevice brings its verifier. */
export function newDevice(user: PoolUser, region: string, now: number): Device {
  const device: Device = {
    key: `${region}_${uuid()}`,
    groupKey: `-${alnum(8)}`,
    createdAt: now,
    modifiedAt: now,
    authenticatedAt: now,
    name: undefined,
    verifier: undefined,
    remembered: false,
  };
  user.devices.set(device.key, device);
  return device;
}
