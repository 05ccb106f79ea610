import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/model';
import { decodeToken } from '../../../../src/core/tokens/decode';
import { judgeBySource, keySource } from '../../../../src/core/tokens/key-source';
import { tokenOf } from './make';

const pool = 'us-east-1_Sandbox01';
const host = 'cognito-idp.us-east-1.amazonaws.com';
const of = (
  iss: unknown,
  header: object = { alg: 'RS256', kid: 'k' },
  connections: readonly Connection[] = [],
) => keySource(decodeToken(tokenOf({ iss, client_id: 'web', token_use: 'access' }, header)), connections);

describe('whose keys fit a token', () => {
  it('are those of a pool of Cognito, at its one address', () => {
    assert.deepEqual(of(`https://${host}/${pool}`), {
      keys: { kind: 'issuer', name: pool, host },
      url: `https://${host}/${pool}/.well-known/jwks.json`,
    });
    assert.equal(
      of('https://cognito-identity.amazonaws.com').url,
      'https://cognito-identity.amazonaws.com/.well-known/jwks_uri',
    );
  });

  for (const iss of [
    `https://cognito-idp.evil.com/${pool}`,
    `https://${host}.evil.com/${pool}`,
    `https://evil.com/${host}/${pool}`,
    `https://evil.com#${host}/${pool}`,
    `https://someone@${host}/${pool}`,
    `https://${host}@evil.com/${pool}`,
    `https://${host}:443/${pool}`,
    `https://${host}:8443/${pool}`,
    `https://${host}/${pool}/`,
    `https://${host}/${pool}/../../x_1`,
    `https://${host}/${pool}?a=b`,
    `https://${host}/${pool}\n`,
    `https://${host}\\.evil.com/${pool}`,
    `https://${host}%2eevil.com/${pool}`,
    `https://cognito-idp.us-east-1.amazonaws.com.${pool}`,
    `https://cognito-idp.us\u2024east-1.amazonaws.com/${pool}`,
    `https://cognito-idp.a/b.amazonaws.com/${pool}`,
    `http://${host}/${pool}`,
    `//${host}/${pool}`,
    `${host}/${pool}`,
    `HTTPS://${host}/${pool}`,
    'https://cognito-identity.amazonaws.com.evil.com',
    'https://evil-cognito-identity.amazonaws.com',
    'https://cognito-identity.amazonaws.com/x',
  ]) {
    it(`are nobody’s for ${JSON.stringify(iss)}`, () => {
      assert.deepEqual(of(iss), { keys: { kind: 'unknown', issuer: iss } });
    });
  }

  it('are nobody’s where the issuer is no text', () => {
    for (const iss of [[`https://${host}/${pool}`], { toString: 'x' }, 1, null])
      assert.deepEqual(of(iss), { keys: { kind: 'unknown' } });
  });

  it('do not fit an algorithm of shared secrets', () => {
    const connection = {
      id: 'shop',
      label: 'shop',
      userPool: { userPoolId: pool, clientId: 'web' },
    } as unknown as Connection;
    for (const alg of ['HS256', 'PS256', 7]) {
      const { keys } = of(`https://${host}/${pool}`, { alg, kid: 'k' });
      assert.ok('unfit' in keys && keys.unfit, `${alg}`);
    }
    assert.deepEqual(of(`https://${host}/${pool}`, { alg: 'HS256' }, [connection]).keys, {
      kind: 'connection',
      label: 'shop',
      otherClient: false,
      unfit: true,
    });
  });
});

describe('a token of a pool with two clients', () => {
  const connections = ['web1', 'web2'].map((clientId) => ({
    id: clientId,
    label: clientId,
    userPool: { userPoolId: pool, clientId },
  })) as unknown as Connection[];
  const judged = (clientId: string) => {
    const decoded = decodeToken(
      tokenOf({
        iss: `https://${host}/${pool}`,
        client_id: clientId,
        token_use: 'access',
        exp: 2000,
        iat: 1000,
      }),
    );
    const found = keySource(decoded, connections);
    const signature = { ok: true, kid: 'k' } as const;
    const verdicts = judgeBySource(decoded, found, { nowMs: 1_500_000, signature });
    const audience = verdicts.find(({ check }) => check === 'audience')?.status;
    return {
      label: found.connection?.id,
      audience,
      failed: verdicts.filter(({ status }) => status === 'failed'),
    };
  };

  it('is judged by the connection of its own client', () => {
    assert.deepEqual(judged('web2'), { label: 'web2', audience: 'ok', failed: [] });
  });

  it('is no worse for a client that no connection has', () => {
    assert.deepEqual(judged('other'), { label: 'web1', audience: 'unknown', failed: [] });
  });

  it('is not told to refresh a session, which it may not have', () => {
    const decoded = decodeToken(tokenOf({ iss: `https://${host}/${pool}`, client_id: 'web1', exp: 2000 }));
    const verdicts = judgeBySource(decoded, keySource(decoded, connections), { nowMs: 9_000_000 });
    const expiry = verdicts.find(({ check }) => check === 'expiry');
    assert.equal(expiry?.status, 'failed');
    assert.match(expiry.sentence, /^Expired .* ago: expected a token that is still valid\.$/);
  });
});
