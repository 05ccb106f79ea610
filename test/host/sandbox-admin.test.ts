import assert from 'node:assert/strict';
import type { SessionRef } from '../../src/core/session/model';
import { useWorld } from '../support/host-world';

describe('the administrator of the sandbox of the extension', function () {
  this.timeout(60_000);
  const world = useWorld();

  after(async () => {
    for (const entry of world.handle.store.list()) await world.handle.store.remove(entry);
    await world.run('stopSandbox');
  });

  it('vouches for developer identities without a profile and without a question, for its own connections only', async () => {
    world.person.escapes(/Who do you want to be\?/);
    await world.run('startSandbox');
    world.person
      .picks(/Sign in as developer identity of which connection\?/, 'Guests and providers')
      .picks(/Who vouches/, 'the administrator of the sandbox')
      .types(/as in Logins under login\.notes\.app/, 'anna');
    const ref = (await world.run('signInAsDeveloper')) as SessionRef | undefined;
    assert.equal(ref?.connectionId, 'cognito-sandbox-open', world.person.report());
    assert.equal(ref.identityKey, 'dev:anna');
    assert.deepEqual(world.person.notices, []);

    // Another connection to the same kind of pool has nobody to vouch.
    const { id } = world.sandbox.description.identityPools.find((pool) => pool.developerProvider) ?? {};
    await world.connect(world.entry('mine', { identityPool: { identityPoolId: id } }));
    world.person.escapes(/Who vouches/);
    await world.run('signInAsDeveloper', { connectionId: 'mine' });
    const labels = world.person.questions.at(-1)?.labels.join('\n') ?? '';
    assert.match(labels, /Ask Cognito with an AWS profile…/);
    assert.doesNotMatch(labels, /administrator of the sandbox/);
  });
});
