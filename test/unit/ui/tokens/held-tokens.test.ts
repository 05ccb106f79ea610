import assert from 'node:assert/strict';
import { HeldTokens } from '../../../../src/ui/tokens/held-tokens';

describe('held tokens', () => {
  it('are told by a number, the same each time, and gone with their owner', () => {
    const tokens = new HeldTokens();
    const first = tokens.keep('a.b.c', 'idToken in the debugger', 'one');
    const second = tokens.keep('a.b.c', 'idToken in the debugger', 'two');
    assert.deepEqual(tokens.keep('a.b.c', 'idToken in the debugger', 'one'), first);
    assert.notDeepEqual(first, second);
    assert.equal(tokens.get(first.held)?.token, 'a.b.c');
    tokens.forget('one');
    assert.equal(tokens.get(first.held), undefined);
    assert.equal(tokens.get(second.held)?.source, 'idToken in the debugger');
  });

  it('are limited in number, the oldest going first', () => {
    const tokens = new HeldTokens();
    const places = Array.from({ length: 51 }, (_, at) => tokens.keep(`token ${at}`, 'x', 'one'));
    assert.equal(tokens.get(places[0]?.held ?? 0), undefined);
    assert.equal(tokens.get(places[1]?.held ?? 0)?.token, 'token 1');
    assert.equal(tokens.get(places[50]?.held ?? 0)?.token, 'token 50');
  });
});
