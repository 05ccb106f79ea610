import type { AccountApi, Digest, NewDevice } from '../ports';
import { toBase64, toBigInt } from './bytes';
import { claimSignature, padded, srpVerifier, type SrpChallenge, type SrpKeyPair } from './srp';

/** A device that Cognito remembers for a user: what it takes to answer DEVICE_SRP_AUTH in place of a second factor. */
export interface StoredDevice {
  /** The user name as Cognito knows it. */
  readonly username: string;
  readonly deviceKey: string;
  readonly deviceGroupKey: string;
  /** Made by this program, never seen by the person. */
  readonly password: string;
}

/** What ConfirmDevice wants, and the secret that belongs to it. */
export interface DeviceSecret {
  readonly password: string;
  /** Base64 of the salt's bytes and of the verifier's (RFC 5054), as Java writes integers. */
  readonly salt: string;
  readonly passwordVerifier: string;
}

const PASSWORD_BYTES = 40;
const SALT_BYTES = 16;

/** A fresh secret for a device, or the one of a given password and salt. */
export function deviceSecret(
  digest: Digest,
  { deviceKey, deviceGroupKey }: NewDevice,
  password = toBase64(digest.randomBytes(PASSWORD_BYTES)),
  salt = toBigInt(digest.randomBytes(SALT_BYTES)),
): DeviceSecret {
  const verifier = srpVerifier(digest, { group: deviceGroupKey, name: deviceKey, password }, salt);
  return { password, salt: toBase64(padded(salt)), passwordVerifier: toBase64(padded(verifier)) };
}

/** PASSWORD_CLAIM_SIGNATURE of DEVICE_PASSWORD_VERIFIER, base64. Throws `signin.protocol` as the user's does. */
export function deviceClaimSignature(
  digest: Digest,
  pair: SrpKeyPair,
  { deviceKey, deviceGroupKey, password }: Omit<StoredDevice, 'username'>,
  challenge: Pick<SrpChallenge, 'saltHex' | 'serverPublicHex' | 'secretBlock' | 'timestamp'>,
): string {
  return claimSignature(digest, pair, { group: deviceGroupKey, name: deviceKey, password }, challenge);
}

export interface RememberRequest {
  readonly accessToken: string;
  /** The user name as Cognito knows it. */
  readonly username: string;
  readonly newDevice: NewDevice;
  /** What ListDevices will call it. */
  readonly deviceName?: string | undefined;
  /** Called once Cognito has the device's verifier: keeps what the next sign-in needs. */
  keep(device: StoredDevice): Promise<void>;
  /** Asked where the pool leaves it to the user. */
  confirm(): Promise<boolean>;
}

/**
 * ConfirmDevice, without which Cognito refuses later refreshes; then, where the pool leaves it to the user, the question
 * and UpdateDeviceStatus. The secret is kept whatever the answer: with it the next sign-in comes from the same device
 * rather than from one more. Answers whether the device is remembered, that is stands in for the second factor. Throws
 * what the API, `keep` and `confirm` throw.
 */
export async function rememberDevice(
  api: Pick<AccountApi, 'confirmDevice' | 'updateDeviceStatus'>,
  digest: Digest,
  request: RememberRequest,
  signal?: AbortSignal,
): Promise<boolean> {
  const { accessToken, username, newDevice, deviceName } = request;
  const { deviceKey, deviceGroupKey } = newDevice;
  const { password, salt, passwordVerifier } = deviceSecret(digest, newDevice);
  const { userConfirmationNecessary } = await api.confirmDevice(
    { accessToken, deviceKey, deviceName, salt, passwordVerifier },
    signal,
  );
  await request.keep({ username, deviceKey, deviceGroupKey, password });
  if (!userConfirmationNecessary) return true;
  if (!(await request.confirm())) return false;
  await api.updateDeviceStatus({ accessToken, deviceKey, remembered: true }, signal);
  return true;
}
