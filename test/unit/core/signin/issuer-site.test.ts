import assert from 'node:assert/strict';
import { isWorkbenchError } from '../../../../src/core/errors';
import type { FetchDocument } from '../../../../src/core/signin/find-site';
import { findIssuer, isIssuerAddress } from '../../../../src/core/signin/issuer-site';

const issuer = 'https://login.acme.example/tenant';
const document = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  id_token_signing_alg_values_supported: ['none', 'RS256', 'ES256', 7],
};
const { signal } = new AbortController();
const answers =
  (body: unknown, status = 200): FetchDocument =>
  async () => ({ status, body });

describe('the sign-in page of an OpenID Connect provider', () => {
  it('is where the discovery document of the issuer says', async () => {
    const asked: string[] = [];
    const site = await findIssuer(
      issuer,
      async (url) => {
        asked.push(url);
        return { status: 200, body: document };
      },
      signal,
    );
    assert.deepEqual(asked, [`${issuer}/.well-known/openid-configuration`]);
    assert.deepEqual(site.issuers, [issuer]);
    assert.equal(site.authorize, document.authorization_endpoint);
    assert.equal(site.token, document.token_endpoint);
    assert.deepEqual(site.algorithms, ['RS256', 'ES256']);
  });

  it('belongs to an issuer whose name may end in a slash: tokens must carry the name that the document has', async () => {
    const body = { ...document, issuer: `${issuer}/` };
    assert.deepEqual((await findIssuer(issuer, answers(body), signal)).issuers, [`${issuer}/`]);
  });

  const refused: readonly (readonly [string, FetchDocument, RegExp])[] = [
    ['no document', answers(undefined, 404), /HTTP 404 at https:\/\/login\.acme\.example/],
    ['no JSON', answers(undefined), /no JSON document/],
    ['no issuer', answers({ ...document, issuer: undefined }), /issuer ""/],
    ['another issuer', answers({ ...document, issuer: 'https://evil.example' }), /"https:\/\/evil\.example"/],
    [
      'no sign-in page',
      answers({ ...document, authorization_endpoint: undefined }),
      /authorization_endpoint/,
    ],
    ['a page without TLS', answers({ ...document, authorization_endpoint: 'http://a.example/' }), /https/],
    ['tokens without TLS', answers({ ...document, token_endpoint: 'http://a.example/' }), /token_endpoint/],
    ['tokens from a script', answers({ ...document, token_endpoint: 'javascript:1' }), /token_endpoint/],
  ];
  for (const [what, fetchDocument, detail] of refused) {
    it(`is not opened where there is ${what}`, () =>
      assert.rejects(findIssuer(issuer, fetchDocument, signal), (error) => {
        assert.ok(isWorkbenchError(error));
        assert.equal(error.code, 'federation.provider-failed');
        assert.equal(error.data['reason'], 'discovery');
        assert.match(String(error.data['detail']), detail);
        return true;
      }));
  }

  it('is not asked for without TLS, but on this machine', async () => {
    const own = 'http://127.0.0.1:9000';
    const body = { ...document, issuer: own, authorization_endpoint: `${own}/a`, token_endpoint: `${own}/t` };
    assert.equal((await findIssuer(own, answers(body), signal)).token, `${own}/t`);
    const never: FetchDocument = () => assert.fail('nothing is fetched');
    await assert.rejects(findIssuer('http://login.acme.example', never, signal), { message: /https/ });
  });

  for (const [address, ok] of [
    ['https://login.acme.example', true],
    [' https://login.acme.example/v2.0/ ', true],
    ['http://localhost:8080/realms/a', true],
    ['http://[::1]:8080', true],
    ['http://127.0.0.1.evil.example', false],
    ['http://login.acme.example', false],
    ['https://user@login.acme.example', false],
    ['https://login.acme.example?a=b', false],
    ['https://login.acme.example#a', false],
    ['login.acme.example', false],
    ['', false],
  ] as const) {
    it(`${ok ? 'takes' : 'refuses'} "${address}" as an issuer`, () =>
      assert.equal(isIssuerAddress(address), ok));
  }

  it('is given up when the person gives up', async () => {
    const abort = new AbortController();
    const fetchDocument: FetchDocument = async () => {
      abort.abort();
      throw new Error('aborted');
    };
    await assert.rejects(findIssuer(issuer, fetchDocument, abort.signal), { code: 'cancelled' });
  });
});
