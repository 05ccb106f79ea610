import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { basic, CALLBACK, claimsOf, Scene, VERIFIER, type Answer, type NewClient } from './scene';

type Change = Record<string, string | undefined>;

describe('sandbox hosted UI: /oauth2/token', function () {
  this.timeout(30_000);
  let scene: Scene;
  let secretive: NewClient;
  let rotating: NewClient;
  let blind: NewClient;

  before(async () => {
    scene = await Scene.start();
    secretive = await scene.addClient({ GenerateSecret: true });
    rotating = await scene.addClient({
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    });
    blind = await scene.addClient({ ReadAttributes: ['name', 'email'] });
  });
  after(() => scene.stop());

  const is = ({ status, body }: Answer, error: string): void => {
    assert.deepEqual({ status, error: body['error'] }, { status: 400, error });
    assert.equal(body['access_token'], undefined);
  };
  const codeOf = (client: NewClient): Promise<string> => scene.code('reader', { client_id: client.id });

  describe('refuses, for a code,', () => {
    const rows: readonly [name: string, change: Change, error: string][] = [
      ['no grant type', { grant_type: undefined }, 'invalid_request'],
      ['an unknown grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
      ['no code', { code: undefined }, 'invalid_request'],
      ['an unknown code', { code: 'b4e0ba5c-16f0-4a1e-9a3e-6d7d30df11ab' }, 'invalid_grant'],
      ['no client', { client_id: undefined }, 'invalid_request'],
      ['an unknown client', { client_id: 'nobody' }, 'invalid_client'],
      ['a secret of a client that has none', { client_secret: 'x' }, 'invalid_client'],
      ['no redirect URI', { redirect_uri: undefined }, 'invalid_request'],
      [
        'another registered redirect URI',
        { redirect_uri: 'http://localhost:8401/callback' },
        'unauthorized_client',
      ],
      ['no verifier', { code_verifier: undefined }, 'invalid_grant'],
      ['another verifier', { code_verifier: `${VERIFIER}x` }, 'invalid_grant'],
      ['a verifier that is too short', { code_verifier: 'short' }, 'invalid_grant'],
      [
        'the challenge as the verifier',
        { code_verifier: createHash('sha256').update(VERIFIER).digest('base64url') },
        'invalid_grant',
      ],
    ];
    for (const [name, change, error] of rows) {
      it(name, async () => {
        is(await scene.exchange(await scene.code(), change), error);
      });
    }

    it('the second use of one', async () => {
      const code = await scene.code();
      assert.equal((await scene.exchange(code)).status, 200);
      is(await scene.exchange(code), 'invalid_grant');
    });

    it('a second try after a wrong verifier', async () => {
      const code = await scene.code();
      is(await scene.exchange(code, { code_verifier: `${VERIFIER}x` }), 'invalid_grant');
      is(await scene.exchange(code), 'invalid_grant');
    });

    it('another client, which does not use it up', async () => {
      const code = await scene.code();
      is(await scene.exchange(code, { client_id: rotating.id }), 'invalid_grant');
      assert.equal((await scene.exchange(code)).status, 200);
    });

    it('one after five minutes', async () => {
      const [early, late] = [await scene.code(), await scene.code()];
      await scene.sandbox.control.advance(295);
      assert.equal((await scene.exchange(early)).status, 200);
      await scene.sandbox.control.advance(6);
      is(await scene.exchange(late), 'invalid_grant');
    });

    it('a verifier for a code without a challenge', async () => {
      const code = await scene.code('reader', {
        code_challenge: undefined,
        code_challenge_method: undefined,
      });
      is(await scene.exchange(code), 'invalid_grant');
    });

    it('email where the client may not read email_verified', async () => {
      is(await scene.exchange(await codeOf(blind), { client_id: blind.id }), 'invalid_grant');
    });

    it('a user who was disabled in between', async () => {
      const { AdminDisableUserCommand, AdminEnableUserCommand } =
        await import('@aws-sdk/client-cognito-identity-provider');
      const named = { UserPoolId: scene.sandbox.userPoolId, Username: 'admin' };
      const code = await scene.code('admin');
      await scene.admin.send(new AdminDisableUserCommand(named));
      try {
        is(await scene.exchange(code), 'invalid_grant');
      } finally {
        await scene.admin.send(new AdminEnableUserCommand(named));
      }
    });

    it('a form that is none', async () => {
      const answer = await scene.token({}, { 'content-type': 'application/json' });
      is(answer, 'invalid_request');
    });

    it('a parameter that stands there twice', async () => {
      const body = `grant_type=authorization_code&client_id=${scene.web}&code=a&code=b`;
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const response = await fetch(`${scene.api}/oauth2/token`, { method: 'POST', body, headers });
      assert.deepEqual(await response.json(), { error: 'invalid_request' });
    });

    it('GET', async () => {
      assert.equal((await fetch(`${scene.api}/oauth2/token`)).status, 405);
    });
  });

  describe('with a client secret', () => {
    const secretOf = ({ secret }: NewClient): string => secret ?? '';
    const rows: readonly [string, () => { form: Change; headers?: Record<string, string> }][] = [
      ['none', () => ({ form: {} })],
      ['a wrong one in the form', () => ({ form: { client_secret: `${secretOf(secretive)}x` } })],
      ['a wrong one by Basic', () => ({ form: {}, headers: basic(secretive.id, 'wrong') })],
      ['the secret of another id', () => ({ form: {}, headers: basic(scene.web, secretOf(secretive)) })],
      ['Basic without a colon', () => ({ form: {}, headers: { authorization: 'Basic eA==' } })],
      ['a Bearer', () => ({ form: {}, headers: { authorization: 'Bearer x' } })],
    ];
    for (const [name, make] of rows) {
      it(`refuses ${name}`, async () => {
        const { form, headers } = make();
        const code = await codeOf(secretive);
        const usual = {
          grant_type: 'authorization_code',
          code,
          redirect_uri: CALLBACK,
          code_verifier: VERIFIER,
        };
        is(await scene.token({ ...usual, client_id: secretive.id, ...form }, headers), 'invalid_client');
      });
    }

    it('takes it in the form and by Basic', async () => {
      const inForm = { client_id: secretive.id, client_secret: secretive.secret };
      assert.equal((await scene.exchange(await codeOf(secretive), inForm)).status, 200);
      const headers = basic(secretive.id, secretOf(secretive));
      const code = await codeOf(secretive);
      const form = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: CALLBACK,
        code_verifier: VERIFIER,
      };
      assert.equal((await scene.token(form, headers)).status, 200);
    });
  });

  describe('gives tokens', () => {
    it('with the scopes, version 2, nonce and at_hash', async () => {
      const tokens = await scene.tokens('reader', { nonce: 'n-1' });
      assert.deepEqual(Object.keys(tokens).sort(), [
        'access_token',
        'expires_in',
        'id_token',
        'refresh_token',
        'token_type',
      ]);
      const [id, access] = [claimsOf(tokens['id_token']), claimsOf(tokens['access_token'])];
      assert.equal(access['version'], 2);
      assert.equal(access['scope'], 'openid email profile aws.cognito.signin.user.admin');
      assert.equal(access['username'], 'reader');
      assert.deepEqual(access['cognito:groups'], ['readers']);
      assert.equal(id['nonce'], 'n-1');
      const half = createHash('sha256')
        .update(tokens['access_token'] ?? '')
        .digest()
        .subarray(0, 16);
      assert.equal(id['at_hash'], half.toString('base64url'));
      assert.equal(id['email'], 'reader@example.com');
    });

    it('that nobody may keep', async () => {
      const answer = await scene.exchange(await scene.code());
      assert.equal(answer.headers.get('cache-control'), 'no-store');
    });

    it('of openid alone with every attribute, of email with these two only', async () => {
      const attributes = async (scope: string): Promise<string[]> => {
        const claims = claimsOf((await scene.tokens('reader', { scope }))['id_token']);
        return Object.keys(claims)
          .filter((name) => ['name', 'email', 'email_verified'].includes(name))
          .sort();
      };
      assert.deepEqual(await attributes('openid'), ['email', 'email_verified', 'name']);
      assert.deepEqual(await attributes('openid email'), ['email', 'email_verified']);
      assert.deepEqual(await attributes('openid phone'), []);
    });

    it('without openid no ID token, not after a refresh either', async () => {
      const scope = 'aws.cognito.signin.user.admin';
      const tokens = await scene.tokens('reader', { scope });
      assert.equal(tokens['id_token'], undefined);
      const { status, body } = await scene.token({
        grant_type: 'refresh_token',
        client_id: scene.web,
        refresh_token: tokens['refresh_token'],
      });
      assert.equal(status, 200);
      assert.equal(body['id_token'], undefined);
      assert.equal(claimsOf(String(body['access_token']))['scope'], scope);
    });

    it('that are good for GetUser only with aws.cognito.signin.user.admin', async () => {
      const weak = await scene.tokens('reader', { scope: 'openid' });
      const refused = await scene.sandbox.call('GetUser', { AccessToken: weak['access_token'] });
      assert.equal(refused.body['message'], 'Access Token does not have required scopes');
      const strong = await scene.tokens();
      const { body } = await scene.sandbox.call('GetUser', { AccessToken: strong['access_token'] });
      assert.equal(body['Username'], 'reader');
    });
  });

  describe('refreshes', () => {
    const refresh = (token: string | undefined, change: Change = {}): Promise<Answer> =>
      scene.token({ grant_type: 'refresh_token', client_id: scene.web, refresh_token: token, ...change });

    it('with the same scopes and time of sign-in, and no new refresh token', async () => {
      const tokens = await scene.tokens('reader', { scope: 'openid email', nonce: 'n-2' });
      await scene.sandbox.control.advance(60);
      const { status, body } = await refresh(tokens['refresh_token']);
      assert.equal(status, 200);
      assert.equal(body['refresh_token'], undefined);
      const [before, now] = [claimsOf(tokens['access_token']), claimsOf(String(body['access_token']))];
      assert.equal(now['scope'], 'openid email');
      assert.equal(now['auth_time'], before['auth_time']);
      assert.ok(Number(now['iat']) >= Number(before['iat']) + 60);
      assert.equal(claimsOf(String(body['id_token']))['nonce'], undefined);
    });

    it('by GetTokensFromRefreshToken with the same scopes', async () => {
      const tokens = await scene.tokens('reader', { scope: 'openid email' });
      const { body } = await scene.sandbox.call('GetTokensFromRefreshToken', {
        ClientId: scene.web,
        RefreshToken: tokens['refresh_token'],
      });
      const { AccessToken } = body['AuthenticationResult'] as Record<string, string>;
      assert.equal(claimsOf(AccessToken)['scope'], 'openid email');
    });

    it('with rotation: each token once', async () => {
      const code = await codeOf(rotating);
      const { body: first } = await scene.exchange(code, { client_id: rotating.id });
      const old = String(first['refresh_token']);
      const { body: second } = await refresh(old, { client_id: rotating.id });
      const next = String(second['refresh_token']);
      assert.notEqual(next, old);
      is(await refresh(old, { client_id: rotating.id }), 'invalid_grant');
      assert.equal((await refresh(next, { client_id: rotating.id })).status, 200);
    });

    const refusals: readonly [string, () => Promise<Answer>, string][] = [
      ['no token', () => refresh(undefined), 'invalid_request'],
      ['an unknown token', () => refresh('eyJ.a.b.c.d'), 'invalid_grant'],
      [
        'the token of another client',
        async () => refresh((await scene.tokens())['refresh_token'], { client_id: rotating.id }),
        'invalid_grant',
      ],
      [
        'a token after a global sign-out',
        async () => {
          const tokens = await scene.tokens();
          await scene.sandbox.call('GlobalSignOut', { AccessToken: tokens['access_token'] });
          return refresh(tokens['refresh_token']);
        },
        'invalid_grant',
      ],
      [
        'a token whose time is over',
        async () => {
          const tokens = await scene.tokens();
          await scene.sandbox.control.advance(31 * 86_400);
          return refresh(tokens['refresh_token']);
        },
        'invalid_grant',
      ],
    ];
    for (const [name, attempt, error] of refusals) {
      it(`refuses ${name}`, async () => is(await attempt(), error));
    }
  });
});
