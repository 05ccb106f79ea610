import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/model';
import {
  callbackModes,
  callbackUris,
  handlerCallback,
  isPlainChoice,
  logoutUrl,
  signOutUris,
  siteOf,
  type CallbackHost,
} from '../../../../src/core/signin/hosted-ui';
import { extensionId } from '../../../../src/ids';
import { testConnection } from '../../../support/fake-aws';

const base = testConnection();
const pool = base.userPool!;
const domain = 'https://shop.auth.us-east-1.amazoncognito.com';

/** A connection to AWS itself, changed as told. */
function made(changes: { domain?: string; endpoints?: Connection['endpoints'] } = {}): Connection {
  const { endpoints: _endpoints, ...plain } = base;
  return {
    ...plain,
    userPool: { ...pool, ...(changes.domain === undefined ? {} : { domain: changes.domain }) },
    ...(changes.endpoints ? { endpoints: changes.endpoints } : {}),
  };
}

const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${pool.userPoolId}`;
const updated = issuer.replace('https://', 'https://issuer-');
const document = {
  issuer,
  authorization_endpoint: `${domain}/oauth2/authorize`,
  token_endpoint: `${domain}/oauth2/token`,
  userinfo_endpoint: `${domain}/oauth2/userInfo`,
};

const codeOf =
  (code: string, data: Record<string, unknown> = {}) =>
  (error: { code: string; data: Record<string, unknown> }): boolean => {
    assert.equal(error.code, code);
    for (const [key, value] of Object.entries(data)) assert.equal(error.data[key], value, key);
    return true;
  };

describe('the site of the hosted pages', () => {
  it('is what the discovery document names', () => {
    const site = siteOf(made(), document);
    assert.deepEqual(site, {
      issuers: [issuer, updated],
      authorize: `${domain}/oauth2/authorize`,
      token: `${domain}/oauth2/token`,
      revoke: `${domain}/oauth2/revoke`,
      userInfo: `${domain}/oauth2/userInfo`,
      logout: `${domain}/logout`,
    });
    const named = siteOf(made(), { ...document, end_session_endpoint: `${domain}/bye` });
    assert.equal(named.logout, `${domain}/bye`);
  });

  it("takes the pool's other issuer form from the document", () => {
    assert.deepEqual(siteOf(made(), { ...document, issuer: updated }).issuers, [updated, issuer]);
  });

  it('is the configured domain, which needs no document', () => {
    const site = siteOf(made({ domain: 'login.shop.example' }), undefined);
    assert.equal(site.authorize, 'https://login.shop.example/oauth2/authorize');
    assert.equal(site.logout, 'https://login.shop.example/logout');
    assert.deepEqual(site.issuers, [issuer, updated]);
    assert.equal(
      siteOf(made({ domain: 'login.shop.example' }), document).token.split('/')[2],
      'login.shop.example',
    );
  });

  it('is the configured endpoint, before the domain', () => {
    const endpoints = { hostedUi: 'http://127.0.0.1:4566' };
    const site = siteOf(made({ domain: 'login.shop.example', endpoints }), document);
    assert.equal(site.token, 'http://127.0.0.1:4566/oauth2/token');
  });

  it('is refused where the document names another issuer, wherever the pages stand', () => {
    const other = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other0000';
    for (const connection of [made(), made({ domain: 'login.shop.example' })]) {
      assert.throws(
        () => siteOf(connection, { ...document, issuer: other }),
        codeOf('signin.other-issuer', { expected: issuer, found: other }),
      );
    }
  });

  it('is missing where the pool has no domain, or nothing could be asked', () => {
    const bare = { issuer, jwks_uri: `${issuer}/.well-known/jwks.json` };
    assert.throws(() => siteOf(made(), bare), codeOf('signin.no-domain', { asked: true }));
    assert.throws(() => siteOf(made(), undefined), codeOf('signin.no-domain', { asked: false }));
    const empty = { ...document, authorization_endpoint: '' };
    assert.throws(() => siteOf(made(), empty), codeOf('signin.no-domain'));
    assert.throws(
      () => siteOf(made(), { ...document, authorization_endpoint: 'login' }),
      codeOf('signin.no-domain'),
    );
  });

  it('is never plain http but at a configured endpoint', () => {
    const plain = {
      issuer,
      authorization_endpoint: 'http://localhost:9229/oauth2/authorize',
      token_endpoint: 'http://localhost:9229/oauth2/token',
    };
    assert.throws(
      () => siteOf(made(), plain),
      codeOf('connection.untrusted-endpoint', { host: 'localhost:9229' }),
    );
    const endpoints = { cognitoIdp: 'http://localhost:9229' };
    assert.equal(siteOf(made({ endpoints }), plain).authorize, 'http://localhost:9229/oauth2/authorize');
    const elsewhere = { ...document, token_endpoint: 'http://evil.example/token' };
    assert.throws(
      () => siteOf(made({ endpoints }), elsewhere),
      codeOf('connection.untrusted-endpoint', { host: 'evil.example' }),
    );
    const script = { ...document, authorization_endpoint: 'javascript:alert(1)' };
    assert.throws(() => siteOf(made(), script), codeOf('connection.untrusted-endpoint'));
  });

  it('needs a user pool', () => {
    const { userPool: _pool, ...alone } = made();
    assert.throws(() => siteOf(alone, document), codeOf('signin.flow-unsupported'));
  });

  it('signs the browser out in the way of Cognito', () => {
    const url = new URL(logoutUrl(siteOf(made(), document), 'client+1', 'http://localhost:8400/callback'));
    assert.equal(`${url.origin}${url.pathname}`, `${domain}/logout`);
    assert.deepEqual(
      [...url.searchParams],
      [
        ['client_id', 'client+1'],
        ['logout_uri', 'http://localhost:8400/callback'],
      ],
    );
  });
});

describe('callback addresses', () => {
  it('are one for each port, and the one of VS Code', () => {
    const connection = { ...made(), userPool: { ...pool, callbackPorts: [8400, 9000] } };
    assert.deepEqual(callbackUris(connection, 'vscode-insiders'), [
      'http://localhost:8400/callback',
      'http://localhost:9000/callback',
      'vscode-insiders://cognito-workbench.cognito-workbench/callback',
    ]);
  });

  it('have others beside them for signing out', () => {
    const connection = { ...made(), userPool: { ...pool, callbackPorts: [8400, 9000] } };
    assert.deepEqual(signOutUris(connection), [
      'http://localhost:8400/signed-out',
      'http://localhost:9000/signed-out',
    ]);
  });

  it('name the extension by its id, which is how VS Code finds it', () => {
    assert.equal(new URL(handlerCallback('vscode')).host, extensionId);
  });
});

describe('ways back from the browser', () => {
  /** Every window: which ways there are, the best first. */
  const windows: [
    uiKind: CallbackHost['uiKind'],
    remote: boolean,
    forwarded: boolean,
    ports: boolean,
    ways: string,
  ][] = [
    ['desktop', false, false, false, 'uri'],
    ['desktop', false, false, true, 'loopback uri paste'],
    ['desktop', false, true, false, 'uri'],
    ['desktop', false, true, true, 'loopback uri paste'],
    ['desktop', true, false, false, 'uri'],
    ['desktop', true, false, true, 'uri paste loopback'],
    ['desktop', true, true, false, 'uri'],
    ['desktop', true, true, true, 'loopback uri paste'],
    ['web', false, false, false, 'uri'],
    ['web', false, false, true, 'paste uri'],
    ['web', false, true, false, 'uri'],
    ['web', false, true, true, 'paste uri'],
    ['web', true, false, false, 'uri'],
    ['web', true, false, true, 'paste loopback uri'],
    ['web', true, true, false, 'uri'],
    ['web', true, true, true, 'loopback paste uri'],
  ];

  for (const [uiKind, remote, portForwarded, ports, ways] of windows) {
    const name = [
      uiKind,
      remote ? 'remote' : 'local',
      portForwarded ? 'ports forwarded' : 'no forwarding',
      ports ? 'with ports' : 'without ports',
    ].join(', ');
    it(`${name}: ${ways}`, () => {
      assert.equal(callbackModes({ uiKind, remote, portForwarded, ports }).join(' '), ways);
    });
  }

  it('covers every window', () => {
    assert.equal(new Set(windows.map((row) => row.slice(0, 4).join())).size, 16);
  });

  it('is a question only where the window is in a browser or its machine far away', () => {
    const at = (uiKind: CallbackHost['uiKind'], remote: boolean): boolean =>
      isPlainChoice({ uiKind, remote, portForwarded: false, ports: true });
    assert.deepEqual(
      [at('desktop', false), at('desktop', true), at('web', false), at('web', true)],
      [true, false, false, false],
    );
  });
});
