import assert from 'node:assert/strict';
import { useWorld } from '../support/host-world';

const newPassword = /must choose a new password \| New password/;
const again = /must choose a new password \| The new password again/;

describe('sign in', () => {
  const world = useWorld();

  it('signs reader in by SRP, and admin beside, who is then the active one', async () => {
    await world.connect(world.entry('notes'));
    let reader!: Awaited<ReturnType<typeof world.signIn>>;
    const requests = await world.requestsOf(async () => {
      reader = await world.signIn('notes', 'reader');
    });
    assert.deepEqual(requests, {
      InitiateAuth: 1,
      RespondToAuthChallenge: 1,
      GetId: 1,
      GetCredentialsForIdentity: 1,
    });
    assert.deepEqual(world.handle.store.active()?.ref, reader);
    const admin = await world.signIn('notes', 'admin');
    assert.deepEqual(world.handle.store.active()?.ref, admin);

    const [connection] = await world.tree();
    const lines = await world.tree(connection?.node);
    const identities = lines.filter((line) => line.node.kind === 'identity');
    assert.deepEqual(
      identities.map((line) => line.label),
      ['reader', 'admin'],
    );
    assert.match(identities[0]?.description ?? '', /^(59|60) min$/);
    assert.match(identities[1]?.description ?? '', /min · active$/);

    const sessions = await world.handle.sessions();
    assert.equal((await sessions.caller(reader)).roleName, 'Readers');
    assert.equal((await sessions.caller(admin)).roleName, 'Admins');
    assert.notEqual((await world.session(reader)).identityId, (await world.session(admin)).identityId);
    const details = await world.tree(identities[0]?.node);
    assert.deepEqual(
      details.map((line) => line.label),
      ['ID token', 'Access token', 'Refresh token', 'Identity ID', 'AWS credentials', 'S3'],
    );
    assert.match(details[4]?.description ?? '', /^Readers · expires \d\d:\d\d$/);
  });

  it('draws no link and no icon out of a name', async () => {
    await world.connect(world.entry('notes'));
    await world.trySignIn('notes', { username: '[a](command:b) $(key)', password: 'not it' });
    await world.person.sees(/\$ \(key\)/);
    assert.deepEqual(
      world.person.questions.filter(({ password }) => password).map(({ words }) => words),
      ['Sign in to notes | Password of [a] (command:b) $ (key)'],
    );
  });

  it('asks for the password in a masked box, and shows it nowhere', async () => {
    await world.connect(world.entry('notes'));
    await world.signIn('notes', 'reader');
    const masked = world.person.questions.filter(({ password }) => password);
    assert.deepEqual(
      masked.map(({ words }) => words),
      ['Sign in to notes | Password of reader'],
    );
    const { password } = world.sandbox.user('reader');
    assert.ok(!world.person.report().includes(password));
    assert.ok(!JSON.stringify(world.handle.context.globalState.get('sessions')).includes('eyJ'));
  });

  it('uses the password flow where the connection says so', async () => {
    await world.connect(
      world.entry('notes', {
        userPool: {
          userPoolId: world.sandbox.userPoolId,
          clientId: world.sandbox.webClientId,
          signIn: 'password',
        },
      }),
    );
    const requests = await world.requestsOf(() => world.signIn('notes', 'reader'));
    assert.deepEqual(requests, { InitiateAuth: 1, GetId: 1, GetCredentialsForIdentity: 1 });
  });

  it('lets a newcomer choose a password, and says why a weak one is refused', async () => {
    await world.connect(world.entry('notes'));
    const newcomer = await world.newUser({ temporary: true });
    const { person } = world;
    const chosen = 'Chosen-2-Password!';
    person.types(newPassword, 'weak', chosen, chosen).types(again, 'weak', 'other', chosen);
    const ref = await world.signIn('notes', newcomer);
    const problems = person.questions.filter(({ words }) => newPassword.test(words));
    assert.deepEqual(
      problems.map(({ problem }) => problem),
      [
        undefined,
        'Password did not conform with policy: Password not long enough',
        'The two passwords differ. Enter it again.',
      ],
    );
    assert.equal((await world.session(ref)).name, newcomer.username);

    await world.signIn('notes', { ...newcomer, password: chosen });
    assert.equal((await (await world.handle.sessions()).caller(ref)).roleName, 'Readers');
  });

  it('forgets a sign-in that is given up half-way, without a word', async () => {
    await world.connect(world.entry('notes'));
    const newcomer = await world.newUser({ temporary: true });
    world.person.escapes(newPassword);
    assert.equal(await world.trySignIn('notes', newcomer), undefined);
    world.person.escapes(/User name, or/);
    assert.equal(await world.run('signIn', { connectionId: 'notes' }), undefined);
    assert.deepEqual(world.person.notices, []);
    assert.deepEqual(world.handle.store.list(), []);
  });

  describe('through a client with a secret', () => {
    const backend = () => {
      const client = world.sandbox.description.userPools[0]?.clients.find(({ name }) => name === 'backend');
      assert.ok(client?.secret);
      return { clientId: client.id, secret: client.secret };
    };
    const entry = () => {
      const { clientId } = backend();
      const { userPoolId } = world.sandbox;
      return world.entry('backend', { userPool: { userPoolId, clientId, hasClientSecret: true } });
    };
    const question = /Client secret of backend/;

    afterEach(() => world.handle.store.deleteClientSecret('backend'));

    it('asks for the secret once, and keeps it in SecretStorage', async () => {
      await world.connect(entry());
      const { secret } = backend();
      world.person.types(question, secret);
      const ref = await world.signIn('backend', 'reader');
      assert.equal(world.person.questions.at(-1)?.password, true);
      const stored = await world.handle.context.secrets.get('client-secret/backend');
      assert.equal((JSON.parse(stored ?? '{}') as { secret?: unknown }).secret, secret);
      await world.signIn('backend', 'admin');
      await world.makeDue(ref);
      const requests = await world.requestsOf(() => world.stillWorks(ref));
      assert.deepEqual(requests, { GetTokensFromRefreshToken: 1, GetCredentialsForIdentity: 1 });
    });

    it('explains a wrong one, does not keep it, and takes the right one from the button', async () => {
      await world.connect(entry());
      const { person } = world;
      const reader = world.sandbox.user('reader');
      person.types(question, 'not the secret');
      assert.equal(await world.trySignIn('backend', reader), undefined);
      const { buttons } = await person.sees(/Cognito could not verify the secret of/);
      assert.deepEqual(buttons, ['Enter Client Secret', 'Edit Connection', 'Show Details']);
      assert.equal(await world.handle.context.secrets.get('client-secret/backend'), undefined);
      assert.equal(world.explained.at(-1)?.id, 'A4');

      person.types(question, 'again not it', backend().secret);
      person.pressesButton(/could not verify the secret/, 'Enter Client Secret');
      await world.trySignIn('backend', reader);
      person.types(/User name, or/, reader.username).types(/Password of/, reader.password);
      await person.until('session', () => world.handle.store.active());
    });
  });

  describe('at a host that is not one of AWS', () => {
    const question = /^Send your sign-in to 127\.0\.0\.1:\d+/;
    // Another id than in the other tests: what was allowed once is not asked again.
    const entry = () => world.entry('stranger');

    it('asks first, and sends nothing where the answer is no', async () => {
      await world.connect(entry());
      world.person.dismisses(question);
      const requests = await world.requestsOf(() => world.run('signIn', { connectionId: 'stranger' }));
      assert.deepEqual(requests, {});
      assert.equal((await world.person.sees(question)).modal, true);
      assert.deepEqual(world.person.questions, []);
    });

    it('asks once only where it is yes, and again where the host changes', async () => {
      await world.connect(entry());
      await world.signIn('stranger', 'reader');
      await world.person.sees(question);
      await world.signIn('stranger', 'admin');
      assert.equal(world.person.notices.length, 1);

      const { api } = world.sandbox.description;
      const moved = { cognitoIdp: 'http://collector.invalid', cognitoIdentity: api };
      await world.connect(world.entry('stranger', { endpoints: moved }));
      world.person.dismisses(/^Send your sign-in to http:\/\/collector\.invalid\?/);
      await world.run('signIn', { connectionId: 'stranger' });
      assert.equal(world.person.notices.length, 2);

      // What holds for http at a host says nothing of https there.
      const safer = { cognitoIdp: api.replace('http:', 'https:'), cognitoIdentity: api };
      await world.connect(world.entry('stranger', { endpoints: safer }));
      world.person.dismisses(question);
      await world.run('signIn', { connectionId: 'stranger' });
      assert.equal(world.person.notices.length, 3);
    });
  });
});
