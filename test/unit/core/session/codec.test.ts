import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeIndex, decodeSession, encodeSession } from '../../../../src/core/session/codec';
import type { Session } from '../../../../src/core/session/model';
import { testSession } from '../../../support/sessions';

function reasonOf(text: string): unknown {
  try {
    return decodeSession(text);
  } catch (error) {
    const { code, data } = error as { code: string; data: { reason: string } };
    assert.equal(code, 'session.unreadable');
    return data.reason;
  }
}

const whole = testSession();
const changed = (over: object): string => JSON.stringify({ ...whole, ...over });

describe('session codec', () => {
  it('reads what it wrote', () => {
    assert.deepEqual(decodeSession(encodeSession(whole)), whole);
  });

  it('reads a session that holds tokens only', () => {
    const { identityId: _i, credentials: _c, caller: _r, signInName: _n, ...bare } = testSession();
    assert.deepEqual(decodeSession(encodeSession(bare)), bare);
  });

  it('drops fields that it does not know', () => {
    assert.deepEqual(decodeSession(changed({ colour: 'red' })), whole);
  });

  const unreadable: [what: string, text: string, reason: string][] = [
    ['an empty text', '', 'corrupt'],
    ['a truncated text', encodeSession(whole).slice(0, -20), 'corrupt'],
    ['no object', '"session"', 'corrupt'],
    ['null', 'null', 'corrupt'],
    ['no version', changed({ version: undefined }), 'corrupt'],
    ['a version in words', changed({ version: '1' }), 'corrupt'],
    ['a newer version', changed({ version: 2, tokens: { shape: 'unheard of' } }), 'newer-version'],
    ['a version that never was', changed({ version: 0 }), 'unknown-version'],
    ['a missing field', changed({ origin: undefined }), 'corrupt'],
    ['a wrong type', changed({ signedInAt: 'yesterday' }), 'corrupt'],
    ['an empty access token', changed({ tokens: { ...whole.tokens, accessToken: '' } }), 'corrupt'],
    [
      'credentials without an end',
      changed({ credentials: { ...whole.credentials, expiresAt: null } }),
      'corrupt',
    ],
    ['an unknown sign-in method', changed({ signInMethod: 'telepathy' }), 'corrupt'],
  ];
  for (const [what, text, reason] of unreadable) {
    it(`calls ${what} ${reason}`, () => assert.equal(reasonOf(text), reason));
  }

  it('never throws anything else, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        reasonOf(text);
      }),
    );
  });

  it('refuses to write what it could not read', () => {
    const broken = { ...whole, signedInAt: Number.NaN } as Session;
    assert.throws(() => encodeSession(broken), { code: 'session.unreadable' });
  });

  it('tells nothing secret in its errors', () => {
    const secret = 'aws-session-token';
    for (const text of [
      `${secret}{`,
      changed({ credentials: { ...whole.credentials, expiresAt: secret } }),
    ]) {
      assert.throws(
        () => decodeSession(text),
        (error: Error & { data: object }) => {
          assert.ok(!`${error.message}${JSON.stringify(error.data)}${String(error.cause)}`.includes(secret));
          return true;
        },
      );
    }
  });
});

describe('session index codec', () => {
  it('keeps the entries that it can read, and nothing but their known fields', () => {
    const origin = { userPoolId: 'us-east-1_A', endpoints: '' };
    const good = { connectionId: 'a', identityKey: 'user:1', name: 'reader', expiresAt: 5, origin };
    assert.deepEqual(
      decodeIndex([good, null, 'x', { ...good, expiresAt: 'soon' }, { ...good, token: 't' }]),
      [good, good],
    );
  });

  it('reads anything else as empty', () => {
    for (const value of [undefined, null, 'x', {}, 3]) assert.deepEqual(decodeIndex(value), []);
  });
});
