import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import * as vscode from 'vscode';
import { extensionVscode } from '../support/host-person';
import { freePorts, leftOf, useBrowser } from '../support/host-browser';
import { useWorld } from '../support/host-world';
import { serve } from '../support/local-server';

const howBack = /How does the browser come back/;
const byPort = 'To a port of this machine';
const byLink = `By a ${vscode.env.uriScheme}:// link`;
const fiveMinutes = 300_000;
const oneMinute = 60_000;

describe('faults of sign-in in the browser', () => {
  const world = useWorld();
  const scene = useBrowser(world);
  const { browser } = scene;

  const failures = () => world.person.notices.filter(({ kind }) => kind === 'error');

  const changed = (target: URL, change: (query: URLSearchParams) => void): URL => {
    const other = new URL(target);
    change(other.searchParams);
    return other;
  };

  /** A sign-in that fails, and what is said of it. */
  async function refused(connectionId: string, id: string): Promise<string> {
    const before = world.explained.length;
    assert.equal(await scene.signIn(connectionId), undefined, 'it is refused');
    const explained = await world.person.until('explanation', () => world.explained.at(-1));
    assert.ok(world.explained.length > before);
    assert.equal(explained.id, id);
    return (await world.person.sees(new RegExp(escape(explained.title)))).text;
  }

  it('callbacks with another, no or a repeated state are refused, and the right one still counts', async () => {
    const connectionId = await scene.connect();
    world.person.picks(howBack, byPort);
    browser.meets(async (address) => {
      const target = await browser.login(address, 'reader');
      const statuses = [];
      statuses.push(await browser.follow(changed(target, (query) => query.set('state', 'other'))));
      assert.match(browser.page, /Nobody waits for this sign-in/);
      statuses.push(await browser.follow(changed(target, (query) => query.delete('state'))));
      statuses.push(
        await browser.follow(changed(target, (query) => query.append('state', query.get('state') ?? ''))),
      );
      assert.deepEqual(statuses, [400, 400, 400]);
      const [first, second] = await Promise.all([browser.follow(target), browser.follow(target)]);
      assert.deepEqual([first, second].sort(), [200, 400]);
    });
    assert.ok(await scene.signIn(connectionId), world.person.report());
  });

  it('an answer by the system that nobody waits for says so, and the open sign-in goes on', async () => {
    const connectionId = await scene.connect();
    world.person.picks(howBack, byLink);
    browser.meets(async (address) => {
      const target = await browser.login(address, 'reader');
      await browser.follow(changed(target, (query) => query.delete('state')));
      const { text, buttons } = await world.person.sees(/^Nobody waits for this sign-in/);
      assert.match(text, /reloaded/);
      assert.deepEqual(buttons, ['Sign In in the Browser', 'Show Details']);
      await browser.follow(target);
    });
    assert.ok(await scene.signIn(connectionId), world.person.report());
  });

  it('a taken port makes way for the next, and all taken are named', async () => {
    const connectionId = await scene.connect();
    const others = scene.ports.map(() => createServer());
    const [first, second] = others;
    assert.ok(first && second);
    await new Promise<void>((resolve) => first.listen(scene.ports[0], '127.0.0.1', resolve));
    try {
      world.person.picks(howBack, byPort);
      browser.signsIn('reader');
      assert.ok(await scene.signIn(connectionId), world.person.report());
      assert.match(decodeURIComponent(browser.opened[0] ?? ''), new RegExp(`localhost:${scene.ports[1]}/`));

      await new Promise<void>((resolve) => second.listen(scene.ports[1], '127.0.0.1', resolve));
      const again = await scene.connect();
      world.person.picks(howBack, byPort);
      const text = await refused(again, 'N.signin.ports-taken');
      assert.ok(text.includes(scene.ports.join(', ')), text);
      assert.equal(browser.opened.length, 1, 'no page is opened');
    } finally {
      for (const server of others) server.close();
    }
  });

  it('a person who closes the browser can cancel, and the port is free at once', async () => {
    const connectionId = await scene.connect();
    world.person.picks(howBack, byPort).cancelsProgress(/Waiting for the sign-in/);
    assert.equal(await scene.signIn(connectionId), undefined);
    assert.deepEqual(failures(), [], 'a cancelled sign-in is no failure');
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(scene.ports[0], '127.0.0.1', resolve);
    });
    await new Promise((resolve) => server.close(resolve));
  });

  it('a browser that never comes back: the likely cause, and the addresses to register', async () => {
    const connectionId = await scene.connect();
    world.person
      .picks(howBack, byPort)
      .pressesButton(/^Nothing came back from the browser/, 'Copy Callback Addresses');
    await hurried(fiveMinutes, async () => {
      const text = await refused(connectionId, 'B49');
      assert.match(text, /redirect_mismatch/);
      assert.match(text, /5 minutes/);
    });
    await world.person.until('addresses', () => world.person.clipboard || undefined);
    assert.deepEqual(world.person.clipboard.split('\n'), scene.addresses().CallbackURLs);
  });

  it('an address that is not registered: its page is recognised when it is pasted', async () => {
    const [port] = await freePorts(1);
    const connectionId = await scene.connect({ callbackPorts: [port] });
    world.person.picks(howBack, 'I paste the address').escapes(/Paste Redirected Address/);
    browser.meets(async (address) => {
      const page = await browser.visitPage(address);
      assert.match(page.address, /\/error\?.*error=redirect_mismatch/);
      world.person.types(/Paste Redirected Address/, page.address);
      await world.run('pasteRedirectedAddress');
    });
    assert.match(await refused(connectionId, 'B49'), new RegExp(`http://localhost:${port}/callback`));
  });

  it('a token endpoint that answers HTML', async () => {
    const connectionId = await scene.connect();
    await world.sandbox.control.fault({ operation: 'token', kind: 'html' });
    world.person.picks(howBack, byPort);
    browser.signsIn('reader');
    assert.match(await refused(connectionId, 'N.not-aws'), /web page|proxy/);
    assert.match(browser.page, /The sign-in did not work/);
    assert.deepEqual(world.handle.store.list(), []);
  });

  it('a confidential client without its secret', async () => {
    const clientId = await scene.newClient({ GenerateSecret: true });
    const connectionId = await scene.connect({ clientId }, { identityPool: undefined });
    world.person.picks(howBack, byPort);
    browser.signsIn('reader');
    assert.match(await refused(connectionId, 'B53'), /not accepted without its secret/);
  });

  it('a discovery document that names another issuer', async () => {
    const issuer = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other0000';
    const server = await serve((_request, response) => response.end(JSON.stringify({ issuer })));
    try {
      const { api } = world.sandbox.description;
      const endpoints = { cognitoIdp: api, hostedUi: api, jwks: server.url };
      const connectionId = await scene.connect({}, { endpoints, identityPool: undefined });
      world.person.picks(howBack, byPort);
      const text = await refused(connectionId, 'N.signin.other-issuer');
      assert.ok(text.includes(issuer), text);
      assert.ok(text.includes(world.sandbox.userPoolId), text);
      assert.deepEqual(browser.opened, []);
    } finally {
      await server.close();
    }
  });

  it('a scope that the client is not allowed', async () => {
    const connectionId = await scene.connect({ scopes: ['openid', 'notes/delete'] });
    world.person.picks(howBack, byPort);
    browser.meets(async (address) => browser.follow(leftOf(await browser.visitPage(address))));
    assert.match(await refused(connectionId, 'B59'), /notes\/delete/);
    assert.match(browser.page, /not allowed one of the scopes/);
  });

  it('a code that comes back too late', async () => {
    const connectionId = await scene.connect();
    world.person.picks(howBack, byPort);
    browser.meets(async (address) => {
      const target = await browser.login(address, 'reader');
      await world.advance(301);
      await browser.follow(target);
    });
    assert.match(await refused(connectionId, 'B54'), /expired|once/);
    assert.match(browser.page, /The sign-in did not work/);
  });

  it('a client that is not set up for the code flow', async () => {
    const clientId = await scene.newClient({ AllowedOAuthFlows: ['implicit'] });
    const connectionId = await scene.connect({ clientId }, { identityPool: undefined });
    world.person.picks(howBack, byPort);
    browser.meets(async (address) => browser.follow(leftOf(await browser.visitPage(address))));
    assert.match(await refused(connectionId, 'B52'), /code/);
  });

  it('a client that the pages cannot serve: recognised when the address of their error is pasted', async () => {
    const clientId = await scene.newClient({ SupportedIdentityProviders: [] });
    const connectionId = await scene.connect({ clientId }, { identityPool: undefined });
    world.person.picks(howBack, 'I paste the address').escapes(/Paste Redirected Address/);
    browser.meets(async (address) => {
      world.person.types(/Paste Redirected Address/, (await browser.visitPage(address)).address);
      await world.run('pasteRedirectedAddress');
    });
    assert.match(await refused(connectionId, 'B61'), /identity provider/);
  });

  it('tokens that may not look after the account', async () => {
    const connectionId = await scene.connect({ scopes: ['openid'] });
    world.person.picks(howBack, byPort);
    browser.signsIn('reader');
    const ref = await scene.signIn(connectionId);
    assert.ok(ref, world.person.report());
    await world.run('setUpMfa', { ref });
    const { id } = await world.person.until('explanation', () => world.explained.at(-1));
    assert.equal(id, 'A44');
    await world.person.sees(/aws\.cognito\.signin\.user\.admin/);
  });

  it('a sign-out address that is not registered: the likely cause, and the addresses to register', async () => {
    const clientId = await scene.newClient({ LogoutURLs: [] });
    const connectionId = await scene.connect({ clientId }, { identityPool: undefined });
    world.person.picks(howBack, byPort);
    browser.signsIn('reader');
    const ref = await scene.signIn(connectionId);
    assert.ok(ref, world.person.report());
    world.person
      .pressesButton(/^reader is signed out here\. The browser may still/, 'Sign Out in the Browser')
      .pressesButton(/did not come back/, 'Copy Callback Addresses');
    browser.meets((address) => browser.visitPage(address));
    await hurried(oneMinute, async () => {
      await world.run('signOut', { ref });
      const { id } = await world.person.until('explanation', () => world.explained.at(-1));
      assert.equal(id, 'B62');
    });
    await world.person.until('addresses', () => world.person.clipboard || undefined);
    assert.ok(world.person.clipboard.split('\n').includes(`http://localhost:${scene.ports[0]}/signed-out`));
  });

  it('scopes without openid where an identity pool waits for an ID token', async () => {
    const connectionId = await scene.connect({ scopes: ['aws.cognito.signin.user.admin'] });
    assert.match(await refused(connectionId, 'B56'), /openid/);
    assert.deepEqual(browser.opened, []);
  });

  it('a box for the address goes away when the browser has come back by itself', async () => {
    const connectionId = await scene.connect();
    world.person.picks(howBack, byPort);
    const { window } = extensionVscode();
    const before = Object.getOwnPropertyDescriptor(window, 'createInputBox');
    assert.ok(before);
    const states: string[] = [];
    const silent = () => ({ dispose: () => undefined });
    const box = {
      onDidChangeValue: silent,
      onDidTriggerButton: silent,
      onDidAccept: silent,
      onDidHide: silent,
      show: () => states.push('shown'),
      dispose: () => states.push('gone'),
    };
    browser.meets(async (address) => {
      const target = await browser.login(address, 'reader');
      Object.defineProperty(window, 'createInputBox', { configurable: true, value: () => box });
      try {
        const asked = world.run('pasteRedirectedAddress');
        await browser.follow(target);
        await asked;
      } finally {
        Object.defineProperty(window, 'createInputBox', before);
      }
    });
    assert.ok(await scene.signIn(connectionId), world.person.report());
    assert.deepEqual(states, ['shown', 'gone']);
  });

  it('a second sign-in takes the place of one that waits', async () => {
    const connectionId = await scene.connect();
    world.person.picks(howBack, byPort, byPort);
    const opened = world.person.until('first page', () => browser.opened[0]);
    const waiting = world.run('signIn', { connectionId });
    await opened;
    browser.signsIn('reader');
    const ref = await scene.signIn(connectionId);
    assert.ok(ref, world.person.report());
    assert.equal(await waiting, undefined, 'the first is cancelled, silently');
    assert.deepEqual(failures(), []);
    assert.equal(world.handle.store.list().length, 1);
  });
});

/** Waits of this length take a moment only, as long as the work lasts. */
async function hurried(wait: number, work: () => Promise<void>): Promise<void> {
  const real = globalThis.setTimeout;
  globalThis.setTimeout = ((task: () => void, delay?: number, ...rest: unknown[]) =>
    real(task, delay === wait ? 1500 : delay, ...rest)) as typeof setTimeout;
  try {
    await work();
  } finally {
    globalThis.setTimeout = real;
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
