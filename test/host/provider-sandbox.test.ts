import assert from 'node:assert/strict';
import type { SessionRef } from '../../src/core/session/model';
import { useWorld } from '../support/host-world';

describe('the providers that the sandbox of the extension plays', function () {
  this.timeout(60_000);
  const world = useWorld();

  after(async () => {
    for (const entry of world.handle.store.list()) await world.handle.store.remove(entry);
    await world.run('stopSandbox');
  });

  it('sign anybody in without an account, for its own connections only', async () => {
    const { person } = world;
    person.escapes(/Who do you want to be\?/);
    await world.run('startSandbox');
    for (const [label, name] of [
      ['Google', 'rita@example.com'],
      ['Facebook', 'rita'],
      ['Login with Amazon', 'rita'],
      ['Sign in with Apple', 'rita@example.com'],
      ['NotesIdp', 'rita'],
    ] as const) {
      person
        .picks(/Sign in with a provider to which connection\?/, 'Guests and providers')
        .picks(/Whose login\?/, `$(beaker) ${label}`)
        .types(/Who signs in at the sandbox's .*\? Any name will do/, 'rita');
      const ref = (await world.run('signInWithProvider')) as SessionRef | undefined;
      assert.ok(ref, person.report());
      assert.match(ref.identityKey, /^idp:.*:rita$/);
      assert.equal((await world.session(ref)).name, name);
      await world.stillWorks(ref);
    }

    // Signing in again, there is the choice.
    person
      .picks(/How does the login of Google come\?/, "Use a token of the sandbox's own")
      .types(/Any name/, 'rita');
    const again = { connectionId: 'cognito-sandbox-open', identityKey: 'idp:accounts.google.com:rita' };
    assert.deepEqual(await world.run('signInWithProvider', { ref: again }), again);

    // Another connection to the same kind of pool has no such providers.
    const { id } = world.sandbox.description.identityPools.find((pool) => pool.socialProviders) ?? {};
    await world.connect(world.entry('mine', { identityPool: { identityPoolId: id } }));
    person.escapes(/Whose login\?/);
    await world.run('signInWithProvider', { connectionId: 'mine' });
    assert.doesNotMatch(person.questions.at(-1)?.labels.join('\n') ?? '', /sandbox/);
  });
});
