import { AwsError } from '../../kernel/aws-error';
import { optionalInteger, optionalRecord, optionalText, requiredText, type Input } from '../../kernel/input';
import { pageOf } from '../../kernel/paging';
import type { Operation } from '../../kernel/types';
import { noSuchDevice } from '../auth/device-challenge';
import type { UserPoolContext } from '../context';
import type { Device, PasswordRecord, PoolUser, UserPool } from '../model';
import { readVerifier } from '../srp';
import { userOf } from '../store';
import { requireAccessToken } from '../tokens/access-token';

const DEVICE_KEY = { min: 1, max: 55, pattern: /^[\w-]+_[0-9a-f-]+$/ };

/** Devices: each by the user's access token, and by the administrator. */
export function deviceOperations(context: UserPoolContext): Record<string, Operation> {
  const holder = (input: Input): PoolUser => requireAccessToken(context, input).user;
  const named = (input: Input): PoolUser => userOf(context.store.poolOf(input), input);
  const getDevice =
    (whose: (input: Input) => PoolUser): Operation =>
    (input) => ({ Device: describeDevice(deviceOf(whose(input), input)) });
  const forgetDevice =
    (whose: (input: Input) => PoolUser): Operation =>
    (input) => {
      const user = whose(input);
      user.devices.delete(deviceOf(user, input).key);
      return {};
    };
  const updateStatus =
    (whose: (input: Input) => PoolUser): Operation =>
    (input) => {
      const device = deviceOf(whose(input), input);
      const status = optionalText(input, 'DeviceRememberedStatus', {
        oneOf: ['remembered', 'not_remembered'],
      });
      if (status !== undefined) device.remembered = status === 'remembered';
      device.modifiedAt = context.clock.now();
      return {};
    };
  const listDevices =
    (whose: (input: Input) => PoolUser): Operation =>
    (input) => {
      const confirmed = [...whose(input).devices.values()].filter(({ verifier }) => verifier !== undefined);
      const limit = optionalInteger(input, 'Limit', { min: 0, max: 60 }) || 60;
      const token = optionalText(input, 'PaginationToken', { min: 1 });
      const { items, next } = pageOf(confirmed, ({ key }) => key, limit, token);
      return { Devices: items.map(describeDevice), PaginationToken: next };
    };
  return {
    ConfirmDevice: (input) => confirmDevice(context, input),
    GetDevice: getDevice(holder),
    AdminGetDevice: getDevice(named),
    ForgetDevice: forgetDevice(holder),
    AdminForgetDevice: forgetDevice(named),
    UpdateDeviceStatus: updateStatus(holder),
    AdminUpdateDeviceStatus: updateStatus(named),
    ListDevices: listDevices(holder),
    AdminListDevices: listDevices(named),
  };
}

/** Brings the verifier of a key that came with a sign-in; from then on the device can prove itself. */
function confirmDevice(context: UserPoolContext, input: Input): unknown {
  const { pool, user } = requireAccessToken(context, input);
  const key = requiredText(input, 'DeviceKey', DEVICE_KEY);
  const name = optionalText(input, 'DeviceName', { min: 1, max: 1024 });
  const settings = trackingOf(pool);
  const device = user.devices.get(key);
  if (device === undefined) throw new AwsError('InvalidParameterException', 'Invalid device key given.');
  if (device.verifier !== undefined)
    throw new AwsError('DeviceKeyExistsException', 'A device with this key is confirmed already.');
  device.verifier = readDeviceVerifier(input);
  device.name = name;
  device.remembered = !settings.onUserPrompt;
  device.modifiedAt = context.clock.now();
  return { UserConfirmationNecessary: settings.onUserPrompt };
}

function readDeviceVerifier(input: Input): PasswordRecord {
  const config = optionalRecord(input, 'DeviceSecretVerifierConfig') ?? {};
  const verifier = requiredText(config, 'PasswordVerifier', { min: 1, max: 131072, secret: true });
  const salt = requiredText(config, 'Salt', { min: 1, max: 131072, secret: true });
  const record = readVerifier(Buffer.from(verifier, 'base64'), Buffer.from(salt, 'base64'));
  if (record === undefined)
    throw new AwsError('InvalidParameterException', 'Invalid device secret verifier given.');
  return record;
}

function trackingOf(pool: UserPool): NonNullable<UserPool['settings']['devices']> {
  const { devices } = pool.settings;
  if (devices === undefined)
    throw new AwsError('InvalidUserPoolConfigurationException', 'Device tracking is not enabled.');
  return devices;
}

function deviceOf(user: PoolUser, input: Input): Device {
  const device = user.devices.get(requiredText(input, 'DeviceKey', DEVICE_KEY));
  if (device?.verifier === undefined) throw noSuchDevice();
  return device;
}

function describeDevice(device: Device): Record<string, unknown> {
  const attributes: Readonly<Record<string, string | undefined>> = {
    device_status: 'valid',
    device_name: device.name,
    'dev:device_remembered_status': device.remembered ? 'remembered' : 'not_remembered',
    last_ip_used: '127.0.0.1',
  };
  return {
    DeviceKey: device.key,
    DeviceAttributes: Object.entries(attributes).flatMap(([Name, Value]) =>
      Value === undefined ? [] : [{ Name, Value }],
    ),
    DeviceCreateDate: new Date(device.createdAt),
    DeviceLastModifiedDate: new Date(device.modifiedAt),
    DeviceLastAuthenticatedDate: new Date(device.authenticatedAt),
  };
}
