import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SessionRef } from '../../src/core/session/model';
import { accountProvider } from '../../src/ids';
import { useWorld } from '../support/host-world';

type Change = vscode.AuthenticationProviderAuthenticationSessionsChangeEvent;

describe('accounts of VS Code', () => {
  const world = useWorld();
  const idOf = (ref: SessionRef) => `${ref.connectionId}/${ref.identityKey}`;
  const provider = () => world.handle.accounts;

  beforeEach(() => world.connect(world.entry('notes')));

  /** What is told of sessions while something is done. */
  async function changesOf(work: () => PromiseLike<unknown>): Promise<Record<keyof Change, string[]>> {
    const seen = { added: new Set<string>(), removed: new Set<string>(), changed: new Set<string>() };
    const subscription = provider().onDidChangeSessions((change) => {
      for (const kind of ['added', 'removed', 'changed'] as const) {
        for (const { id } of change[kind] ?? []) seen[kind].add(id);
      }
    });
    try {
      await work();
    } finally {
      subscription.dispose();
    }
    return { added: [...seen.added], removed: [...seen.removed], changed: [...seen.changed] };
  }

  it('are one for each identity, told apart by connection', async () => {
    await world.connect(world.entry('notes'), world.tokensOnly('other'));
    const refs = [
      await world.signIn('notes', 'reader'),
      await world.signIn('notes', 'admin'),
      await world.signIn('other', 'reader'),
    ];
    const accounts = await vscode.authentication.getAccounts(accountProvider);
    assert.deepEqual(
      accounts.map(({ id, label }) => ({ id, label })),
      [
        { id: idOf(refs[0]!), label: 'reader (notes)' },
        { id: idOf(refs[1]!), label: 'admin (notes)' },
        { id: idOf(refs[2]!), label: 'reader (other)' },
      ],
    );
  });

  it('are listed without a request, and without a token', async () => {
    const ref = await world.signIn('notes', 'reader');
    await world.makeDue(ref);
    const requests = await world.requestsOf(async () => {
      const [session] = await provider().getSessions(undefined, {});
      assert.equal(session?.id, idOf(ref));
      assert.equal(session.accessToken, '');
    });
    assert.deepEqual(requests, {});
  });

  it('give fresh tokens to whoever asks for them, and ask the person nothing', async () => {
    const ref = await world.signIn('notes', 'reader');
    const before = (await world.session(ref)).tokens;
    await world.makeDue(ref);
    const requests = await world.requestsOf(async () => {
      const [session] = await provider().getSessions(['aws.cognito.signin.user.admin'], {});
      assert.ok(session);
      const { tokens } = await world.session(ref);
      assert.equal(session.accessToken, tokens?.accessToken);
      assert.notEqual(session.accessToken, before?.accessToken);
      assert.equal((session as { idToken?: string }).idToken, tokens?.idToken);
      assert.deepEqual(session.scopes, ['openid', 'aws.cognito.signin.user.admin']);
    });
    assert.equal(requests['GetTokensFromRefreshToken'], 1);
    assert.deepEqual(world.person.questions.slice(2), []);
  });

  it('fit the scopes and the account that are asked for', async () => {
    const reader = await world.signIn('notes', 'reader');
    await world.signIn('notes', 'admin');
    const ids = async (scopes: string[], options = {}) =>
      (await provider().getSessions(scopes, options)).map(({ id }) => id);
    assert.equal((await ids(['openid'])).length, 2);
    assert.deepEqual(await ids(['notes/read']), []);
    assert.deepEqual(await ids([], { account: { id: idOf(reader), label: '' } }), [idOf(reader)]);
  });

  it('leave out a session that only a sign-in could renew', async () => {
    const reader = await world.signIn('notes', 'reader');
    const admin = await world.signIn('notes', 'admin');
    await world.doctor(reader, (session) => ({ ...session, unrefreshable: true }));
    await world.makeDue(reader);
    await world.doctor(reader, ({ tokens, ...session }) => ({
      ...session,
      tokens: { ...tokens!, expiresAt: Date.now() - 1000 },
    }));
    const sessions = await provider().getSessions(['openid'], {});
    assert.deepEqual(
      sessions.map(({ id }) => id),
      [idOf(admin)],
    );
    assert.deepEqual(
      world.person.notices.filter(({ kind }) => kind === 'error'),
      [],
    );
  });

  it('tell of sign-in, refresh and sign-out, wherever they happen', async () => {
    let ref: SessionRef | undefined;
    const signedIn = await changesOf(async () => (ref = await world.signIn('notes', 'reader')));
    assert.ok(ref);
    const id = idOf(ref);
    assert.deepEqual(signedIn.added, [id]);
    const refreshed = await changesOf(() => world.run('refreshCredentials', { ref }));
    assert.deepEqual([refreshed.added, refreshed.removed, refreshed.changed], [[], [], [id]]);
    // As another window would do it.
    const key = `session/notes/${encodeURIComponent(ref.identityKey)}`;
    const { secrets } = world.handle.context;
    const gone = await changesOf(async () => {
      await secrets.delete(key);
      await world.person.until('end of the session', () =>
        world.handle.store.list().length === 0 ? true : undefined,
      );
    });
    assert.deepEqual(gone.removed, [id]);
  });

  it('are made by signing in', async () => {
    const reader = world.sandbox.user('reader');
    world.person.types(/User name, or/, reader.username).types(/Password of/, reader.password);
    const session = await provider().createSession(['openid'], {});
    assert.equal(session.account.label, 'reader (notes)');
    assert.ok(session.accessToken);
    const again = await provider().getSessions(['openid'], {});
    assert.deepEqual(
      again.map(({ id }) => id),
      [session.id],
    );
  });

  it('are not made where the person stops, and a refusal is both shown and thrown', async () => {
    world.person.escapes(/User name, or/);
    await assert.rejects(async () => provider().createSession(['openid'], {}));
    assert.deepEqual(
      world.person.notices.filter(({ kind }) => kind === 'error'),
      [],
    );
    world.person.types(/User name, or/, 'reader').types(/Password of/, 'wrong');
    await assert.rejects(async () => provider().createSession(['openid'], {}));
    await world.person.sees(/Cognito refused the sign-in of reader/);
  });

  it('sign out by being removed', async () => {
    const ref = await world.signIn('notes', 'reader');
    const requests = await world.requestsOf(() => provider().removeSession(idOf(ref)));
    assert.equal(requests['RevokeToken'], 1);
    assert.deepEqual(world.handle.store.list(), []);
    assert.deepEqual(await provider().getSessions(['openid'], {}), []);
  });

  it('give an extension nothing without the consent of the person', async () => {
    await world.signIn('notes', 'reader');
    const session = await vscode.authentication.getSession(accountProvider, ['openid'], { silent: true });
    assert.equal(session, undefined);
  });
});
