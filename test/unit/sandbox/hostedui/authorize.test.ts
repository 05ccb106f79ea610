import assert from 'node:assert/strict';
import { errorOn, titleOf } from './browser';
import { CALLBACK, Scene, codeIn } from './scene';

type Change = Readonly<Record<string, string | undefined>>;

describe('sandbox hosted UI: /oauth2/authorize', function () {
  this.timeout(20_000);
  let scene: Scene;
  let implicit: string;
  let apiOnly: string;
  let nowhere: string;

  before(async () => {
    scene = await Scene.start();
    implicit = (await scene.addClient({ AllowedOAuthFlows: ['implicit'] })).id;
    apiOnly = (await scene.addClient({ AllowedOAuthFlowsUserPoolClient: false })).id;
    nowhere = (await scene.addClient({ SupportedIdentityProviders: [] })).id;
  });
  after(() => scene.stop());

  const onThePage: readonly [name: string, change: () => Change, error: string][] = [
    ['no client', () => ({ client_id: undefined }), 'invalid_request'],
    ['an unknown client', () => ({ client_id: 'nobody' }), 'invalid_client'],
    ['an inherited name', () => ({ client_id: 'constructor' }), 'invalid_client'],
    ['no callback', () => ({ redirect_uri: undefined }), 'invalid_request'],
    ['another port', () => ({ redirect_uri: 'http://localhost:8403/callback' }), 'redirect_mismatch'],
    [
      'another spelling of the host',
      () => ({ redirect_uri: 'http://127.0.0.1:8400/callback' }),
      'redirect_mismatch',
    ],
    ['a slash more', () => ({ redirect_uri: `${CALLBACK}/` }), 'redirect_mismatch'],
    ['a query more', () => ({ redirect_uri: `${CALLBACK}?x=1` }), 'redirect_mismatch'],
    ['another case', () => ({ redirect_uri: 'HTTP://localhost:8400/callback' }), 'redirect_mismatch'],
    ['another site', () => ({ redirect_uri: 'https://attacker.example/' }), 'redirect_mismatch'],
    ['a script', () => ({ redirect_uri: 'javascript:alert(1)' }), 'redirect_mismatch'],
    ['a client without OAuth', () => ({ client_id: apiOnly }), 'unauthorized_client'],
    ['a client without providers', () => ({ client_id: nowhere }), 'no_identity_provider'],
  ];
  for (const [name, change, error] of onThePage) {
    it(`keeps ${name} on its own error page`, async () => {
      const stop = await scene.browser().open(scene.address(change()));
      assert.equal(stop.left, undefined);
      assert.equal(new URL(stop.address).pathname, '/error');
      assert.equal(stop.status, 400);
      assert.equal(errorOn(stop), error);
      assert.match(stop.html, /An error was encountered with the requested page/);
    });
  }

  it('keeps a parameter that stands there twice on its own error page', async () => {
    const stop = await scene.browser().open(`${scene.address()}&redirect_uri=https://attacker.example/`);
    assert.equal(errorOn(stop), 'invalid_request');
  });

  it('lets nobody write on its error page', async () => {
    const stop = await scene
      .browser()
      .open(`${scene.api}/error?error=<b>Call+555&error_description=Call+555`);
    assert.equal(stop.status, 400);
    assert.doesNotMatch(stop.html, /555/);
  });

  it('answers nothing for a pool without a domain', async () => {
    const { description, userPoolId } = scene.sandbox;
    const found = description.userPools.find(({ id }) => id === userPoolId);
    assert.ok(found);
    const { DeleteUserPoolDomainCommand, CreateUserPoolDomainCommand } =
      await import('@aws-sdk/client-cognito-identity-provider');
    const domain = { UserPoolId: userPoolId, Domain: 'notes-app-sandbox' };
    await scene.admin.send(new DeleteUserPoolDomainCommand(domain));
    try {
      assert.equal(errorOn(await scene.browser().open(scene.address())), 'invalid_client');
      const { body } = await scene.token({ grant_type: 'authorization_code', client_id: scene.web });
      assert.deepEqual(body, { error: 'invalid_client' });
      const discovery = await fetch(`${scene.api}/${userPoolId}/.well-known/openid-configuration`);
      assert.equal(((await discovery.json()) as Change)['authorization_endpoint'], undefined);
    } finally {
      await scene.admin.send(new CreateUserPoolDomainCommand(domain));
    }
  });

  const onTheRedirect: readonly [name: string, change: () => Change, error: string][] = [
    ['no response type', () => ({ response_type: undefined }), 'invalid_request'],
    ['a hybrid response type', () => ({ response_type: 'code id_token' }), 'invalid_request'],
    ['a flow that the client has not', () => ({ response_type: 'token' }), 'unauthorized_client'],
    ['the code flow of an implicit client', () => ({ client_id: implicit }), 'unauthorized_client'],
    ['a scope that the client has not', () => ({ scope: 'openid notes/read' }), 'invalid_scope'],
    ['an unknown scope', () => ({ scope: 'openid everything' }), 'invalid_scope'],
    ['email without openid', () => ({ scope: 'email' }), 'invalid_scope'],
    ['a blank scope', () => ({ scope: ' ' }), 'invalid_scope'],
    ['plain PKCE', () => ({ code_challenge_method: 'plain' }), 'invalid_request'],
    ['PKCE without a method', () => ({ code_challenge_method: undefined }), 'invalid_request'],
    ['PKCE without a challenge', () => ({ code_challenge: undefined }), 'invalid_request'],
    ['a challenge that is no hash', () => ({ code_challenge: 'short' }), 'invalid_request'],
    ['an unknown provider', () => ({ identity_provider: 'Elsewhere' }), 'invalid_request'],
    ['an unknown provider identifier', () => ({ idp_identifier: 'elsewhere' }), 'invalid_request'],
    ['prompt=none without a sign-in', () => ({ prompt: 'none' }), 'login_required'],
    ['prompt=none with another', () => ({ prompt: 'none login' }), 'invalid_request'],
  ];
  for (const [name, change, error] of onTheRedirect) {
    it(`tells the app of ${name}, state included`, async () => {
      const stop = await scene.browser().open(scene.address(change()));
      assert.equal(stop.status, 302);
      assert.equal(stop.left?.href.split('?')[0], CALLBACK);
      assert.equal(stop.left?.searchParams.get('error'), error);
      assert.equal(stop.left?.searchParams.get('state'), 'st&te=1');
      assert.equal(stop.left?.searchParams.get('code'), null);
    });
  }

  it('answers GET only', async () => {
    const response = await fetch(scene.address(), { method: 'POST' });
    assert.equal(response.status, 405);
    assert.equal(response.headers.get('allow'), 'GET');
  });

  it('leads to the sign-in page, its user name filled by login_hint', async () => {
    const stop = await scene.browser().open(scene.address({ login_hint: '"><script>alert(1)</script>' }));
    assert.equal(new URL(stop.address).pathname, '/login');
    assert.equal(titleOf(stop), 'Sign in to web');
    assert.match(stop.html, /value="&quot;&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;"/);
    assert.doesNotMatch(stop.html, /<script/);
  });

  it('serves its pages with a strict policy', async () => {
    const { headers } = await scene.browser().open(scene.address());
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(
      policy,
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self' http:\/\/localhost:8400;/,
    );
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(headers.get('cache-control'), 'no-store');
  });

  it('lets a form lead to an app by its own scheme', async () => {
    const redirect_uri = 'code-oss://cognito-workbench.cognito-workbench/callback';
    const page = await scene.browser().open(scene.address({ redirect_uri }));
    assert.match(page.headers.get('content-security-policy') ?? '', /form-action 'self' code-oss:;/);
    const stop = await scene.login(scene.browser(), 'reader', { redirect_uri });
    assert.equal(stop.left?.href.split('?')[0], redirect_uri);
    assert.equal(stop.left?.searchParams.get('state'), 'st&te=1');
  });

  it('gives tokens in the fragment to an implicit client, none to refresh', async () => {
    const stop = await scene.login(scene.browser(), 'reader', {
      client_id: implicit,
      response_type: 'token',
      nonce: 'n1',
    });
    assert.equal(stop.left?.search, '');
    const fragment = new URLSearchParams(stop.left?.hash.slice(1));
    assert.deepEqual([...fragment.keys()].sort(), [
      'access_token',
      'expires_in',
      'id_token',
      'state',
      'token_type',
    ]);
    const { body } = await scene.sandbox.call('GetUser', { AccessToken: fragment.get('access_token') });
    assert.equal(body['Username'], 'reader');
  });

  it('takes a client with no challenge, and all its scopes where none is asked for', async () => {
    const change = { code_challenge: undefined, code_challenge_method: undefined, scope: undefined };
    const code = codeIn(await scene.login(scene.browser(), 'reader', change));
    const { body } = await scene.exchange(code, { code_verifier: undefined });
    const payload = JSON.parse(
      Buffer.from(String(body['access_token']).split('.')[1] ?? '', 'base64url').toString(),
    ) as Change;
    assert.equal(payload['scope'], 'openid email phone profile aws.cognito.signin.user.admin');
  });
});
