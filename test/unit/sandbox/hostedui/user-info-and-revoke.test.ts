import assert from 'node:assert/strict';
import { basic, claimsOf, post, Scene, type Answer, type NewClient } from './scene';

describe('sandbox hosted UI: /oauth2/userInfo and /oauth2/revoke', function () {
  this.timeout(20_000);
  let scene: Scene;
  let secretive: NewClient;
  let lasting: NewClient;

  before(async () => {
    scene = await Scene.start();
    secretive = await scene.addClient({ GenerateSecret: true });
    lasting = await scene.addClient({ EnableTokenRevocation: false });
  });
  after(() => scene.stop());

  async function userInfo(token: string | undefined): Promise<Answer> {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${scene.api}/oauth2/userInfo`, { headers });
    const body = (await response.json()) as Answer['body'];
    return { status: response.status, headers: response.headers, body };
  }

  const refused: readonly [
    string,
    () => Promise<string | undefined>,
    status: number,
    error: string,
    text: RegExp,
  ][] = [
    ['no token', async () => undefined, 400, 'invalid_request', /Bad OAuth2 request/],
    ['garbage', async () => 'garbage', 401, 'invalid_token', /expired, disabled, or deleted/],
    [
      'an ID token',
      async () => (await scene.tokens())['id_token'],
      401,
      'invalid_token',
      /expired, disabled, or deleted/,
    ],
    [
      'a token of InitiateAuth, which has no openid',
      async () => (await scene.sandbox.signIn('reader')).accessToken,
      401,
      'invalid_token',
      /does not contain openid scope/,
    ],
    [
      'a token of a revoked sign-in',
      async () => {
        const tokens = await scene.tokens();
        await revoke({ token: tokens['refresh_token'], client_id: scene.web });
        return tokens['access_token'];
      },
      401,
      'invalid_token',
      /expired, disabled, or deleted/,
    ],
    [
      'an expired token',
      async () => {
        const tokens = await scene.tokens();
        await scene.sandbox.control.advance(3601);
        return tokens['access_token'];
      },
      401,
      'invalid_token',
      /expired, disabled, or deleted/,
    ],
  ];
  for (const [name, make, status, error, text] of refused) {
    it(`userInfo refuses ${name}`, async () => {
      const answer = await userInfo(await make());
      assert.equal(answer.status, status);
      assert.equal(answer.body['error'], error);
      assert.match(String(answer.body['error_description']), text);
      if (status === 401) assert.match(answer.headers.get('www-authenticate') ?? '', /error="invalid_token"/);
    });
  }

  it('userInfo tells what the scopes show, all of it as text', async () => {
    const tokens = await scene.tokens('reader', { scope: 'openid email' });
    const { body } = await userInfo(tokens['access_token']);
    const { sub } = claimsOf(tokens['access_token']);
    assert.deepEqual(body, { sub, email: 'reader@example.com', email_verified: 'true', username: 'reader' });
    const { body: all } = await userInfo((await scene.tokens())['access_token']);
    assert.equal(all['name'], 'Rita Reader');
  });

  function revoke(form: Record<string, string | undefined>, headers = {}): Promise<Answer> {
    return post(`${scene.api}/oauth2/revoke`, form, headers);
  }

  const badRevocations: readonly [string, () => Promise<Answer>, error: string][] = [
    ['no token', () => revoke({ client_id: scene.web }), 'invalid_request'],
    ['no client', () => revoke({ token: 'x' }), 'invalid_request'],
    ['a client without its secret', () => revoke({ token: 'x', client_id: secretive.id }), 'invalid_client'],
    [
      'an access token',
      async () => revoke({ token: (await scene.tokens())['access_token'], client_id: scene.web }),
      'unsupported_token_type',
    ],
    [
      "another client's token",
      async () => {
        const token = (await scene.tokens())['refresh_token'];
        return revoke({ token }, basic(secretive.id, secretive.secret ?? ''));
      },
      'invalid_request',
    ],
    ['a client without revocation', () => revoke({ token: 'x', client_id: lasting.id }), 'invalid_request'],
  ];
  for (const [name, attempt, error] of badRevocations) {
    it(`revoke refuses ${name}`, async () => {
      const { status, body } = await attempt();
      assert.deepEqual({ status, error: body['error'] }, { status: 400, error });
    });
  }

  it('revoke ends the sign-in, and says nothing of a token that has ended', async () => {
    const tokens = await scene.tokens();
    for (let turn = 0; turn < 2; turn++) {
      const { status, body } = await revoke({ token: tokens['refresh_token'], client_id: scene.web });
      assert.deepEqual({ status, body }, { status: 200, body: {} });
    }
    const { body } = await scene.token({
      grant_type: 'refresh_token',
      client_id: scene.web,
      refresh_token: tokens['refresh_token'],
    });
    assert.deepEqual(body, { error: 'invalid_grant' });
    const { body: user } = await scene.sandbox.call('GetUser', { AccessToken: tokens['access_token'] });
    assert.equal(user['message'], 'Access Token has been revoked');
  });
});
