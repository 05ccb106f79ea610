import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/model';
import { findSite, type FetchDocument } from '../../../../src/core/signin/find-site';
import { testConnection } from '../../../support/fake-aws';

const { endpoints: _endpoints, ...connection } = testConnection();
const pool = connection.userPool!;
const withDomain: Connection = { ...connection, userPool: { ...pool, domain: 'login.shop.example' } };
const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${pool.userPoolId}`;
const body = {
  issuer,
  authorization_endpoint: 'https://shop.auth.us-east-1.amazoncognito.com/oauth2/authorize',
  token_endpoint: 'https://shop.auth.us-east-1.amazoncognito.com/oauth2/token',
};
const { signal } = new AbortController();

const answers =
  (status: number, document?: unknown): FetchDocument =>
  async () => ({ status, body: document });
const fails =
  (error: Error): FetchDocument =>
  () =>
    Promise.reject(error);
const refused = Object.assign(new Error('fetch failed'), {
  cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
});

describe('finding the hosted pages', () => {
  it("asks the pool's issuer for the document", async () => {
    const asked: string[] = [];
    const site = await findSite(
      connection,
      async (url) => {
        asked.push(url);
        return { status: 200, body };
      },
      signal,
    );
    assert.deepEqual(asked, [`${issuer}/.well-known/openid-configuration`]);
    assert.equal(site.authorize, body.authorization_endpoint);
  });

  for (const [what, fetchDocument, code] of [
    ['a pool that is not there', answers(400), 'service.refused'],
    ['HTML', answers(200), 'network.not-aws'],
    ['a fault', answers(503), 'network.not-aws'],
    ['nobody', fails(refused), 'network.unreachable'],
    ['silence', fails(Object.assign(new Error('x'), { name: 'TimeoutError' })), 'timeout'],
  ] as const) {
    it(`${what} in place of the document: ${code}, and no matter where the domain is configured`, async () => {
      await assert.rejects(findSite(connection, fetchDocument, signal), { code });
      const site = await findSite(withDomain, fetchDocument, signal);
      assert.equal(site.authorize, 'https://login.shop.example/oauth2/authorize');
    });
  }

  it('a document of another issuer matters wherever the domain is configured', async () => {
    const other = answers(200, { ...body, issuer: `${issuer}X` });
    for (const one of [connection, withDomain]) {
      await assert.rejects(findSite(one, other, signal), { code: 'signin.other-issuer' });
    }
  });

  it('a cancelled wait is cancelled', async () => {
    const abort = new AbortController();
    const fetchDocument: FetchDocument = () => {
      abort.abort();
      return Promise.reject(new Error('aborted'));
    };
    await assert.rejects(findSite(withDomain, fetchDocument, abort.signal), { code: 'cancelled' });
  });
});
