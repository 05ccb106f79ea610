import assert from 'node:assert/strict';
import type { SessionRef } from '../../src/core/session/model';
import { useWorld } from '../support/host-world';

describe('faults of users, tokens and pools', () => {
  const world = useWorld();
  let admin: SessionRef;

  beforeEach(async () => {
    await world.connect(world.entry('good'));
    admin = await world.signIn('good', 'admin');
  });

  const named = (username: string) => ({ UserPoolId: world.sandbox.userPoolId, Username: username });

  it('a wrong password five times: no try of our own, and the lockout explained', async () => {
    const user = await world.newUser();
    const wrong = { ...user, password: 'wrong' };
    const texts: string[] = [];
    const requests = await world.requestsOf(async () => {
      for (let turn = 0; turn < 5; turn++) {
        await world.trySignIn('good', wrong);
        texts.push((await world.person.sees(/^Cognito/)).text);
      }
    });
    assert.deepEqual(requests, { InitiateAuth: 5, RespondToAuthChallenge: 5 });
    for (const text of texts.slice(0, 4))
      assert.match(
        text,
        /^Cognito refused the sign-in of user-\S+\. The user name or the password is not right/,
      );
    assert.match(texts[4] ?? '', /^Cognito refused user-\S+ again, after 5 failures\./);
    assert.match(texts[4] ?? '', /Wait 1 second, then try once/);

    // The right password is refused too, until the wait is over.
    await world.trySignIn('good', user);
    const { text } = await world.person.sees(/has locked user-\S+ out for a while/);
    assert.match(text, /6 sign-ins in a row failed/);
    await world.stillWorks(admin);
    await world.advance(60);
    await world.stillWorks(await world.signIn('good', user));
  });

  it('a user who is disabled between two refreshes, and enabled again', async () => {
    const user = await world.newUser();
    const ref = await world.signIn('good', user);
    await world.idp.adminDisableUser(named(user.username));
    await world.makeDue(ref);
    await world.run('refreshCredentials', { ref });
    const { text, buttons } = await world.person.sees(/^user-\S+ is disabled\./);
    assert.match(text, /An administrator switched this user off/);
    assert.ok(buttons.includes('Copy AWS CLI Command'));
    const line = await world.identityLine(ref);
    assert.equal(line.icon, 'error');
    assert.match(line.tooltip, /is disabled/);
    await world.stillWorks(admin);

    // Disabling revoked the tokens, so a sign-in is what helps then.
    await world.idp.adminEnableUser(named(user.username));
    world.person.types(/User name, or/, user.username).types(/Password of/, user.password);
    await world.run('refreshCredentials', { ref });
    await world.person.sees(/^The sign-in of user-\S+ was ended/);
    await world.stillWorks(ref);
  });

  it('a user who is deleted between two refreshes: says so, and asks who to be', async () => {
    const user = await world.newUser();
    const ref = await world.signIn('good', user);
    await world.idp.adminDeleteUser(named(user.username));
    await world.makeDue(ref);
    world.person.escapes(/User name, or/);
    await world.run('refreshCredentials', { ref });
    const { text } = await world.person.sees(/^The sign-in of user-\S+ was ended\./);
    assert.match(text, /revoked/);
    assert.equal(world.person.questions.at(-1)?.value, user.username);
    const line = await world.identityLine(ref);
    assert.equal(line.icon, 'circle-slash');
    assert.match(line.tooltip, /was ended/);
    await world.stillWorks(admin);
  });

  it('a refresh token that was revoked elsewhere', async () => {
    const ref = await world.signIn('good', 'reader');
    const { tokens } = await world.session(ref);
    await world.sandbox.call('RevokeToken', {
      ClientId: world.sandbox.webClientId,
      Token: tokens?.refreshToken,
    });
    await world.makeDue(ref);
    world.person.escapes(/User name, or/);
    await world.run('refreshCredentials', { ref });
    await world.person.sees(/^The sign-in of reader was ended\. The refresh token was revoked/);
    await world.stillWorks(admin);
  });

  it('an identity pool without roles: signed in, with what is missing', async () => {
    const identityPoolId = await world.newIdentityPool(undefined);
    await world.connect(world.entry('good'), world.entry('bare', { identityPool: { identityPoolId } }));
    const ref = await world.signIn('bare', 'reader');
    const { text, buttons } = await world.person.sees(/^reader could not get a role from AWS\./);
    assert.match(text, /The sign-in itself was accepted/);
    assert.deepEqual(buttons.slice(0, 2), ['Find the Cause', 'Copy AWS CLI Command']);
    const { id, possibleCauses } = world.explained.at(-1) ?? {};
    assert.equal(id, 'C78');
    assert.match(possibleCauses?.[0]?.text ?? '', /No authenticated role is attached/);
    const line = await world.identityLine(ref);
    assert.equal(line.icon, 'error');
    assert.match(line.tooltip, /could not get a role/);
    assert.ok((await world.session(ref)).tokens);
    await world.stillWorks(admin);
  });

  it('a role whose trust policy names another pool', async () => {
    const trust = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: 'cognito-identity.amazonaws.com' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': world.sandbox.identityPoolId } },
        },
      ],
    };
    await world.iam.createRole({ RoleName: 'Elsewhere', AssumeRolePolicyDocument: JSON.stringify(trust) });
    const identityPoolId = await world.newIdentityPool({ authenticated: world.role('Elsewhere') });
    await world.connect(world.entry('good'), world.entry('moved', { identityPool: { identityPoolId } }));
    world.person.pressesButton(/could not get a role/, 'Show Details');
    await world.signIn('moved', 'reader');
    const { text, modal } = await world.person.sees(
      /The trust policy of the role names another identity pool/,
    );
    assert.equal(modal, true);
    assert.ok(
      text.includes(`"cognito-identity.amazonaws.com:aud": "${identityPoolId}"`),
      'the policy that fits',
    );
    assert.match(text, /Request ID: \S+/);
    await world.stillWorks(admin);
  });

  describe('secrets in SecretStorage', () => {
    const { stringify } = JSON;
    const damages: { what: string; change: (text: string) => string; says: RegExp }[] = [
      { what: 'corrupt', change: () => 'not JSON {', says: /What is stored of it cannot be read/ },
      { what: 'truncated', change: (text) => text.slice(0, text.length / 2), says: /cannot be read/ },
      {
        what: 'of a newer version',
        change: (text) => stringify({ ...(JSON.parse(text) as object), version: 2 }),
        says: /stored by a newer version of Cognito Workbench/,
      },
      {
        what: 'of another user',
        change: (text) => stringify({ ...(JSON.parse(text) as object), identityKey: 'user:somebody' }),
        says: /cannot be read/,
      },
    ];

    for (const { what, change, says } of damages) {
      it(`${what}: signed out with a notice, and the sign-in mends it`, async () => {
        const ref = await world.signIn('good', 'reader');
        const key = `session/good/${encodeURIComponent(ref.identityKey)}`;
        const { secrets } = world.handle.context;
        const text = (await secrets.get(key)) ?? '';
        const damaged = change(text);
        world.person.pressesButton(/reader is signed out/, 'Sign In');
        const reader = world.sandbox.user('reader');
        world.person.types(/User name, or/, reader.username).types(/Password of/, reader.password);
        await secrets.store(key, damaged);
        const notice = await world.person.sees(says);
        assert.match(notice.text, /^reader is signed out\./);
        assert.doesNotMatch(notice.text, /eyJ/);
        await world.person.until('reader again', () =>
          world.handle.store.list().find(({ name }) => name === 'reader'),
        );
        assert.equal(world.person.questions.at(-2)?.value, 'reader');
        await world.stillWorks(admin);
        await world.stillWorks(ref);
      });
    }

    it('that are gone: signed out with a notice when they are wanted', async () => {
      const ref = await world.signIn('good', 'reader');
      const { secrets } = world.handle.context;
      const get = secrets.get.bind(secrets);
      secrets.get = async (key) => (key.includes(encodeURIComponent(ref.identityKey)) ? undefined : get(key));
      try {
        world.person.escapes(/User name, or/);
        await world.run('refreshCredentials', { ref });
        await world.person.sees(/^reader is signed out\. Its tokens are no longer in the secret storage\./);
      } finally {
        secrets.get = get;
      }
      await world.stillWorks(admin);
    });

    it('that cannot be written: the session works in this window, and the person is told', async () => {
      const { secrets } = world.handle.context;
      const store = secrets.store.bind(secrets);
      secrets.store = async () => {
        throw new Error('no keyring');
      };
      let ref!: SessionRef;
      try {
        ref = await world.signIn('good', 'reader');
        const { text } = await world.person.sees(/The session of reader could not be stored/);
        assert.match(text, /keyring/);
        assert.equal(world.explained.at(-1)?.id, 'F121');
      } finally {
        secrets.store = store;
      }
      await world.stillWorks(admin);
      await world.stillWorks(ref);
    });
  });
});
