import assert from 'node:assert/strict';
import * as openid from 'openid-client';
import { MACHINE_CLIENT } from '../../../../sandbox/seed/hosted-ui';
import { CALLBACK, claimsOf, Scene, type NewClient } from './scene';

const because =
  (text: RegExp) =>
  (error: Error): boolean =>
    error.cause instanceof Error && text.test(error.cause.message);

describe('sandbox hosted UI, judged by openid-client', function () {
  this.timeout(20_000);
  let scene: Scene;
  let metadata: openid.ServerMetadata;
  let secretive: NewClient;

  before(async () => {
    scene = await Scene.start();
    secretive = await scene.addClient({ GenerateSecret: true });
    const document = `${scene.api}/${scene.sandbox.userPoolId}/.well-known/openid-configuration`;
    metadata = (await (await fetch(document)).json()) as openid.ServerMetadata;
  });
  after(() => scene.stop());

  /** The issuer keeps its AWS form, so that the document is read by hand; keys and endpoints are the sandbox's. */
  function configuration(clientId: string, secret?: string, auth?: openid.ClientAuth): openid.Configuration {
    const config = new openid.Configuration(metadata, clientId, secret, auth);
    openid.allowInsecureRequests(config);
    openid.enableNonRepudiationChecks(config);
    return config;
  }

  async function signIn(
    config: openid.Configuration,
    checks: { state: string; nonce: string; verifier: string },
  ): Promise<URL> {
    const address = openid.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'openid email profile aws.cognito.signin.user.admin',
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
    });
    const browser = scene.browser();
    const { password } = scene.sandbox.user('reader');
    const stop = await browser.submit(await browser.open(address.href), 'Sign in', {
      username: 'reader',
      password,
    });
    assert.ok(stop.left);
    return stop.left;
  }

  const fresh = (): { state: string; nonce: string; verifier: string } => ({
    state: openid.randomState(),
    nonce: openid.randomNonce(),
    verifier: openid.randomPKCECodeVerifier(),
  });

  const clients: readonly [string, () => openid.Configuration][] = [
    ['a public client', () => configuration(scene.web)],
    [
      'client_secret_basic',
      () => configuration(secretive.id, secretive.secret, openid.ClientSecretBasic(secretive.secret)),
    ],
    [
      'client_secret_post',
      () => configuration(secretive.id, secretive.secret, openid.ClientSecretPost(secretive.secret)),
    ],
  ];
  for (const [name, make] of clients) {
    it(`passes the code flow with PKCE, state and nonce: ${name}`, async () => {
      const config = make();
      const checks = fresh();
      const callback = await signIn(config, checks);
      const tokens = await openid.authorizationCodeGrant(config, callback, {
        pkceCodeVerifier: checks.verifier,
        expectedState: checks.state,
        expectedNonce: checks.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      assert.equal(claims?.['cognito:username'], 'reader');
      const info = await openid.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '');
      assert.equal(info.email, 'reader@example.com');
      const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
      assert.equal(claimsOf(renewed.access_token)['username'], 'reader');
      await openid.tokenRevocation(config, tokens.refresh_token ?? '');
      await assert.rejects(openid.refreshTokenGrant(config, tokens.refresh_token ?? ''), {
        error: 'invalid_grant',
      });
    });
  }

  it('lets it find a wrong state, a wrong nonce and a wrong verifier', async () => {
    const config = configuration(scene.web);
    const attempt = async (
      change: (checks: ReturnType<typeof fresh>) => openid.AuthorizationCodeGrantChecks,
    ) => {
      const checks = fresh();
      const callback = await signIn(config, checks);
      return openid.authorizationCodeGrant(config, callback, {
        pkceCodeVerifier: checks.verifier,
        expectedState: checks.state,
        expectedNonce: checks.nonce,
        ...change(checks),
      });
    };
    await assert.rejects(
      attempt(() => ({ expectedState: 'other' })),
      because(/unexpected "state"/),
    );
    await assert.rejects(
      attempt(() => ({ expectedNonce: 'other' })),
      because(/unexpected ID Token "nonce"/),
    );
    await assert.rejects(
      attempt(() => ({ pkceCodeVerifier: openid.randomPKCECodeVerifier() })),
      { error: 'invalid_grant' },
    );
  });

  it('passes client credentials', async () => {
    const { id, secret } = MACHINE_CLIENT;
    const tokens = await openid.clientCredentialsGrant(configuration(id, secret), { scope: 'notes/write' });
    assert.equal(claimsOf(tokens.access_token)['scope'], 'notes/write');
  });
});
