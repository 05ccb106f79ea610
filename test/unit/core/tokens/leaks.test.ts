import assert from 'node:assert/strict';
import { findTokens } from '../../../../src/core/tokens/find';
import { findLeaks, leakMessage } from '../../../../src/core/tokens/leaks';
import { formatClock } from '../../../../src/core/time';
import { costsAtMost } from '../../../support/growth';
import { cutToken } from '../../../../src/core/tokens/redact-token';
import { idClaims, ISSUED, refreshToken, tokenOf } from './make';

const token = tokenOf(idClaims);
const during = (ISSUED + 60) * 1000;
const after = (ISSUED + 3600) * 1000;
const keyId = 'ASIAQ3EGTABCD2EFGH4J';
const secret = 'kT9v/Q2mZr8+LxWbN4hYcU7eJ1oSdPfG5aViK3Rt';

const marked = (text: string, nowMs = during) =>
  findLeaks(text, nowMs).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

describe('core/tokens/leaks', () => {
  it('marks a token until the moment at which it ends', () => {
    assert.deepEqual(marked(`x = "${token}"`), [['token', token]]);
    assert.deepEqual(marked(`x = "${token}"`, after - 1), [['token', token]]);
    assert.deepEqual(marked(`x = "${token}"`, after), []);
  });

  it('marks a token whose end is in milliseconds: it lasts for ever', () => {
    const inMs = tokenOf({ ...idClaims, exp: idClaims.exp * 1000 });
    assert.deepEqual(marked(inMs, after), [['token', inMs]]);
  });

  it('marks an encrypted token, whose end nobody can read', () => {
    assert.deepEqual(marked(refreshToken), [['token', refreshToken]]);
  });

  it('marks no token without signature or end, and none that has been redacted', () => {
    assert.deepEqual(marked(tokenOf(idClaims).replace(/[^.]*$/, '')), []);
    assert.deepEqual(marked(tokenOf({ sub: '1234567890', name: 'John Doe' })), []);
    assert.deepEqual(marked(`${cutToken(token)} ${cutToken(refreshToken)}`), []);
  });

  it('marks no token whose signature is cut, or that anybody may have written', () => {
    assert.deepEqual(marked(token.slice(0, -10)), []);
    assert.deepEqual(marked(tokenOf(idClaims, { alg: 'none' })), []);
    assert.equal(marked(tokenOf(idClaims, { alg: 'unknown' })).length, 1);
  });

  it('says whose it is and until when first, and nothing of the token', () => {
    const sayings = (text: string, nowMs = during) =>
      findLeaks(text, nowMs).map((leak) => leakMessage(leak, text, nowMs));
    const end = formatClock(after).slice(0, 5);
    const [id = '', other = ''] = sayings(
      `${token}\n${tokenOf({ ...idClaims, token_use: 'access', username: 'a' })}`,
    );
    assert.equal(id, sayings(token, during + 60_000)[0], 'it does not go stale');
    assert.match(
      id,
      new RegExp(`^ID token of reader, valid until (\\S+ )?${end}, in a file under version control`),
    );
    assert.match(other, /^Access token of reader, valid until/);
    const [refresh = '', bare = ''] = sayings(`REFRESH_TOKEN="${refreshToken}"\n${refreshToken}`);
    assert.match(refresh, /^Refresh token \(REFRESH_TOKEN\), which may still be valid, in a file/);
    assert.match(bare, /^Encrypted token, which may still be valid, .* as refresh tokens are/);
    for (const part of `${token}.${refreshToken}`.split('.')) assert.ok(![id, refresh].join().includes(part));
  });

  for (const [form, text] of [
    ['.env', `AWS_ACCESS_KEY_ID=${keyId}\nAWS_SECRET_ACCESS_KEY=${secret}\n`],
    ['JSON', JSON.stringify({ SecretAccessKey: secret, AccessKeyId: keyId })],
    ['YAML', `key: ${keyId}\nsecret: ${secret}`],
  ] as const) {
    it(`marks a temporary access key with its secret: ${form}`, () => {
      const [leak, ...more] = findLeaks(text, during);
      assert.deepEqual(more, []);
      assert.equal(leak?.kind, 'access-key');
      assert.equal(text.slice(leak?.start, leak?.end), keyId);
      assert.equal(text.slice(leak?.secret?.start, leak?.secret?.end), secret);
    });
  }

  it('marks no key ID alone, far from a secret, beside a hash, or of an example', () => {
    assert.deepEqual(marked(keyId), []);
    assert.deepEqual(marked(`${keyId}${' '.repeat(1000)}${secret}`), []);
    assert.deepEqual(marked(`${keyId} 5d41402abc4b2a76b9719d911017c592aabbccdd`), []);
    assert.deepEqual(marked(`ASIAIOSFODNN7EXAMPLE ${secret}`), []);
    assert.deepEqual(marked(`${keyId} wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`), []);
  });

  it('gives each access key the secret that is nearest, and none out of a token', () => {
    const near = secret.replace('kT9v', 'aB1c');
    const text = `${secret} ${' '.repeat(99)}${keyId} ${near}\n${' '.repeat(300)}${keyId}`;
    assert.deepEqual(
      findLeaks(text, during).map((leak) => text.slice(leak.secret?.start, leak.secret?.end)),
      [near, near],
    );
    const inside = text.indexOf(near);
    const hit = { start: inside - 3, end: inside + 50, kind: 'jws', joined: false, encoded: false } as const;
    const [first] = findLeaks(text, during, [hit]);
    assert.equal(text.slice(first?.secret?.start, first?.secret?.end), secret);
  });

  it('takes no cut of a longer text for a secret', () => {
    for (const gap of [357, 358, 359, 360, 361, 362, 379, 380, 381])
      assert.deepEqual(marked(`${keyId}${' '.repeat(gap)}${secret}${secret}`), [], String(gap));
    for (const gap of [339, 340, 341, 360, 361])
      assert.deepEqual(marked(`${secret}${secret}${' '.repeat(gap)}${keyId}`), [], String(gap));
  });

  for (const [what, beside] of [
    ['alone', ''],
    ['beside hashes', 'abcdefghij'.repeat(4)],
    ['beside text', 'aB3 '.repeat(10)],
  ] as const) {
    it(`looks for secrets once, not anew for each of many access keys: ${what}`, () => {
      const dense = `${keyId} ${beside} `.repeat(10_000);
      const sparse = `${keyId} ${beside} `.padEnd(2000, '. ').repeat(dense.length / 2000);
      costsAtMost(
        12,
        () => assert.deepEqual(findLeaks(sparse, during, []), []),
        () => assert.deepEqual(findLeaks(dense, during, []), []),
      );
    });
  }
});

describe('core/tokens/redact-token', () => {
  it('leaves header and claims of a signed token, and the header of an encrypted one', () => {
    assert.equal(cutToken(token), `${token.slice(0, token.lastIndexOf('.'))}.…redacted`);
    assert.equal(cutToken(refreshToken), `${refreshToken.split('.')[0]}.…redacted`);
  });

  it('keeps how a token was written', () => {
    const encoded = token.replaceAll('.', '%2E');
    assert.equal(cutToken(encoded), `${encoded.slice(0, encoded.lastIndexOf('%2E'))}%2E…redacted`);
    const wrapped = token.replace(/.{60}(?=.)/g, '$&\n');
    assert.equal(cutToken(wrapped), `${wrapped.slice(0, wrapped.lastIndexOf('.'))}.…redacted`);
  });

  it('leaves nothing with a signature in it', () => {
    for (const text of [token, token.replaceAll('.', '%2E'), refreshToken]) {
      const redacted = cutToken(text);
      for (const { start, end } of findTokens(redacted))
        assert.match(redacted.slice(start, end), /(\.|%2E)$/);
    }
  });
});
