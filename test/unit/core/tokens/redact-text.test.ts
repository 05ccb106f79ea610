import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeToken } from '../../../../src/core/tokens/decode';
import { findTokens, tokenText } from '../../../../src/core/tokens/find';
import { findLeaks } from '../../../../src/core/tokens/leaks';
import { redactText } from '../../../../src/core/tokens/redact-text';
import { redactionOf, redactToken, type RedactHow } from '../../../../src/core/tokens/redact-token';
import { accessClaims, idClaims, ISSUED, refreshToken, tokenOf, tokenOfText } from './make';

const during = (ISSUED + 60) * 1000;
const personal = tokenOf({ ...idClaims, email: 'ann@corp.example' });
const machine = tokenOf({ iss: accessClaims.iss, client_id: 'c', sub: 'c', token_use: 'access', exp: 9e9 });
const unsigned = tokenOfText('{"alg":"none"}', '{"name":"Ann"}', '');
const keyId = 'ASIAQ3EGTABCD2EFGH4J';
const secret = 'kT9v/Q2mZr8+LxWbN4hYcU7eJ1oSdPfG5aViK3Rt';

function redacted(text: string, how: RedactHow): string {
  let [out, at] = ['', 0];
  for (const change of redactText(text, how)) {
    assert.ok(change.start >= at && change.end > change.start, 'in order, apart from each other');
    out += text.slice(at, change.start) + change.text;
    at = change.end;
  }
  return out + text.slice(at);
}

const claimsIn = (text: string): Record<string, unknown> => {
  const [, claims = ''] = text.split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
};

describe('core/tokens/redact-text', () => {
  it('cuts the signature and leaves all else as it stands, wraps and escapes too', () => {
    const wrapped = personal.replace(/.{60}(?=.)/g, '$&\n');
    const encoded = personal.replaceAll('.', '%2E');
    const text = redacted(`a "${personal}" b\n${wrapped}\n\nc ${encoded}&d`, 'cut');
    assert.deepEqual(
      findTokens(text).map((hit) => decodeToken(tokenText(text, hit)).signature),
      ['redacted', 'redacted', 'redacted'],
    );
    assert.equal(text.match(/…redacted/g)?.length, 3);
    const kept = personal.slice(0, personal.lastIndexOf('.') + 1);
    assert.ok(text.startsWith(`a "${kept}…redacted" b\n`));
    assert.ok(text.includes(`c ${kept.replaceAll('.', '%2E')}…redacted&d`));
  });

  it('masks what tells of a person too', () => {
    const text = redacted(personal, 'mask');
    assert.match(text, /\.…redacted$/);
    assert.equal(claimsIn(text)['email'], 'redacted@example.com');
    assert.equal(claimsIn(text)['iss'], idClaims.iss);
  });

  it('takes an encrypted token’s secrets away, whichever way was asked for', () => {
    for (const how of ['cut', 'mask'] as const) {
      assert.equal(redacted(refreshToken, how), `${refreshToken.split('.')[0]}.…redacted`);
    }
  });

  it('masks an unsigned token, and cuts one that holds nothing of a person', () => {
    assert.equal(redacted(unsigned, 'cut'), unsigned);
    assert.deepEqual(claimsIn(redacted(unsigned, 'mask')), { name: 'redacted' });
    assert.equal(redacted(machine, 'mask'), redacted(machine, 'cut'));
    assert.equal(redactionOf(machine, decodeToken(machine), 'mask'), undefined, 'and does not offer it');
  });

  it('cuts the secrets of access keys, one once', () => {
    const text = redacted(`key=${keyId}\nsecret=${secret}\nkey2=ASIAZZZZZZZZZZZZZZ42\n${personal}`, 'cut');
    assert.ok(text.startsWith(`key=${keyId}\nsecret=…redacted\nkey2=`), text);
    assert.match(text, /\.…redacted$/);
  });

  it('leaves nothing that is live, and has nothing to do a second time', () => {
    const part = fc.constantFrom(
      personal,
      machine,
      refreshToken,
      unsigned,
      `${keyId} ${secret} `,
      ' ',
      '\n',
      '"',
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 8 }),
        fc.constantFrom('cut' as const, 'mask' as const),
        (all, how) => {
          const text = redacted(all.join(' '), how);
          assert.deepEqual(findLeaks(text, during), []);
          assert.deepEqual(redactText(text, how), []);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('takes a token that was redacted for sharing for one that cannot be used', () => {
    for (const token of [personal, refreshToken]) {
      const shared = redactToken(token);
      assert.deepEqual(findLeaks(shared, during), []);
      assert.deepEqual(redactText(shared, 'mask'), []);
    }
  });
});
