import assert from 'node:assert/strict';
import { failsWith, failureOf } from '../../support/failures';
import { serve } from '../../support/local-server';
import { startScene, type Scene } from './scene';
import { createUserPoolApi } from '../../../src/aws/index';

describe('the user pools adapter', function () {
  this.timeout(20_000);
  let scene: Scene;

  before(async () => {
    scene = await startScene();
  });
  after(() => scene.sandbox.stop());
  beforeEach(async () => {
    await scene.sandbox.control.resetFaults();
    await scene.sandbox.control.resetRequests();
  });

  const signIn = (username: string, password?: string) =>
    scene.userPool.initiateAuth({
      flow: 'USER_PASSWORD_AUTH',
      clientId: scene.sandbox.webClientId,
      parameters: { USERNAME: username, PASSWORD: password ?? scene.sandbox.user(username).password },
    });

  async function tokensOf(username: string) {
    const answer = await signIn(username);
    assert.equal(answer.kind, 'tokens');
    return answer.tokens;
  }

  it('gives the tokens of a sign-in', async () => {
    const tokens = await tokensOf('reader');
    assert.match(tokens.idToken ?? '', /^eyJ/);
    assert.match(tokens.accessToken, /^eyJ/);
    assert.ok(tokens.refreshToken);
    assert.equal(tokens.expiresIn, 3600);
    assert.equal(tokens.newDevice, undefined);
  });

  it('gives a challenge, and takes its answer', async () => {
    const challenge = await signIn('newcomer');
    assert.equal(challenge.kind, 'challenge');
    assert.equal(challenge.name, 'NEW_PASSWORD_REQUIRED');
    assert.ok(challenge.session);
    const answer = await scene.userPool.respondToAuthChallenge({
      challengeName: challenge.name,
      clientId: scene.sandbox.webClientId,
      session: challenge.session,
      responses: { USERNAME: 'newcomer', NEW_PASSWORD: 'Settled-In-2-Sandbox!' },
    });
    assert.equal(answer.kind, 'tokens');
  });

  it('renews tokens, until the refresh token is revoked', async () => {
    const { refreshToken = '' } = await tokensOf('reader');
    const request = { clientId: scene.sandbox.webClientId, refreshToken };
    const renewed = await scene.userPool.getTokensFromRefreshToken(request);
    assert.match(renewed.accessToken, /^eyJ/);
    assert.match(renewed.idToken ?? '', /^eyJ/);
    await scene.userPool.revokeToken(request);
    const error = await failureOf(scene.userPool.getTokensFromRefreshToken(request));
    assert.equal(error.awsCode, 'NotAuthorizedException');
  });

  it('sends the client secret where there is one', async () => {
    const [pool] = scene.sandbox.description.userPools;
    const backend = pool?.clients.find(({ secret }) => secret !== null);
    const request = { clientId: backend?.id ?? '', refreshToken: 'not-one' };
    const refused = async (clientSecret?: string): Promise<string | undefined> =>
      (await failureOf(scene.userPool.getTokensFromRefreshToken({ ...request, clientSecret }))).message;
    const [none, wrong, right] = [
      await refused(),
      await refused('wrong'),
      await refused(backend?.secret ?? ''),
    ];
    assert.notEqual(right, none);
    assert.notEqual(right, wrong);
  });

  it('never repeats a call by itself: repeated sign-ins lengthen a lockout', async () => {
    const { refreshToken = '' } = await tokensOf('reader');
    const { webClientId: clientId, control } = scene.sandbox;
    const operations: readonly [string, () => Promise<unknown>][] = [
      ['InitiateAuth', () => signIn('reader')],
      [
        'RespondToAuthChallenge',
        () =>
          scene.userPool.respondToAuthChallenge({
            challengeName: 'NEW_PASSWORD_REQUIRED',
            clientId,
            session: 'x',
            responses: {},
          }),
      ],
      [
        'GetTokensFromRefreshToken',
        () => scene.userPool.getTokensFromRefreshToken({ clientId, refreshToken }),
      ],
      ['RevokeToken', () => scene.userPool.revokeToken({ clientId, refreshToken })],
    ];
    for (const [operation, call] of operations) {
      for (const kind of ['throttle', 'status', 'reset', 'html'] as const) {
        await control.resetRequests();
        await control.fault({ operation, kind });
        await failureOf(call());
        assert.deepEqual(await control.requests(), { [operation]: 1 }, kind);
      }
    }
  });

  it('refuses answers that hold nothing to go on with', async () => {
    const server = await serve((_request, response) => {
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end('{}');
    });
    try {
      const api = createUserPoolApi({ region: 'us-east-1', endpoint: server.url }, () => undefined);
      const request = { clientId: 'client', refreshToken: 'x' };
      await failsWith(
        api.initiateAuth({ flow: 'USER_SRP_AUTH', clientId: 'client', parameters: {} }),
        'signin.protocol',
      );
      await failsWith(api.getTokensFromRefreshToken(request), 'signin.protocol');
    } finally {
      await server.close();
    }
  });
});
