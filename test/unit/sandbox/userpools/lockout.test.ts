import assert from 'node:assert/strict';
import { PASSWORD, Scene, refuses } from './scene';
import { startSrp } from './srp-client';

const LOCKED = { code: 'NotAuthorizedException', message: 'Password attempts exceeded' };
const WRONG = { code: 'NotAuthorizedException', message: 'Incorrect username or password.' };

describe('sandbox user pools: lockout', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
    await scene.addUser('reader');
  });

  const fail = (): Promise<void> => refuses(() => scene.passwordSignIn('reader', 'Wrong-1-Password'), WRONG);
  const locked = (): Promise<void> => refuses(() => scene.passwordSignIn('reader'), LOCKED);

  it('lets four wrong passwords pass and locks at the fifth, for a second', async () => {
    for (let count = 0; count < 4; count++) await fail();
    await fail();
    await locked();
    scene.clock.advance(1);
    await scene.passwordSignIn('reader');
  });

  it('doubles the time with each further failure, up to a quarter of an hour', async () => {
    for (let count = 0; count < 5; count++) await fail();
    for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
      scene.clock.advance(seconds - 0.5);
      await locked();
      scene.clock.advance(0.5);
      await fail();
    }
  });

  it('does not lengthen for tries during the lockout', async () => {
    for (let count = 0; count < 5; count++) await fail();
    for (let count = 0; count < 10; count++) await locked();
    scene.clock.advance(1);
    await scene.passwordSignIn('reader');
  });

  it('starts anew after a right password, and after fifteen quiet minutes', async () => {
    for (const calm of [
      () => scene.passwordSignIn('reader'),
      () => Promise.resolve(scene.clock.advance(901)),
    ]) {
      for (let count = 0; count < 4; count++) await fail();
      await calm();
    }
    for (let count = 0; count < 4; count++) await fail();
    await scene.passwordSignIn('reader');
  });

  it('counts SRP failures too, and answers SRP with the same refusal', async () => {
    const { answer } = await startSrp(scene, 'reader', PASSWORD);
    for (let count = 0; count < 4; count++) await fail();
    const wrong = await startSrp(scene, 'reader', 'Wrong-1-Password');
    await scene.refuses('RespondToAuthChallenge', wrong.answer, WRONG);
    await scene.refuses('RespondToAuthChallenge', answer, LOCKED);
    await refuses(() => startSrp(scene, 'reader', PASSWORD), LOCKED);
  });

  it('locks one user, not the others', async () => {
    await scene.addUser('admin');
    for (let count = 0; count < 5; count++) await fail();
    assert.ok((await scene.passwordSignIn('admin'))['AuthenticationResult']);
  });
});
