import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  clientSecretKey,
  identityKeyOfClaims,
  parseSecretKey,
  sameRef,
  secretKey,
} from '../../../../src/core/session/keys';

describe('secret keys', () => {
  it('follow the contract', () => {
    const ref = { connectionId: 'shop-dev', identityKey: 'idp:Google/x:1 2' };
    assert.equal(secretKey(ref), 'session/shop-dev/idp%3AGoogle%2Fx%3A1%202');
    assert.equal(clientSecretKey('shop-dev'), 'client-secret/shop-dev');
  });

  it('are read back, whatever the identity is called', () => {
    const wellFormed = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(wellFormed, (identityKey) => {
        const ref = { connectionId: 'shop-dev', identityKey };
        assert.deepEqual(parseSecretKey(secretKey(ref)), ref);
      }),
    );
  });

  it('are told from other keys', () => {
    for (const key of [
      '',
      'session/',
      'session/a',
      'session/a/',
      'session/a/b/c',
      'client-secret/a',
      'xsession/a/b',
      'session/a/%E0%A4%A',
    ]) {
      assert.equal(parseSecretKey(key), undefined, key);
    }
  });

  it('name a user-pool user by sub', () => {
    assert.equal(identityKeyOfClaims({ sub: '0a1b' }), 'user:0a1b');
    for (const sub of [undefined, '', 5]) {
      assert.throws(() => identityKeyOfClaims({ sub }), { code: 'token.invalid' });
    }
  });

  it('compare both halves', () => {
    const ref = { connectionId: 'a', identityKey: 'guest' };
    assert.deepEqual(
      [ref, { ...ref, connectionId: 'b' }, { ...ref, identityKey: 'm2m' }].map((other) =>
        sameRef(ref, other),
      ),
      [true, false, false],
    );
  });
});
