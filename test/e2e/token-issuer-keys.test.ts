import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { behindProxy, type BehindProxy } from '../support/behind-proxy';
import { journey } from './support/journey';

const host = 'cognito-idp.eu-central-1.amazonaws.com';
const pool = 'eu-central-1_Elsewhere';
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const pools = rsa();
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function tokenOf(iss: string, key: KeyObject, kid = 'pool-key'): string {
  const times = { iat: Math.floor(Date.now() / 1000) - 60, exp: Math.floor(Date.now() / 1000) + 3000 };
  const claims = { sub: 'someone', iss, client_id: 'elsewhere', token_use: 'access', ...times };
  const input = `${encode({ kid, alg: 'RS256' })}.${encode(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
}

journey(
  'a token of a pool that no connection names, behind a proxy',
  async () => {
    world = await behindProxy(host, (_request, response) => {
      if (keys === undefined) response.writeHead(503).end('busy');
      else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
    });
    return {
      settings: { 'http.proxy': world.proxy },
      // The store of the system's certificate authorities, where a company's own is installed.
      env: { SSL_CERT_FILE: world.authority },
    };
  },
  (window) => {
    const frame = () => window().inspectorFrame();
    const fetchButton = () => frame().getByRole('button', { name: /^Fetch Keys/ });
    after(() => world?.close());

    async function inspect(token: string): Promise<void> {
      await window().page.evaluate((text) => navigator.clipboard.writeText(text), token);
      await window().runCommand('Inspect Token…');
      await window().editorTab('Inspector: Token').waitFor();
    }

    it('is read without asking anybody', async () => {
      await inspect(tokenOf(`https://${host}/${pool}`, pools.privateKey));
      await frame().getByText(`No connection has this issuer. Its keys are public, at ${host}.`).waitFor();
      await frame().getByText('Without keys nobody can tell whether the claims are genuine.').waitFor();
      await frame().getByRole('button', { name: 'JSON' }).click();
      await frame().getByText('"client_id": "elsewhere"').waitFor();
      await frame().getByRole('button', { name: 'JSON' }).click();
      assert.deepEqual(requests(), []);
    });

    it('stays unchecked where its pool does not answer, and can be asked again', async () => {
      await fetchButton().click();
      await frame().getByRole('alert').waitFor();
      assert.deepEqual(requests(), [`${host} /${pool}/.well-known/jwks.json`]);
      await frame().getByText('Without keys nobody can tell whether the claims are genuine.').waitFor();
      await fetchButton().waitFor();
    });

    it('is checked with the keys of its pool once the person says so', async () => {
      keys = [{ ...pools.publicKey.export({ format: 'jwk' }), kid: 'pool-key', alg: 'RS256', use: 'sig' }];
      await fetchButton().click();
      await frame()
        .getByText(new RegExp(`^Signature valid · issued by ${pool}`))
        .waitFor();
      await frame().getByText(`Checked with the keys that ${host} publishes.`).waitFor();
      assert.equal(requests().length, 2);
      assert.deepEqual(
        [...new Set(world?.asked.filter((one) => one.startsWith('cognito')))],
        [`${host}:443`],
      );
    });

    it('is told from one that somebody else signed', async () => {
      await inspect(tokenOf(`https://${host}/${pool}`, rsa().privateKey));
      await frame().getByText('Without keys nobody can tell whether the claims are genuine.').waitFor();
      await fetchButton().click();
      await frame().getByText('Signature: failed.').waitFor();
      await inspect(tokenOf(`https://${host}/${pool}`, rsa().privateKey, 'other-key'));
      await frame().getByText('Without keys nobody can tell whether the claims are genuine.').waitFor();
      const before = requests().length;
      await fetchButton().click();
      await frame().getByText('other-key').first().waitFor();
      await frame().getByText('Signature: failed.').waitFor();
      assert.ok(requests().length > before, 'a key that is not known may be new');
    });

    it('is never looked up at an address that only looks like Cognito’s', async () => {
      const before = [...(world?.asked ?? [])].length;
      for (const iss of [
        `https://cognito-idp.evil.com/${pool}`,
        `https://${host}.evil.com/${pool}`,
        `https://someone@${host}/${pool}`,
        `https://${host}:8443/${pool}`,
        `https://${host}/${pool}/../../other`,
        `http://${host}/${pool}`,
      ]) {
        await inspect(tokenOf(iss, pools.privateKey));
        await frame().getByText(`Paste the keys of “${iss}”`).waitFor();
        assert.equal(await fetchButton().count(), 0, iss);
      }
      assert.equal(world?.asked.slice(before).filter((one) => /cognito|evil/.test(one)).length, 0);
    });

    const requests = (): readonly string[] => world?.seen ?? [];
  },
);

let world: BehindProxy | undefined;
/** What the pool publishes; undefined while it is out of order. */
let keys: readonly object[] | undefined;
