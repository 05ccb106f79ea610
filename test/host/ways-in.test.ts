import assert from 'node:assert/strict';
import { useWorld } from '../support/host-world';

describe('a connection with an identity pool alone', () => {
  const world = useWorld();

  beforeEach(async () => {
    const open = world.sandbox.description.identityPools.find(({ name }) => name === 'notes-app-open');
    const identityPool = { identityPoolId: open?.id };
    await world.connect(world.entry('alone', { userPool: undefined, identityPool }));
  });

  it('has its Sign in… in the tree, which asks for one of the ways that there are', async () => {
    const { node } = await world.connectionLine('alone');
    const below = await world.tree(node);
    assert.deepEqual(
      below.map(({ label }) => label),
      ['Sign in…', 'Pool facts'],
    );
    world.person.picks(/How do you come in\?/, 'As a guest');
    await world.run('signIn', below[0]?.node);
    const [guest] = world.handle.store.list();
    assert.equal(guest?.identityKey, 'guest');
  });

  it('asks nothing else where the person stops', async () => {
    world.person.escapes(/How do you come in\?/);
    await world.run('signIn', { connectionId: 'alone' });
    assert.deepEqual(world.handle.store.list(), []);
  });
});
