import assert from 'node:assert/strict';
import type { SessionRef } from '../../src/core/session/model';
import type { Entry } from '../support/host-world';
import { useWorld } from '../support/host-world';
import { poolWithIssuer } from '../support/provider-scene';
import type { LoginTokenOrder } from '../support/sandbox';
import { OWN_CLIENT, startIssuer } from '../unit/sandbox/identitypools/providers/issuer';
import type { Issuer } from '../unit/sandbox/identitypools/providers/issuer';

const GOOGLE = 'accounts.google.com';
const FACEBOOK = 'graph.facebook.com';
const AMAZON = 'www.amazon.com';
const APPLE = 'appleid.apple.com';

let people = 0;

describe('users of a provider', () => {
  const world = useWorld();
  let poolId: string;
  let saml: string;
  /** A name of their own for each test: identities stay in the sandbox. */
  let rita: string;

  before(() => {
    const open = world.sandbox.description.identityPools.find(({ name }) => name === 'notes-app-open');
    assert.ok(open);
    poolId = open.id;
    saml = open.samlProviders?.[0] ?? '';
  });

  beforeEach(async () => {
    rita = `rita-${++people}`;
    await world.connect(entry());
  });

  const entry = (pool: Entry = {}): Entry =>
    world.entry('notes', { identityPool: { identityPoolId: poolId, ...pool } });

  const token = (provider: string, more: Partial<LoginTokenOrder> = {}): Promise<string> =>
    world.sandbox.control.loginToken({ provider, subject: rita, ...more });

  /** Sign In with Provider…, by pasting these, one after the other. */
  async function tryPaste(label: string, ...texts: string[]): Promise<SessionRef | undefined> {
    world.person
      .picks(/^Sign in to notes \| Whose login\?/, label)
      .types(/^Sign in to notes \| Paste/, ...texts);
    return (await world.run('signInWithProvider', { connectionId: 'notes' })) as SessionRef | undefined;
  }

  async function paste(label: string, ...texts: string[]): Promise<SessionRef> {
    const ref = await tryPaste(label, ...texts);
    assert.ok(ref, world.person.report());
    return ref;
  }

  async function link(ref: SessionRef, label: string, ...texts: string[]): Promise<void> {
    world.person
      .picks(/^Link a login to .* \| Whose login\?/, label)
      .types(/^Link a login to .* \| Paste/, ...texts);
    await world.run('linkLogin', { ref });
  }

  async function unlink(ref: SessionRef, label: string, answer = 'Unlink'): Promise<void> {
    world.person.picks(/^Unlink a login of/, label).pressesButton(/^Unlink .* from .*\?/, answer);
    await world.run('unlinkLogin', { ref });
  }

  const identityId = async (ref: SessionRef): Promise<string> => (await world.session(ref)).identityId ?? '';

  /** What the box said was wrong. */
  const problems = (): string[] => world.person.questions.flatMap(({ problem }) => problem ?? []);

  describe('paste what their provider gave', () => {
    const kinds = [
      [
        'Google',
        GOOGLE,
        'an ID token',
        FACEBOOK,
        /^This is an access token of Facebook; Google needs an ID token\.$/,
      ],
      [
        'Facebook',
        FACEBOOK,
        'an access token',
        APPLE,
        /^This is an ID token of https:\/\/appleid\.apple\.com; Facebook needs an access token\.$/,
      ],
      ['Login with Amazon', AMAZON, 'an access token', FACEBOOK, /^This is an access token of Facebook; /],
      [
        'Sign in with Apple',
        APPLE,
        'an ID token',
        GOOGLE,
        /^This is an ID token of https:\/\/accounts\.google\.com; it must be one of appleid\.apple\.com\.$/,
      ],
    ] as const;
    for (const [label, provider, needed, other, refusal] of kinds) {
      it(`${label}: ${needed}, and nothing else`, async () => {
        const [wrong, right] = [await token(other), await token(provider)];
        let ref!: SessionRef;
        const requests = await world.requestsOf(async () => (ref = await paste(label, wrong, right)));
        assert.deepEqual(requests, { GetId: 1, GetCredentialsForIdentity: 1 });
        assert.equal(problems().length, 1);
        assert.match(problems()[0] ?? '', refusal);
        const boxes = world.person.questions.filter(({ kind }) => kind === 'text');
        assert.ok(
          boxes.every(({ password, words }) => password && words.includes(`Paste ${needed} of ${label}.`)),
        );
        assert.ok(ref.identityKey.startsWith(`idp:${provider}:`));
        const session = await world.session(ref);
        assert.deepEqual(
          session.logins?.map((login) => [login.provider, login.token]),
          [[provider, right]],
        );
        await world.stillWorks(ref);
      });
    }

    it('a SAML response of a provider that they name', async () => {
      const right = await token(saml);
      world.person
        .picks(/Whose login\?/, 'A SAML provider…')
        .types(/ARN of the SAML provider/, 'NotesIdp', ` ${saml} `)
        .types(/Paste a SAML response of NotesIdp/, await token(GOOGLE), right);
      const ref = (await world.run('signInWithProvider')) as SessionRef | undefined;
      assert.ok(ref, world.person.report());
      assert.equal(ref.identityKey, `idp:${saml}:${rita}`);
      assert.equal((await world.session(ref)).name, rita);
      assert.match(problems().at(-1) ?? '', /This is an ID token of https:\/\/accounts\.google\.com/);
    });

    it('a token that has ended is not sent', async () => {
      const [old, right] = [await token(GOOGLE, { expiresInSeconds: -600 }), await token(GOOGLE)];
      const requests = await world.requestsOf(() => paste('Google', old, right));
      assert.deepEqual(requests, { GetId: 1, GetCredentialsForIdentity: 1 });
      assert.deepEqual(problems(), ['This login ended 10 min ago. Get a new one from Google.']);
    });

    it('and are called as the token says, else by the provider', async () => {
      const named = await paste('Google', await token(GOOGLE, { claims: { email: `${rita}@example.com` } }));
      assert.equal((await world.identityLine(named)).label, `${rita}@example.com`);
      const unnamed = await paste('Facebook', await token(FACEBOOK));
      assert.match((await world.identityLine(unnamed)).label, /^Facebook [0-9a-f]{8}$/);
    });

    it('and are told what the identity pool refuses', async () => {
      const foreign = await token(GOOGLE, { audience: 'another-app' });
      assert.equal(await tryPaste('Google', foreign), undefined);
      const { text, buttons } = await world.person.sees(/./);
      assert.match(text, /Google|provider/);
      assert.ok(buttons.includes('Sign In with a Provider'), buttons.join());
      assert.deepEqual(world.handle.store.list(), []);
    });
  });

  describe('of an OpenID Connect issuer', () => {
    let issuer: Issuer;
    let issuerPool: string;
    before(async () => {
      issuer = await startIssuer(() => Date.now());
      const scene = await poolWithIssuer(world.sandbox, { url: issuer.url, clientId: OWN_CLIENT });
      issuerPool = scene.identityPoolId;
    });
    after(() => issuer.stop());

    it('need not say which: the token does', async () => {
      await world.connect(entry({ identityPoolId: issuerPool }));
      const right = issuer.token({ sub: rita, name: 'Rita', nonce: 'n' });
      world.person
        .picks(/Whose login\?/, 'An OpenID Connect provider…')
        .picks(/How does the login of OpenID Connect provider come\?/, 'Paste an ID token')
        .types(/Paste an ID token of OpenID Connect provider/, 'eyJ', await token(FACEBOOK), right);
      const ref = (await world.run('signInWithProvider')) as SessionRef | undefined;
      assert.ok(ref, world.person.report());
      assert.equal(ref.identityKey, `idp:${issuer.name}:${rita}`);
      assert.equal((await world.session(ref)).name, 'Rita');
      assert.equal(problems().length, 2);
    });

    it('that the connection names must have the token of that one', async () => {
      const providers = [{ issuer: issuer.url, clientId: OWN_CLIENT, name: 'Acme' }];
      await world.connect(entry({ identityPoolId: issuerPool, providers }));
      const right = issuer.token({ sub: rita });
      world.person
        .picks(/Whose login\?/, 'An OpenID Connect provider…')
        .picks(/How does the login/, 'Paste an ID token')
        .types(/Paste an ID token/, right);
      const ref = (await world.run('signInWithProvider')) as SessionRef;
      assert.match((await world.session(ref)).name, /^Acme rita-/);

      // Signing in again is with that provider: another's token is not taken.
      world.person
        .picks(/How does the login of Acme come\?/, 'Paste an ID token')
        .types(/Paste an ID token of Acme/, await token(GOOGLE), issuer.token({ sub: rita }));
      assert.deepEqual(await world.run('signInWithProvider', { ref }), ref);
      assert.match(problems()[0] ?? '', /it must be one of 127\.0\.0\.1/);
    });
  });

  describe('sign in again', () => {
    it('with their own provider, when the login has ended', async () => {
      const ref = await paste('Google', await token(GOOGLE));
      const before = await identityId(ref);
      await world.doctor(ref, (session) => ({
        ...session,
        logins: (session.logins ?? []).map((login) => ({ ...login, expiresAt: Date.now() - 60_000 })),
      }));
      world.person.types(/^Sign in to notes \| Paste an ID token of Google/, await token(GOOGLE));
      await world.run('refreshCredentials', { ref });
      await world.person.sees(/The login of .* has ended/);
      assert.equal(await identityId(ref), before);
      assert.equal(world.handle.store.list().length, 1);
    });

    it('as whom they were, where the token does not tell', async () => {
      const ref = await paste('Facebook', await token(FACEBOOK));
      world.person.types(/Paste an access token of Facebook/, await token(FACEBOOK));
      assert.deepEqual(await world.run('signIn', { ref }), ref);
      assert.equal(world.handle.store.list().length, 1);
    });
  });

  describe('link a login', () => {
    it('which then leads to the same identity', async () => {
      const reader = await world.signIn('notes', await world.newUser());
      const own = await identityId(reader);
      await link(reader, 'Google', await token(GOOGLE));
      await world.person.sees(
        new RegExp(`Google ${rita.slice(0, 8)} now leads to the identity of user-\\d+: ${own}\\.$`),
      );
      assert.equal(await identityId(reader), own);
      const google = await paste('Google', await token(GOOGLE));
      assert.equal(await identityId(google), own);
      await world.stillWorks(reader);
    });

    it('whose identity is merged, and say which one is gone', async () => {
      const google = await paste('Google', await token(GOOGLE));
      const older = await identityId(google);
      const reader = await world.signIn('notes', await world.newUser());
      const newer = await identityId(reader);
      assert.notEqual(newer, older);
      await link(reader, 'Google', await token(GOOGLE));
      await world.person.sees(new RegExp(`The identity ID of user-\\d+ changed from ${newer} to ${older}`));
      assert.equal(await identityId(reader), older);
      await world.stillWorks(reader);
      await world.stillWorks(google);
    });

    it('and another provider’s', async () => {
      const google = await paste('Google', await token(GOOGLE));
      await link(google, 'Facebook', await token(FACEBOOK));
      await world.person.sees(/^Facebook [0-9a-f]{8} now leads to the identity of Google/);
      assert.deepEqual(
        (await world.session(google)).logins?.map(({ provider }) => provider),
        [GOOGLE, FACEBOOK],
      );
    });

    it('but no second one of a provider', async () => {
      const reader = await world.signIn('notes', await world.newUser());
      await link(reader, 'Google', await token(GOOGLE));
      await world.person.sees(/now leads/);
      const before = await world.session(reader);
      await link(reader, 'Google', await token(GOOGLE, { subject: `${rita}-too` }));
      await world.person.sees(/already|conflict|linked/i);
      assert.deepEqual((await world.session(reader)).logins, before.logins);

      const google = await paste('Google', await token(GOOGLE));
      await link(google, 'Google', await token(GOOGLE, { subject: `${rita}-too` }));
      await world.person.sees(/has a login of Google already; an identity holds one of each provider\./);
    });

    it('but not to a guest', async () => {
      const guest = (await world.run('signInAsGuest', { connectionId: 'notes' })) as SessionRef;
      world.person.dismisses(/A guest has no login to link another one to/);
      await world.run('linkLogin', { ref: guest });
    });
  });

  describe('unlink a login', () => {
    it('which gets a new identity from then on', async () => {
      const reader = await world.signIn('notes', await world.newUser());
      const own = await identityId(reader);
      await link(reader, 'Google', await token(GOOGLE));
      await unlink(reader, 'Google');
      const { text } = await world.person.sees(/^Unlink Google from/);
      assert.match(text, new RegExp(`Whoever signs in with Google alone gets a new identity.*${own}`));
      await world.person.sees(new RegExp(`^Google no longer leads to the identity ${own}\\.$`));
      assert.deepEqual((await world.session(reader)).logins, []);
      await world.stillWorks(reader);
      assert.notEqual(await identityId(await paste('Google', await token(GOOGLE))), own);
    });

    it('even the one of the user pool; the identity stays with the others', async () => {
      const reader = await world.signIn('notes', await world.newUser());
      const own = await identityId(reader);
      await link(reader, 'Google', await token(GOOGLE));
      await unlink(reader, 'User pool');
      await world.person.sees(/^User pool no longer leads to the identity/);
      await world.stillWorks(reader);
      assert.notEqual(await identityId(reader), own);
      assert.equal(await identityId(await paste('Google', await token(GOOGLE))), own);
    });

    it('the last one only when they know what is lost', async () => {
      const google = await paste('Google', await token(GOOGLE));
      world.person
        .picks(/^Unlink a login of/, 'Google')
        .dismisses(/^Unlink Google from .* nobody reaches the identity/);
      await world.run('unlinkLogin', { ref: google });
      assert.ok(await world.session(google));
      await unlink(google, 'Google');
      await world.person.sees(/no longer leads to the identity .*, and Google rita-\d+ is signed out\.$/);
      assert.deepEqual(world.handle.store.list(), []);
    });

    it('but not one that has ended', async () => {
      const reader = await world.signIn('notes', await world.newUser());
      await link(reader, 'Google', await token(GOOGLE));
      await world.doctor(reader, (session) => ({
        ...session,
        logins: (session.logins ?? []).map((login) => ({ ...login, expiresAt: Date.now() - 60_000 })),
      }));
      await unlink(reader, 'Google');
      const labels = world.person.questions.flatMap((question) => question.labels);
      assert.ok(
        labels.some((label) => label.includes('ended: sign in with it again first')),
        labels.join('\n'),
      );
      await world.person.sees(/has ended/);
    });

    it('but none of an app or a guest', async () => {
      const guest = (await world.run('signInAsGuest', { connectionId: 'notes' })) as SessionRef;
      await world.run('unlinkLogin', { ref: guest });
      await world.person.sees(/has no login that could be unlinked/);
    });
  });
});
