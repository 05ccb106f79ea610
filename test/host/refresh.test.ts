import assert from 'node:assert/strict';
import { useWorld } from '../support/host-world';

describe('refresh credentials', () => {
  const world = useWorld();

  beforeEach(() => world.connect(world.entry('notes')));

  it('makes one request while the ID token is not due, and says until when', async () => {
    const ref = await world.signIn('notes', 'reader');
    const before = await world.session(ref);
    const requests = await world.requestsOf(() => world.run('refreshCredentials'));
    assert.deepEqual(requests, { GetCredentialsForIdentity: 1 });
    const { text, kind } = await world.person.sees(/credentials of reader/);
    assert.equal(kind, 'information');
    assert.match(text, /^The AWS credentials of reader are valid until \d\d:\d\d \((59|60) min\)\.$/);
    const after = await world.session(ref);
    assert.notEqual(after.credentials?.accessKeyId, before.credentials?.accessKeyId);
    assert.equal(after.tokens?.idToken, before.tokens?.idToken);
    assert.equal(after.identityId, before.identityId);
  });

  it('makes two once the ID token is due', async () => {
    const ref = await world.signIn('notes', 'reader');
    const before = await world.session(ref);
    await world.makeDue(ref);
    const requests = await world.requestsOf(() => world.run('refreshCredentials', { ref }));
    assert.deepEqual(requests, { GetTokensFromRefreshToken: 1, GetCredentialsForIdentity: 1 });
    await world.person.sees(/The AWS credentials of reader are valid until/);
    assert.notEqual((await world.session(ref)).tokens?.idToken, before.tokens?.idToken);
  });

  it('renews what is due for everybody who asks at the same moment with one request', async () => {
    const ref = await world.signIn('notes', 'reader');
    await world.makeDue(ref, 'credentials');
    const sessions = await world.handle.sessions();
    let keys: string[] = [];
    const requests = await world.requestsOf(async () => {
      const all = await Promise.all(Array.from({ length: 8 }, () => sessions.credentials(ref)));
      keys = all.map(({ accessKeyId }) => accessKeyId);
    });
    assert.deepEqual(requests, { GetCredentialsForIdentity: 1 });
    assert.equal(new Set(keys).size, 1);
  });

  it('renews the tokens where the pool finds them too old before we do', async () => {
    const ref = await world.signIn('notes', 'reader');
    await world.advance(2 * 3600);
    const requests = await world.requestsOf(() => world.run('refreshCredentials', { ref }));
    assert.deepEqual(requests, { GetCredentialsForIdentity: 2, GetTokensFromRefreshToken: 1 });
    await world.person.sees(/The AWS credentials of reader are valid until/);
  });

  it('goes on with rotated refresh tokens', async () => {
    const clientId = await world.newClient({ RefreshTokenRotation: { Feature: 'ENABLED' } });
    await world.connect(world.tokensOnly('rotating', { clientId }));
    const ref = await world.signIn('rotating', 'reader');
    const tokens: (string | undefined)[] = [(await world.session(ref)).tokens?.refreshToken];
    for (let turn = 0; turn < 2; turn++) {
      await world.run('refreshCredentials', { ref });
      await world.person.sees(/^The tokens of reader are valid until/);
      tokens.push((await world.session(ref)).tokens?.refreshToken);
    }
    assert.equal(new Set(tokens).size, 3);
  });

  it('asks STS once for the role, however often it is shown', async () => {
    const ref = await world.signIn('notes', 'reader');
    const page = await world.inspect(ref);
    const requests = await world.requestsOf(async () => {
      for (let turn = 0; turn < 3; turn++) {
        const view = await page.get('credentials/load', {});
        assert.equal(view.roleName, 'Readers');
        assert.equal(view.accountId, world.sandbox.description.accountId);
      }
    });
    assert.deepEqual(requests, { GetCallerIdentity: 1 });
  });

  it('signs in where nobody is signed in', async () => {
    const reader = world.sandbox.user('reader');
    world.person.types(/User name, or/, reader.username).types(/Password of/, reader.password);
    await world.run('refreshCredentials');
    assert.equal(world.handle.store.active()?.name, 'reader');
  });

  describe('with a dead refresh token', () => {
    const revoke = async (token: string | undefined) => {
      const answer = await world.sandbox.call('RevokeToken', {
        ClientId: world.sandbox.webClientId,
        Token: token,
      });
      assert.equal(answer.status, 200);
    };

    it('opens the sign-in with the user name filled in, as it was typed', async () => {
      const reader = world.sandbox.user('reader');
      const ref = await world.signIn('notes', { ...reader, username: 'Reader@example.com' });
      await revoke((await world.session(ref)).tokens?.refreshToken);
      await world.makeDue(ref);
      const { person } = world;
      person.types(/User name, or/, 'Reader@example.com').types(/Password of/, reader.password);
      const requests = await world.requestsOf(() => world.run('refreshCredentials', { ref }));
      const { kind, text } = await person.sees(/The sign-in of reader/);
      assert.equal(kind, 'warning');
      assert.match(text, /revoked/);
      assert.equal(person.questions.at(-2)?.value, 'Reader@example.com');
      assert.deepEqual(requests, {
        GetTokensFromRefreshToken: 1,
        InitiateAuth: 1,
        RespondToAuthChallenge: 1,
        GetCredentialsForIdentity: 1,
      });
      await world.stillWorks(ref);
    });

    it('does not send it twice', async () => {
      const ref = await world.signIn('notes', 'reader');
      await revoke((await world.session(ref)).tokens?.refreshToken);
      await world.makeDue(ref);
      const requests = await world.requestsOf(async () => {
        for (let turn = 0; turn < 2; turn++) {
          world.person.escapes(/User name, or/);
          await world.run('refreshCredentials', { ref });
        }
      });
      assert.deepEqual(requests, { GetTokensFromRefreshToken: 1 });
    });
  });
});
