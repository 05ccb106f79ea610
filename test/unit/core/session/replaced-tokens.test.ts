import assert from 'node:assert/strict';
import { ReplacedTokens } from '../../../../src/core/session/replaced-tokens';
import { testSession } from '../../../support/sessions';

describe('the tokens that a refresh replaced', () => {
  const session = testSession();
  const other = testSession({ identityKey: 'user:sub-admin' });

  it('are those of the last refresh, without the refresh token, by session', () => {
    const replaced = new ReplacedTokens();
    assert.equal(replaced.of(session), undefined);
    replaced.note(session, { accessToken: 'a-1', idToken: 'i-1', refreshToken: 'r-1', expiresAt: 1 });
    replaced.note(session, { accessToken: 'a-2', idToken: 'i-2', refreshToken: 'r-1', expiresAt: 2 });
    assert.deepEqual(replaced.of(session), { accessToken: 'a-2', idToken: 'i-2' });
    assert.equal(replaced.of(other), undefined);
  });

  it('are forgotten with the session', () => {
    const replaced = new ReplacedTokens();
    replaced.note(session, { accessToken: 'a', expiresAt: 1 });
    replaced.forget(session);
    assert.equal(replaced.of(session), undefined);
  });
});
