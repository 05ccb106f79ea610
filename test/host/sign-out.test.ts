import assert from 'node:assert/strict';
import { useWorld } from '../support/host-world';

describe('sign out and switch', () => {
  const world = useWorld();

  beforeEach(() => world.connect(world.entry('notes')));

  it('revokes the refresh token and forgets the session', async () => {
    const reader = await world.signIn('notes', 'reader');
    const admin = await world.signIn('notes', 'admin');
    const token = (await world.session(admin)).tokens?.refreshToken;
    const requests = await world.requestsOf(() => world.run('signOut'));
    assert.deepEqual(requests, { RevokeToken: 1 });
    const answer = await world.sandbox.call('GetTokensFromRefreshToken', {
      ClientId: world.sandbox.webClientId,
      RefreshToken: token,
    });
    assert.equal(answer.body['message'], 'Refresh Token has been revoked');
    const key = `session/notes/${encodeURIComponent(admin.identityKey)}`;
    assert.equal(await world.handle.context.secrets.get(key), undefined);
    assert.equal(world.handle.store.active(), undefined);
    await world.stillWorks(reader);
  });

  it('signs out here also where Cognito does not answer, and says that the token lives on', async () => {
    const reader = await world.signIn('notes', 'reader');
    const admin = await world.signIn('notes', 'admin');
    await world.sandbox.control.fault({ operation: 'RevokeToken', kind: 'html' });
    await world.run('signOut', { ref: reader });
    const { text } = await world.person.sees(/^reader is signed out here, but Cognito could not be told/);
    assert.match(text, /web page|proxy/);
    assert.deepEqual(
      world.handle.store.list().map(({ name }) => name),
      ['admin'],
    );
    await world.stillWorks(admin);
  });

  it('makes the chosen identity the active one', async () => {
    const reader = await world.signIn('notes', 'reader');
    const admin = await world.signIn('notes', 'admin');
    world.person.picks(/Who do you want to act as\?/, 'reader');
    await world.run('switchIdentity');
    assert.deepEqual(world.handle.store.active()?.ref, reader);
    assert.match((await world.identityLine(reader)).description, /active/);
    assert.doesNotMatch((await world.identityLine(admin)).description, /active/);

    await world.run('switchIdentity', { kind: 'identity', ref: admin });
    assert.deepEqual(world.handle.store.active()?.ref, admin);
  });

  it('acts from the status bar on the active identity', async () => {
    const reader = await world.signIn('notes', 'reader');
    world.person.picks(/^reader \| reader is signed in/, 'Refresh Credentials');
    const requests = await world.requestsOf(() => world.run('statusBarMenu'));
    assert.deepEqual(requests, { GetCredentialsForIdentity: 1 });
    world.person.picks(/^reader \| /, 'Sign Out');
    await world.run('statusBarMenu');
    await assert.rejects(world.session(reader));
  });
});
