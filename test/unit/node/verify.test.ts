import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign as signBytes, type KeyObject } from 'node:crypto';
import { createSignatureVerifier } from '../../../src/node/verify';
import type { Jwk } from '../../../src/core/ports';
import { failsWith } from '../../support/failures';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox';
import { createFetchingVerifier } from '../../../src/node/verify';

const URL = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI/.well-known/jwks.json';
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const [one, two] = [rsa(), rsa()];
function rsa(): { privateKey: KeyObject; publicKey: KeyObject } {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}
const jwk = (key: KeyObject, kid: string): Jwk => ({
  ...key.export({ format: 'jwk' }),
  kid,
  alg: 'RS256',
  use: 'sig',
});

function signed(header: object, claims: object, key: KeyObject = one.privateKey): string {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${signBytes('sha256', Buffer.from(input), key).toString('base64url')}`;
}

/** Answers with one set of keys after the other, the last one for ever. */
function keysOf(...sets: (readonly Jwk[])[]) {
  const asked: boolean[] = [];
  const get = async (
    _url: string,
    options: { refetch?: boolean } = {},
  ): Promise<{ keys: readonly Jwk[] }> => {
    asked.push(options.refetch ?? false);
    return { keys: sets[Math.min(asked.filter(Boolean).length, sets.length - 1)] ?? [] };
  };
  return { verifier: createSignatureVerifier({ get }), asked };
}

describe('the signature of a token', () => {
  const header = { alg: 'RS256', kid: 'one' };
  const claims = { sub: 'x', exp: Math.floor(Date.now() / 1000) + 3600 };

  it('is good where the key of its kid made it', async () => {
    const { verifier, asked } = keysOf([jwk(two.publicKey, 'two'), jwk(one.publicKey, 'one')]);
    assert.deepEqual(await verifier.verify(signed(header, claims), URL), { ok: true, kid: 'one' });
    assert.deepEqual(asked, [false]);
  });

  it('is good whatever the claims say: those are judged apart', async () => {
    const { verifier } = keysOf([jwk(one.publicKey, 'one')]);
    const late = [
      { ...claims, exp: 1000 },
      { ...claims, nbf: 9_999_999_999 },
      { ...claims, iss: 'https://elsewhere.example', aud: 'someone', token_use: 'other' },
      {},
    ];
    for (const odd of late) {
      assert.deepEqual(await verifier.verify(signed(header, odd), URL), { ok: true, kid: 'one' });
    }
  });

  const finding = async (
    token: string,
    keys: readonly Jwk[] = [jwk(one.publicKey, 'one')],
  ): Promise<string> => {
    const found = await keysOf(keys).verifier.verify(token, URL);
    return found.ok ? 'ok' : found.reason;
  };

  it('is bad where a byte of the token changed', async () => {
    const [head = '', body = '', signature = ''] = signed(header, claims).split('.');
    const forged = part({ ...claims, 'cognito:groups': ['admins'] });
    assert.equal(await finding(`${head}.${forged}.${signature}`), 'bad-signature');
    assert.equal(
      await finding(`${head}.${body}.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`),
      'bad-signature',
    );
    assert.equal(await finding(`${head}.${body}.`), 'bad-signature');
    assert.equal(await finding(`${head}.${body}`), 'bad-signature');
    assert.equal(await finding(signed(header, claims, two.privateKey)), 'bad-signature');
  });

  it('is none where the token says that it needs none', async () => {
    for (const alg of ['none', 'None', 'NONE', '', undefined, null, ['RS256'], 'RS256 ']) {
      const token = `${part({ ...header, alg })}.${part(claims)}.`;
      assert.equal(await finding(token), 'unsupported-algorithm', JSON.stringify(alg));
    }
  });

  it('is not made with the public key as a password', async () => {
    for (const form of ['pem', 'der', 'n'] as const) {
      const { n = '' } = one.publicKey.export({ format: 'jwk' });
      const secret =
        form === 'pem'
          ? one.publicKey.export({ format: 'pem', type: 'spki' })
          : form === 'der'
            ? one.publicKey.export({ format: 'der', type: 'spki' })
            : n;
      const input = `${part({ alg: 'HS256', kid: 'one' })}.${part(claims)}`;
      const token = `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
      assert.equal(await finding(token), 'unsupported-algorithm');
      assert.equal(
        await finding(token, [{ kty: 'oct', kid: 'one', k: 'c2VjcmV0', alg: 'HS256' }]),
        'unsupported-algorithm',
      );
    }
  });

  it('must be made the way its key is meant for', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const token = signed({ alg: 'RS256', kid: 'one' }, claims);
    assert.notEqual(
      await finding(token, [{ ...ec.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }]),
      'ok',
    );
    assert.notEqual(await finding(token, [{ ...jwk(one.publicKey, 'one'), alg: 'RS512' }]), 'ok');
    assert.notEqual(await finding(token, [{ kid: 'one' }]), 'ok');
  });

  for (const critical of [
    { crit: ['exp'] },
    { crit: ['b64'], b64: false },
    { crit: ['b64', 'exp'], b64: true, exp: 1 },
    { crit: [] },
    { crit: null },
    { crit: 'exp' },
  ]) {
    it(`is refused where the header has ${JSON.stringify(critical)}`, async () => {
      const { verifier, asked } = keysOf([jwk(one.publicKey, 'one')]);
      const found = await verifier.verify(signed({ ...header, ...critical }, claims), URL);
      assert.deepEqual(found, { ok: false, reason: 'critical-header', detail: '' });
      assert.deepEqual(asked, [], 'no key is fetched for it');
    });
  }

  it('counts no key that travels in the token itself', async () => {
    const own = { ...header, kid: 'two', jwk: jwk(two.publicKey, 'two'), jku: 'https://evil.example/keys' };
    assert.equal(await finding(signed(own, claims, two.privateKey)), 'unknown-key');
  });

  it('is looked for in the keys once more where the kid is unknown, and never oftener', async () => {
    const rotated = keysOf([jwk(two.publicKey, 'two')], [jwk(one.publicKey, 'one')]);
    assert.deepEqual(await rotated.verifier.verify(signed(header, claims), URL), { ok: true, kid: 'one' });
    assert.deepEqual(rotated.asked, [false, true]);
    const unknown = keysOf([jwk(two.publicKey, 'two')]);
    assert.deepEqual(await unknown.verifier.verify(signed(header, claims), URL), {
      ok: false,
      reason: 'unknown-key',
      detail: 'one',
    });
    assert.deepEqual(unknown.asked, [false, true]);
  });

  it('asks for no keys where the token names none', async () => {
    const { verifier, asked } = keysOf([jwk(one.publicKey, 'one')]);
    const noKid = await verifier.verify(signed({ alg: 'RS256' }, claims), URL);
    assert.deepEqual(noKid, { ok: false, reason: 'unknown-key', detail: '' });
    for (const garbage of [
      '',
      '.',
      'a.b.c',
      `${part([])}.x.y`,
      `${Buffer.from('null').toString('base64url')}.x.y`,
    ]) {
      assert.equal((await verifier.verify(garbage, URL)).ok, false);
    }
    assert.deepEqual(asked, []);
  });

  describe('with the keys of the sandbox', function () {
    this.timeout(20_000);
    let sandbox: TestSandbox;
    before(async () => {
      sandbox = await startTestSandbox();
    });
    after(() => sandbox.stop());

    it('holds for ID and access token, by one fetch', async () => {
      const { idToken, accessToken } = await sandbox.signIn('reader');
      const url = `${sandbox.description.api}/${sandbox.userPoolId}/.well-known/jwks.json`;
      const verifier = createFetchingVerifier({ allowHttp: () => true });
      await sandbox.control.resetRequests();
      const found = await Promise.all([verifier.verify(idToken, url), verifier.verify(accessToken, url)]);
      assert.ok(found.every(({ ok }) => ok));
      assert.deepEqual(await sandbox.control.requests(), { jwks: 1 });
      const [head = '', body = '', signature = ''] = idToken.split('.');
      const mixed = await verifier.verify(`${head}.${body}.${accessToken.split('.')[2] ?? signature}`, url);
      assert.equal(mixed.ok, false);
    });

    it('asks twice, for two tokens of unknown keys at once', async () => {
      const url = `${sandbox.description.api}/${sandbox.userPoolId}/.well-known/jwks.json`;
      const verifier = createFetchingVerifier({ allowHttp: () => true });
      await sandbox.control.resetRequests();
      const token = signed(header, claims);
      await Promise.all([verifier.verify(token, url), verifier.verify(token, url)]);
      assert.deepEqual(await sandbox.control.requests(), { jwks: 2 });
    });

    it('is not judged where the keys cannot be had', async () => {
      const { idToken } = await sandbox.signIn('reader');
      const url = `${sandbox.description.api}/${sandbox.userPoolId}/.well-known/jwks.json`;
      const verifier = createFetchingVerifier({ allowHttp: () => true });
      await sandbox.control.fault({ operation: 'jwks', kind: 'html', value: 502 });
      await failsWith(verifier.verify(idToken, url), 'token.keys-unavailable');
      await sandbox.control.fault({ operation: 'jwks', kind: 'malformed' });
      await failsWith(verifier.verify(idToken, url), 'network.not-aws');
      await sandbox.control.fault({ operation: 'jwks', kind: 'truncate' });
      await failsWith(verifier.verify(idToken, url), 'network.reset');
      assert.equal((await verifier.verify(idToken, url)).ok, true);
    });
  });
});
