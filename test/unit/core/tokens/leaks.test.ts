import assert from 'node:assert/strict';
import { findTokens } from '../../../../src/core/tokens/find';
import { findLeaks } from '../../../../src/core/tokens/leaks';
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

  it('marks an encrypted token, whose end nobody can read', () => {
    assert.deepEqual(marked(refreshToken), [['token', refreshToken]]);
  });

  it('marks no token without signature or end, and none that has been redacted', () => {
    assert.deepEqual(marked(tokenOf(idClaims).replace(/[^.]*$/, '')), []);
    assert.deepEqual(marked(tokenOf({ sub: '1234567890', name: 'John Doe' })), []);
    assert.deepEqual(marked(`${cutToken(token)} ${cutToken(refreshToken)}`), []);
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
