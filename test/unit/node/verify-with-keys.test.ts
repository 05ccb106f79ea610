import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, type KeyObject, sign as signBytes } from 'node:crypto';
import fc from 'fast-check';
import { readKeys } from '../../../src/node/pasted-keys';
import { verifyWithKeys } from '../../../src/node/verify-with-keys';
import { encryptedExample, signedExamples, unsignedExamples } from '../core/tokens/rfc-examples';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });

function signed(header: object, key: KeyObject, hash: string | null = 'sha256', more: object = {}): string {
  const input = `${part(header)}.${part({ sub: 'x' })}`;
  const signature = signBytes(hash, Buffer.from(input), { key, ...more });
  return `${input}.${signature.toString('base64url')}`;
}
function maced(header: object, secret: string | Buffer, hash = 'sha256'): string {
  const input = `${part(header)}.${part({ sub: 'x' })}`;
  return `${input}.${createHmac(hash, secret).update(input).digest('base64url')}`;
}
const jwk = (key: KeyObject, more: object = {}): object => ({ ...key.export({ format: 'jwk' }), ...more });
const set = (...keys: object[]): string => JSON.stringify({ keys });
const pem = (key: KeyObject): string => String(key.export({ type: 'spki', format: 'pem' }));
const outcome = (token: string, keys: string, secret?: 'utf8' | 'hex'): string => {
  const found = verifyWithKeys(token, keys, secret);
  return found.ok ? 'ok' : found.reason;
};

describe('verification with pasted keys', () => {
  for (const { name, token, jwk: key } of signedExamples) {
    it(`${name} verifies with the key that the RFC gives, and with no bit changed`, () => {
      assert.equal(outcome(token, JSON.stringify(key)), 'ok');
      assert.equal(outcome(token, set(key ?? {})), 'ok');
      const [header, body, signature = ''] = token.split('.');
      const bytes = Buffer.from(signature, 'base64url');
      for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
        const changed = Buffer.from(bytes);
        changed[at]! ^= 1;
        assert.equal(
          outcome(`${header}.${body}.${changed.toString('base64url')}`, JSON.stringify(key)),
          'bad-signature',
        );
      }
      assert.equal(
        outcome(`${header}.${body}A.${signature}`.replace('AA.', 'AAA.'), JSON.stringify(key)),
        'bad-signature',
      );
    });
  }
  for (const { name, token } of unsignedExamples) {
    it(`${name} is not signed, whatever key is given`, () =>
      assert.equal(outcome(token, set(jwk(rsa.publicKey))), 'unsigned'));
  }
  it(`${encryptedExample.name} has no signature`, () =>
    assert.equal(outcome(encryptedExample.token, set(jwk(rsa.publicKey))), 'encrypted'));

  const padding = { padding: 6, saltLength: -1 };
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const k256 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
  const ed448 = generateKeyPairSync('ed448');
  const ecdsa = { dsaEncoding: 'ieee-p1363' };
  const algorithms: [string, string | null, { publicKey: KeyObject; privateKey: KeyObject }, object][] = [
    ['RS256', 'sha256', rsa, {}],
    ['RS384', 'sha384', rsa, {}],
    ['RS512', 'sha512', rsa, {}],
    ['PS256', 'sha256', rsa, padding],
    ['PS384', 'sha384', rsa, padding],
    ['PS512', 'sha512', rsa, padding],
    ['ES256', 'sha256', p256, ecdsa],
    ['ES384', 'sha384', p384, ecdsa],
    ['ES256K', 'sha256', k256, ecdsa],
    ['EdDSA', null, ed448, {}],
    ['Ed448', null, ed448, {}],
  ];
  for (const [alg, hash, pair, more] of algorithms) {
    it(`${alg} with JWK, JWK Set, PEM and private key`, () => {
      const token = signed({ alg }, pair.privateKey, hash, more);
      const forms = [
        JSON.stringify(jwk(pair.publicKey)),
        JSON.stringify([jwk(pair.publicKey)]),
        set(jwk(pair.publicKey), jwk(otherRsa.publicKey)),
        set(jwk(pair.privateKey)),
        pem(pair.publicKey),
        `  ${pem(pair.publicKey).replaceAll('\n', '\n  ')}`,
        JSON.stringify(pem(pair.publicKey)).slice(1, -1),
        String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
        pem(otherRsa.publicKey) + pem(pair.publicKey),
      ];
      for (const form of forms) assert.equal(outcome(token, form), 'ok', form.slice(0, 60));
      assert.equal(
        outcome(token.replace(/\.[^.]*\./, `.${part({ sub: 'y' })}.`), forms[0]!),
        'bad-signature',
      );
    });
  }

  for (const [alg, hash] of [
    ['HS256', 'sha256'],
    ['HS384', 'sha384'],
    ['HS512', 'sha512'],
  ] as const) {
    it(`${alg} with a secret as text or JWK`, () => {
      const secret = 's'.repeat(64);
      const token = maced({ alg }, secret, hash);
      assert.equal(outcome(token, secret, 'utf8'), 'ok');
      assert.equal(outcome(token, set({ kty: 'oct', k: Buffer.from(secret).toString('base64url') })), 'ok');
      assert.equal(outcome(token, `${secret}x`, 'utf8'), 'bad-signature');
      assert.equal(verifyWithKeys(token, Buffer.from(secret).toString('hex'), 'hex').ok, true);
    });
  }

  it('says which key it was, and whether it is too short', () => {
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const found = verifyWithKeys(
      signed({ alg: 'RS256', kid: 'a' }, rsa.privateKey),
      set(jwk(rsa.publicKey, { kid: 'a' }), jwk(otherRsa.publicKey, { kid: 'b' })),
    );
    assert.deepEqual(found, { ok: true, alg: 'RS256', kid: 'a', key: 'RSA, 2048 bits', weak: false });
    assert.deepEqual(verifyWithKeys(signed({ alg: 'RS256' }, small.privateKey), pem(small.publicKey)), {
      ok: true,
      alg: 'RS256',
      key: 'RSA, 1024 bits',
      weak: true,
    });
    assert.deepEqual(verifyWithKeys(maced({ alg: 'HS256' }, 'secret'), 'secret', 'utf8'), {
      ok: true,
      alg: 'HS256',
      key: 'oct, 48 bits',
      weak: true,
    });
    assert.deepEqual(
      verifyWithKeys(signed({ alg: 'ES256' }, p256.privateKey, 'sha256', ecdsa), pem(p256.publicKey)),
      { ok: true, alg: 'ES256', key: 'EC, P-256', weak: false },
    );
  });

  describe('refuses key confusion', () => {
    // What an attacker does: the public key, in every form that a careless verifier takes for a secret.
    const spki = pem(rsa.publicKey);
    const secrets: [string, string | Buffer][] = [
      ['PEM', spki],
      ['PEM without its last line break', spki.trimEnd()],
      ['DER', rsa.publicKey.export({ type: 'spki', format: 'der' })],
      ['modulus', Buffer.from(String(jwk(rsa.publicKey)['n' as never]), 'base64url')],
      ['JWK', JSON.stringify(jwk(rsa.publicKey))],
    ];
    for (const [what, secret] of secrets) {
      it(`with the public key's ${what} as the secret`, () => {
        const token = maced({ alg: 'HS256' }, secret);
        assert.equal(outcome(token, spki), 'key-confusion');
        assert.equal(outcome(token, spki, 'utf8'), 'key-confusion');
        assert.equal(outcome(token, JSON.stringify(jwk(rsa.publicKey)), 'utf8'), 'key-confusion');
        assert.equal(outcome(token, set(jwk(rsa.publicKey), jwk(p256.publicKey))), 'key-confusion');
      });
    }
    it('with the public key wrapped into a secret', () => {
      for (const text of [spki, JSON.stringify(jwk(rsa.publicKey))]) {
        const wrapped = set({ kty: 'oct', k: Buffer.from(text).toString('base64url') });
        assert.equal(outcome(maced({ alg: 'HS256' }, text), wrapped), 'key-confusion');
      }
    });
    it('with the bytes of the public key wrapped into a secret', () => {
      const forms = [
        rsa.publicKey.export({ type: 'spki', format: 'der' }),
        rsa.publicKey.export({ type: 'pkcs1', format: 'der' }),
        p256.publicKey.export({ type: 'spki', format: 'der' }),
      ];
      for (const der of forms) {
        const wrapped = set({ kty: 'oct', k: der.toString('base64url') });
        assert.equal(outcome(maced({ alg: 'HS256' }, der), wrapped), 'key-confusion');
        assert.equal(outcome(maced({ alg: 'HS256' }, der), der.toString('hex'), 'hex'), 'key-confusion');
      }
      const secret = Buffer.concat([Buffer.from([0x30]), Buffer.alloc(40, 7)]);
      assert.equal(outcome(maced({ alg: 'HS256' }, secret), secret.toString('hex'), 'hex'), 'ok');
    });
    it('with a kid that names a public key among secrets', () => {
      const keys = set(jwk(rsa.publicKey, { kid: 'a' }), { kty: 'oct', kid: 'b', k: 'c2VjcmV0' });
      assert.equal(outcome(maced({ alg: 'HS256', kid: 'a' }, 'secret'), keys), 'key-confusion');
      assert.equal(outcome(maced({ alg: 'HS256', kid: 'b' }, 'secret'), keys), 'ok');
    });
    it('says it of no token that is signed by the kind of key that was given', () => {
      assert.equal(
        outcome(signed({ alg: 'RS256' }, rsa.privateKey), 'a shared secret', 'utf8'),
        'no-fitting-key',
      );
    });
  });

  describe('says why not', () => {
    const token = signed({ alg: 'RS256', kid: 'a' }, rsa.privateKey);
    const rows: [string, string, string, string][] = [
      ['alg none with a signature', signed({ alg: 'None' }, rsa.privateKey), pem(rsa.publicKey), 'unsigned'],
      ['no signature', `${token.slice(0, token.lastIndexOf('.'))}.`, pem(rsa.publicKey), 'unsigned'],
      ['no alg', signed({}, rsa.privateKey), pem(rsa.publicKey), 'unsupported-algorithm'],
      [
        'an alg of the prototype',
        signed({ alg: 'constructor' }, rsa.privateKey),
        pem(rsa.publicKey),
        'unsupported-algorithm',
      ],
      [
        'crit',
        signed({ alg: 'RS256', crit: ['b64'], b64: false }, rsa.privateKey),
        pem(rsa.publicKey),
        'critical-header',
      ],
      [
        'another kid',
        token,
        set(jwk(rsa.publicKey, { kid: 'b' }), jwk(otherRsa.publicKey, { kid: 'c' })),
        'unknown-key',
      ],
      ['another kind', token, pem(p256.publicKey), 'no-fitting-key'],
      [
        'another curve',
        signed({ alg: 'ES384' }, p256.privateKey, 'sha384', ecdsa),
        pem(p256.publicKey),
        'no-fitting-key',
      ],
      ['a key for encryption', token, set(jwk(rsa.publicKey, { use: 'enc' })), 'key-not-for-this'],
      ['a key for signing only', token, set(jwk(rsa.publicKey, { key_ops: ['sign'] })), 'key-not-for-this'],
      ['a key of another alg', token, set(jwk(rsa.publicKey, { alg: 'PS256' })), 'key-not-for-this'],
      ['a broken key', token, set({ kty: 'RSA', n: '!', e: 3 }), 'unusable-key'],
      [
        'a point off the curve',
        signed({ alg: 'ES256' }, p256.privateKey, 'sha256', ecdsa),
        set({ kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }),
        'unusable-key',
      ],
      ['another key', token, pem(otherRsa.publicKey), 'bad-signature'],
      [
        'PSS under an RS alg',
        signed({ alg: 'RS256' }, rsa.privateKey, 'sha256', padding),
        pem(rsa.publicKey),
        'bad-signature',
      ],
      [
        'DER in place of P1363',
        signed({ alg: 'ES256' }, p256.privateKey),
        pem(p256.publicKey),
        'bad-signature',
      ],
      [
        'zeros for an ECDSA signature',
        `${part({ alg: 'ES256' })}.e30.${'A'.repeat(86)}`,
        pem(p256.publicKey),
        'bad-signature',
      ],
    ];
    for (const [what, text, keys, reason] of rows) {
      it(`${what}: ${reason}`, () => assert.equal(outcome(text, keys), reason));
    }

    const unreadable: [string, string, string][] = [
      ['nothing', ' \n', 'empty'],
      ['words', 'my keys', 'unknown-form'],
      ['broken JSON', '{"keys":[', 'json'],
      ['no keys', '{"keys":[]}', 'no-keys'],
      ['keys of unknown kinds', '{"keys":[{"kty":"X"},1,null]}', 'no-keys'],
      ['a PEM without end', '-----BEGIN PUBLIC KEY-----\nAAAA', 'pem'],
      ['a PEM of nothing', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'pem'],
      [
        'a locked private key',
        String(
          rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }),
        ),
        'pem',
      ],
      ['very much', 'x'.repeat(17 * 1024 * 1024), 'too-large'],
    ];
    for (const [what, keys, reason] of unreadable) {
      it(`${what}: ${reason}`, () => {
        assert.throws(
          () => verifyWithKeys(token, keys),
          (error: { code?: string; data?: { reason?: string }; message?: string; cause?: unknown }) =>
            error.code === 'token.keys-unavailable' &&
            error.data?.reason === reason &&
            error.cause === undefined &&
            !/AAAA|my keys/.test(String(error.message)),
        );
      });
    }
  });

  it('takes a certificate', () => {
    // Self-signed, P-256, made once for this test.
    const certificate = CERTIFICATE;
    const [key] = readKeys(certificate);
    assert.deepEqual([key?.kty, key?.crv], ['EC', 'P-256']);
    assert.equal(
      outcome(signed({ alg: 'ES256' }, p256.privateKey, 'sha256', ecdsa), certificate),
      'bad-signature',
    );
  });

  describe('with a set of 10,000 keys', () => {
    const base = jwk(otherRsa.publicKey);
    const many = Array.from({ length: 10_000 }, (_, index) => ({ ...base, kid: `key-${index}`, use: 'sig' }));
    const keys = JSON.stringify({ keys: [...many, jwk(rsa.publicKey, { kid: 'ours' })] });

    it('finds the one that the token names, and makes no other', () => {
      assert.equal(outcome(signed({ alg: 'RS256', kid: 'ours' }, rsa.privateKey), keys), 'ok');
      assert.equal(outcome(signed({ alg: 'RS256', kid: 'key-9999' }, rsa.privateKey), keys), 'bad-signature');
      assert.equal(outcome(signed({ alg: 'RS256', kid: 'key-10000' }, rsa.privateKey), keys), 'unknown-key');
      assert.equal(outcome(signed({ alg: 'RS256', kid: 'toString' }, rsa.privateKey), keys), 'unknown-key');
    });

    it('does not try them all where the token names none', () => {
      assert.equal(outcome(signed({ alg: 'RS256' }, rsa.privateKey), keys), 'too-many-keys');
      assert.equal(
        outcome(signed({ alg: 'ES256' }, p256.privateKey, 'sha256', ecdsa), keys),
        'no-fitting-key',
      );
    });

    it('also where all have the same ID', () => {
      const same = JSON.stringify({ keys: many.map((key) => ({ ...key, kid: 'a' })) });
      assert.equal(outcome(signed({ alg: 'RS256', kid: 'a' }, rsa.privateKey), same), 'too-many-keys');
    });
  });

  it('never throws anything but its own errors', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constantFrom('RSA', 'EC', 'oct', 'OKP', 'P-256', 'AQAB', null),
    );
    const key = fc.dictionary(
      fc.constantFrom('kty', 'n', 'e', 'crv', 'x', 'y', 'k', 'kid', 'alg', 'use', 'key_ops'),
      value,
    );
    const tokens = [
      signed({ alg: 'RS256', kid: 'a' }, rsa.privateKey),
      signed({ alg: 'ES256' }, p256.privateKey, 'sha256', ecdsa),
      maced({ alg: 'HS256' }, 'x'),
    ];
    const text = fc.oneof(
      fc.array(key).map((keys) => JSON.stringify({ keys })),
      fc.json(),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...tokens), text, (token, keys) => {
        try {
          assert.ok(!verifyWithKeys(token, keys, 'utf8').ok);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'token.keys-unavailable');
        }
      }),
      { numRuns: 300 },
    );
  });
});

const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBezCCASGgAwIBAgIUS68pq5EgF4oIxsOLZ0rPbQnrD3MwCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHZXhhbXBsZTAgFw0yNjExMjEwOTA5MDFaGA8yMTI2MTAyODA5
MDkwMVowEjEQMA4GA1UEAwwHZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABJhxlxsQMKFZ0iIoUu9bXZ2dNLbw0Xb3O+PmwkyJffedFh6MD9DLBMwlhqsh
y4ri3ESV8tH96FU+2749+0lEnYijUzBRMB0GA1UdDgQWBBSF6qozjqMNhbhKVe5m
y/ycftto7jAfBgNVHSMEGDAWgBSF6qozjqMNhbhKVe5my/ycftto7jAPBgNVHRMB
Af8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQCQrLp+9mlOPGpihdb4vCqt+Qey
VwVAdcdL+O329/JaJQIgObfjSwepNkbg+L4LDfZ3afRdv+pEM3EExR8kedl2s6E=
-----END CERTIFICATE-----`;
