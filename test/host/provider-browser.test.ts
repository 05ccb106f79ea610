import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SessionRef } from '../../src/core/session/model';
import { settings } from '../../src/ids';
import { freePorts, leftOf, useBrowser } from '../support/host-browser';
import { useWorld } from '../support/host-world';
import type { Entry } from '../support/host-world';
import { poolWithIssuer } from '../support/provider-scene';
import { Browser } from '../unit/sandbox/hostedui/browser';
import {
  CLIENT,
  PUBLIC_CLIENT,
  startLyingProvider,
  startPublicProvider,
} from '../unit/sandbox/hostedui/foreign-providers';
import type { Lies, RunningProvider } from '../unit/sandbox/hostedui/foreign-providers';

const byPort = 'To a port of this machine';
const howBack = /How does the browser come back/;

describe('the sign-in page of a provider', function () {
  this.timeout(20_000);
  const world = useWorld();
  const { browser } = useBrowser(world);
  let acme: RunningProvider;
  let liar: RunningProvider;
  let lies: Lies = {};
  let pools: { acme: string; liar: string };
  let ports: number[];
  let connections = 0;

  before(async () => {
    ports = await freePorts(2);
    const addresses = [8400, 8401, 8402, ...ports].map((port) => `http://localhost:${port}/callback`);
    acme = await startPublicProvider(addresses, new Map([['ada', { email: 'ada@acme.example' }]]));
    liar = await startLyingProvider(
      () => lies,
      () => Date.now(),
    );
    const pool = async (url: string, clientId: string) =>
      (await poolWithIssuer(world.sandbox, { url, clientId })).identityPoolId;
    pools = { acme: await pool(acme.issuer, PUBLIC_CLIENT), liar: await pool(liar.issuer, CLIENT.id) };
  });
  beforeEach(() => (lies = {}));
  after(() => Promise.all([acme.stop(), liar.stop()]));

  /** A connection that nobody has used yet. */
  async function connect(identityPoolId: string, ...providers: Entry[]): Promise<string> {
    const id = `acme-${++connections}`;
    await world.connect(world.entry(id, { identityPool: { identityPoolId, providers } }));
    return id;
  }

  const acmeEntry = (): Entry => ({
    issuer: acme.issuer,
    clientId: PUBLIC_CLIENT,
    name: 'Acme',
    callbackPorts: ports,
  });

  /** Signs in at Acme's page as this person, and goes where it sends the browser. */
  function meetAs(login: string): void {
    browser.meets(async (address) => {
      const visitor = new Browser([acme.issuer]);
      const form = await visitor.open(address);
      const consent = await visitor.submit(form, 'Sign-in', { login, password: 'any' });
      await browser.follow(leftOf(await visitor.submit(consent, 'Continue')));
    });
  }

  async function run(argument: object): Promise<SessionRef | undefined> {
    const ref = await world.run('signInWithProvider', argument);
    await browser.settled();
    return ref as SessionRef | undefined;
  }

  it('brings an ID token by PKCE, and that AWS credentials', async () => {
    const connectionId = await connect(pools.acme, acmeEntry());
    world.person.picks(/Whose login\?/, 'Acme').picks(howBack, byPort);
    meetAs('ada');
    const ref = await run({ connectionId });
    assert.ok(ref, world.person.report());
    const asked = new URL(browser.opened[0] ?? '');
    const value = (name: string) => asked.searchParams.get(name) ?? '';
    assert.equal(asked.origin, acme.issuer);
    assert.equal(value('client_id'), PUBLIC_CLIENT);
    assert.equal(value('scope'), 'openid email profile');
    assert.equal(value('code_challenge_method'), 'S256');
    assert.equal(value('redirect_uri'), `http://localhost:${ports[0]}/callback`);
    for (const name of ['state', 'nonce', 'code_challenge']) assert.ok(value(name).length > 30, name);
    assert.match(browser.page, /You are signed in as ada@acme\.example/);
    const session = await world.session(ref);
    assert.equal(session.name, 'ada@acme.example');
    assert.equal(ref.identityKey, `idp:${acme.issuer.slice('http://'.length)}:ada`);
    assert.match(session.credentials?.accessKeyId ?? '', /^ASIA/);
    await world.stillWorks(ref);
  });

  it('is asked for someone else, or by whom it was, without a question', async () => {
    const connectionId = await connect(pools.acme, acmeEntry());
    world.person.picks(/Whose login\?/, 'Acme').picks(howBack, byPort);
    meetAs('ada');
    const ref = await run({ connectionId });
    assert.ok(ref, world.person.report());

    world.person
      .picks(/Whose login\?/, 'Acme')
      .picks(/Who signs in at Acme\?/, 'In the browser, as someone else');
    meetAs('bob');
    const bob = await run({ connectionId });
    assert.match(bob?.identityKey ?? '', /:bob$/);
    assert.equal(new URL(browser.opened[1] ?? '').searchParams.get('prompt'), 'login');

    world.person.picks(/How does the login of Acme come\?/, 'Open its sign-in page in the browser');
    meetAs('ada');
    assert.deepEqual(await run({ ref }), ref);
  });

  it('need not be configured: issuer and client are asked for, and kept if wanted', async () => {
    const connectionId = await connect(pools.acme);
    world.person
      .picks(/Whose login\?/, 'An OpenID Connect provider…')
      .picks(/How does the login/, 'Open its sign-in page in the browser')
      .types(/Issuer of the OpenID Connect provider/, 'http://login.acme.example', `${acme.issuer}/`)
      .types(/Client ID of the app at http:\/\/127.*http:\/\/localhost:8400\/callback/, ' ', PUBLIC_CLIENT)
      .picks(howBack, byPort)
      .pressesButton(/Add 127\.0\.0\.1:\d+ to the providers of/, 'Add to Connection');
    meetAs('ada');
    assert.ok(await run({ connectionId }), world.person.report());
    const kept = () =>
      vscode.workspace.getConfiguration(settings.section, null).get<unknown[]>(settings.connections);
    await world.person.until('the provider in the settings', () =>
      JSON.stringify(kept()).includes(PUBLIC_CLIENT) ? true : undefined,
    );
    world.person.picks(/Whose login\?/, acme.issuer.slice('http://'.length)).escapes(/Who signs in at/);
    await run({ connectionId });
    const labels = world.person.questions.at(-2)?.labels ?? [];
    assert.match(labels[0] ?? '', /opens the browser/);
  });

  it('that refuses is named, with what it said', async () => {
    const connectionId = await connect(pools.acme, acmeEntry());
    world.person.picks(/Whose login\?/, 'Acme').picks(howBack, byPort);
    browser.meets((address) => {
      const asked = new URL(address).searchParams;
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({
        error: 'access_denied',
        error_description: 'Not on this list.',
        state: asked.get('state') ?? '',
      }).toString();
      return browser.follow(back);
    });
    assert.equal(await run({ connectionId }), undefined);
    const { text } = await world.person.sees(/127\.0\.0\.1:\d+ did not sign you in/);
    assert.match(
      text,
      /answered: access_denied: Not on this list\. At the provider, client cognito-workbench/,
    );
    assert.match(browser.page, /Not on this list/);
  });

  const wrongs: readonly (readonly [string, Lies, RegExp])[] = [
    [
      'names another issuer',
      { discovery: { issuer: 'http://127.0.0.1:1' } },
      /of the issuer "http:\/\/127\.0\.0\.1:1"/,
    ],
    [
      'would send tokens over plain http',
      { discovery: { token_endpoint: 'http://a.example/' } },
      /"token_endpoint"/,
    ],
    ['gives no ID token', { tokens: { id_token: undefined } }, /without an ID token/],
    ['signs in somebody else’s browser', { claims: { nonce: 'other' } }, /did not sign you in/],
    ['gives the token of another client', { claims: { aud: 'other' } }, /did not sign you in/],
    [
      'does not take the client',
      {
        tokenAnswer: { status: 401, body: '{"error":"invalid_client","error_description":"secret wanted"}' },
      },
      /answered: invalid_client: secret wanted\. .*public client/,
    ],
    ['answers with a page', { tokenAnswer: { status: 502, body: '<html>' } }, /HTTP 502/],
  ];
  for (const [what, wrong, told] of wrongs) {
    it(`that ${what} signs nobody in`, async () => {
      const provider = { issuer: liar.issuer, clientId: CLIENT.id, callbackPorts: ports };
      const connectionId = await connect(pools.liar, provider);
      lies = wrong;
      world.person.picks(/Whose login\?/, liar.issuer.slice('http://'.length)).picks(howBack, byPort);
      browser.meets(async (address) =>
        browser.follow(leftOf(await new Browser([liar.issuer]).open(address))),
      );
      assert.equal(await run({ connectionId }), undefined);
      await world.person.sees(told);
      assert.deepEqual(world.handle.store.list(), []);
    });
  }
});
