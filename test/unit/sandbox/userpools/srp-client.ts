import {
  createSecretHash,
  createSrpSession,
  signSrpSession,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from 'cognito-srp-helper';
import { members, text, type Members, type Scene } from './scene';

export { createSecretHash };

export interface SrpAnswer {
  readonly challenge: Members;
  /** The finished RespondToAuthChallenge request; members can be changed before it is sent. */
  readonly answer: Members & { ChallengeResponses: Record<string, string> };
}

/** The first half of an SRP sign-in, made by a foreign library, with its answer at hand. */
export async function startSrp(
  scene: Scene,
  username: string,
  password: string,
  clientId = scene.clientId,
): Promise<SrpAnswer> {
  const session = createSrpSession(username, password, scene.poolId, false);
  const initiate = wrapInitiateAuth(session, {
    ClientId: clientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { CHALLENGE_NAME: 'SRP_A', USERNAME: username },
  });
  const challenge = await scene.call('InitiateAuth', { ...initiate });
  const parameters = members(challenge['ChallengeParameters']);
  const signed = signSrpSession(session, challenge);
  const answer = wrapAuthChallenge(signed, {
    ClientId: clientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses: { USERNAME: text(parameters, 'USER_ID_FOR_SRP') },
  });
  return { challenge, answer: { ...answer, ChallengeResponses: { ...answer.ChallengeResponses } } };
}

export async function srpSignIn(scene: Scene, username: string, password: string): Promise<Members> {
  const { answer } = await startSrp(scene, username, password);
  return scene.call('RespondToAuthChallenge', answer);
}
