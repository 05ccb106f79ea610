import assert from 'node:assert/strict';
import { MACHINE_CLIENT } from '../../../../sandbox/seed/hosted-ui';
import { basic, claimsOf, Scene, type Answer, type NewClient } from './scene';

const MACHINE = basic(MACHINE_CLIENT.id, MACHINE_CLIENT.secret);

describe('sandbox hosted UI: tokens for machines', function () {
  this.timeout(20_000);
  let scene: Scene;
  let person: NewClient;

  before(async () => {
    scene = await Scene.start();
    person = await scene.addClient({ GenerateSecret: true });
  });
  after(() => scene.stop());

  const ask = (scope: string | undefined, headers = MACHINE): Promise<Answer> =>
    scene.token({ grant_type: 'client_credentials', scope }, headers);

  const refusals: readonly [name: string, attempt: () => Promise<Answer>, error: string][] = [
    ['a wrong secret', () => ask(undefined, basic(MACHINE_CLIENT.id, 'wrong')), 'invalid_client'],
    [
      'a client of people',
      () => ask(undefined, basic(person.id, person.secret ?? '')),
      'unauthorized_client',
    ],
    [
      'a public client',
      () => scene.token({ grant_type: 'client_credentials', client_id: scene.web }),
      'unauthorized_client',
    ],
    ['a scope that it has not', () => ask('notes/delete'), 'invalid_scope'],
    ['a scope of people', () => ask('openid'), 'invalid_scope'],
    [
      'a code',
      () => scene.token({ grant_type: 'authorization_code', code: 'x', redirect_uri: 'x' }, MACHINE),
      'unauthorized_client',
    ],
  ];
  for (const [name, attempt, error] of refusals) {
    it(`are refused for ${name}`, async () => {
      const { status, body } = await attempt();
      assert.deepEqual({ status, error: body['error'] }, { status: 400, error });
    });
  }

  it('have no page for the machine', async () => {
    const stop = await scene.browser().open(scene.address({ client_id: MACHINE_CLIENT.id }));
    assert.equal(stop.status, 400);
  });

  it('name the client and the scopes, and nobody else', async () => {
    const { status, body } = await ask('notes/read');
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body).sort(), ['access_token', 'expires_in', 'token_type']);
    const claims = claimsOf(String(body['access_token']));
    assert.equal(claims['sub'], MACHINE_CLIENT.id);
    assert.equal(claims['client_id'], MACHINE_CLIENT.id);
    assert.equal(claims['scope'], 'notes/read');
    assert.equal(claims['token_use'], 'access');
    assert.equal(claims['username'], undefined);
    assert.equal(claims['version'], 2);
  });

  it('have every scope of the client where none is asked for', async () => {
    const { body } = await ask(undefined);
    assert.equal(claimsOf(String(body['access_token']))['scope'], 'notes/read notes/write');
  });

  it('are good neither for GetUser nor for userInfo', async () => {
    const token = String((await ask(undefined)).body['access_token']);
    const { status } = await scene.sandbox.call('GetUser', { AccessToken: token });
    assert.equal(status, 400);
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await fetch(`${scene.api}/oauth2/userInfo`, { headers })).status, 401);
  });

  it('meet the faults that tests order, and are counted', async () => {
    await scene.sandbox.control.resetRequests();
    await scene.sandbox.control.fault({ operation: 'token', kind: 'html', value: 502 });
    const response = await fetch(`${scene.api}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      headers: MACHINE,
    });
    assert.equal(response.status, 502);
    assert.match(await response.text(), /^<!DOCTYPE html>/);
    assert.equal((await ask('notes/read')).status, 200);
    assert.deepEqual(await scene.sandbox.control.requests(), { token: 2 });
  });
});
