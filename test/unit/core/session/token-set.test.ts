import assert from 'node:assert/strict';
import { tokenSet, usernameOf } from '../../../../src/core/session/token-set';
import { fakeJwt } from '../../../support/fake-aws';
import { NOON } from '../../../support/sessions';

const opaque = { accessToken: 'opaque', expiresIn: 300 };

describe('tokenSet', () => {
  it('ends with the token that ends first', () => {
    const idToken = fakeJwt({ exp: NOON / 1000 + 600 });
    const accessToken = fakeJwt({ exp: NOON / 1000 + 900 });
    assert.equal(tokenSet({ idToken, accessToken, expiresIn: 3600 }, NOON).expiresAt, NOON + 600_000);
  });

  it('ends as the answer says where the tokens cannot be read', () => {
    for (const accessToken of ['opaque', fakeJwt({}), fakeJwt({ exp: 'soon' })]) {
      assert.equal(tokenSet({ ...opaque, accessToken }, NOON).expiresAt, NOON + 300_000);
    }
  });

  it('keeps the refresh token where no new one came, and when the first came where one did', () => {
    const before = {
      accessToken: 'a',
      refreshToken: 'first',
      refreshTokenSince: 7,
      expiresAt: 8,
      idToken: 'old',
    };
    const kept = tokenSet(opaque, NOON, before);
    assert.deepEqual([kept.refreshToken, kept.refreshTokenSince], ['first', 7]);
    const rotated = tokenSet({ ...opaque, refreshToken: 'second' }, NOON, before);
    assert.deepEqual([rotated.refreshToken, rotated.refreshTokenSince], ['second', 7]);
    assert.equal('idToken' in rotated, false, 'an ID token that was not renewed is not passed off as new');
  });

  it('knows no refresh token where none ever came', () => {
    assert.deepEqual(tokenSet(opaque, NOON), {
      accessToken: 'opaque',
      expiresAt: NOON + 300_000,
      issuedAt: NOON,
    });
  });

  it('reads the real user name from either token', () => {
    const accessToken = fakeJwt({ username: 'from-access' });
    assert.equal(usernameOf({ accessToken }), 'from-access');
    assert.equal(usernameOf({ accessToken, idToken: fakeJwt({ 'cognito:username': 'from-id' }) }), 'from-id');
    assert.equal(usernameOf({ accessToken: 'opaque' }), undefined);
  });
});
