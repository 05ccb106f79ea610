import assert from 'node:assert/strict';
import { serviceError } from '../../../support/fake-aws';
import { passwordRequest, SessionWorld } from '../../../support/session-world';

describe('the role that a person chooses', () => {
  const roleArn = 'arn:aws:iam::123456789012:role/Auditor';

  it('goes into this exchange and all that follow, and the caller is asked for anew', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    await window.sessions.caller(ref);
    const { session } = await window.sessions.chooseRole(ref, roleArn);
    assert.deepEqual([session.roleArn, session.caller], [roleArn, undefined]);
    await window.sessions.refresh(ref);
    assert.equal(world.aws.identities.calls.last('GetCredentialsForIdentity').customRoleArn, roleArn);
    await window.sessions.signIn(world.connection, passwordRequest());
    assert.equal((await window.store.load(ref))?.roleArn, roleArn, 'a new sign-in keeps it');
    await window.sessions.chooseRole(ref, undefined);
    assert.equal(world.aws.identities.calls.last('GetCredentialsForIdentity').customRoleArn, undefined);
  });

  it('is not kept where the pool refuses it', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    const before = await window.store.load(ref);
    const refused = serviceError(
      'cognito-identity',
      'GetCredentialsForIdentity',
      'NotAuthorizedException',
      'The requested role is not among the roles of this login.',
    );
    world.aws.identities.calls.fail('GetCredentialsForIdentity', refused);
    await assert.rejects(window.sessions.chooseRole(ref, roleArn), refused);
    assert.deepEqual(await window.store.load(ref), before);
  });

  it('can be tried without keeping anything', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    const before = await window.store.load(ref);
    const { exchange } = await window.sessions.trials.exchange(ref, { flow: 'basic', roleArn });
    assert.equal(exchange.flow, 'basic');
    assert.deepEqual(await window.store.load(ref), before);
  });

  it('is asked for once, however many ask', async () => {
    const world = new SessionWorld();
    const window = world.window();
    const ref = await world.signedIn(window);
    await Promise.all(Array.from({ length: 50 }, () => window.sessions.refresh(ref)));
    assert.deepEqual(world.aws.requests(), ['GetCredentialsForIdentity']);
  });
});
