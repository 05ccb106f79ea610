import assert from 'node:assert/strict';
import { subjectOf } from '../../../../src/ui/tree/nodes';

const ref = { connectionId: 'shop', identityKey: 'user:1' };

describe('what a command is called on', () => {
  it('is read from the nodes of the tree', () => {
    const entry = { ok: true, connection: { id: 'shop' }, source: 'user', warnings: [] };
    assert.deepEqual(subjectOf({ kind: 'connection', entry }), { connectionId: 'shop' });
    assert.deepEqual(subjectOf({ kind: 'detail', ref, detail: 's3' }), {
      ref,
      connectionId: 'shop',
      detail: 's3',
    });
  });

  it('is left out where a keybinding says nonsense', () => {
    for (const argument of [
      undefined,
      null,
      'shop',
      { kind: 'connection' },
      { kind: 'connection', entry: null },
      { kind: 'connection', entry: { ok: true } },
      { kind: 'connection', entry: { ok: true, connection: { id: 7 } } },
      { kind: 'detail', detail: 'constructor' },
      { ref: { connectionId: 1 }, method: 'guess', username: 5, address: [] },
    ])
      assert.deepEqual(subjectOf(argument), {}, JSON.stringify(argument));
  });
});
