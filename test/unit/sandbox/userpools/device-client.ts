import {
  createDeviceVerifier,
  createSrpSession,
  signSrpSessionWithDevice,
  wrapAuthChallenge,
} from 'cognito-srp-helper';
import { members, text, type Members, type Scene } from './scene';

/** A device with its password, by a foreign library. */
export interface KnownDevice {
  readonly key: string;
  readonly groupKey: string;
  readonly password: string;
  readonly verifier: Members;
}

/** Makes the secrets of the device that came with a sign-in; they are not confirmed yet. */
export function deviceOf(signedIn: Members): KnownDevice {
  const result = members(signedIn['AuthenticationResult']);
  const metadata = members(result['NewDeviceMetadata']);
  const [key, groupKey] = [text(metadata, 'DeviceKey'), text(metadata, 'DeviceGroupKey')];
  const { DeviceRandomPassword, DeviceSecretVerifierConfig } = createDeviceVerifier(key, groupKey);
  return { key, groupKey, password: DeviceRandomPassword, verifier: { ...DeviceSecretVerifierConfig } };
}

/** Answers DEVICE_SRP_AUTH; gives the challenge that follows, and its finished answer. */
export async function startDeviceSrp(
  scene: Scene,
  challenge: Members,
  device: KnownDevice,
): Promise<{ challenge: Members; answer: Members & { ChallengeResponses: Record<string, string> } }> {
  const session = createSrpSession('reader', '', scene.poolId, false);
  const next = await scene.respond(challenge, { DEVICE_KEY: device.key, SRP_A: session.largeA });
  const signed = signSrpSessionWithDevice(session, next, device.groupKey, device.password);
  const { ChallengeResponses } = wrapAuthChallenge(signed, {
    ClientId: scene.clientId,
    ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
    ChallengeResponses: { USERNAME: 'reader', DEVICE_KEY: device.key },
  });
  return {
    challenge: next,
    answer: {
      ClientId: scene.clientId,
      ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
      Session: next['Session'],
      ChallengeResponses: { ...ChallengeResponses },
    },
  };
}
