import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { titleOf } from '../unit/sandbox/hostedui/browser';
import { leftOf, useBrowser } from '../support/host-browser';
import { useWorld } from '../support/host-world';

const howBack = /How does the browser come back/;
const how = /How do you want to sign in\?/;
const byPort = 'To a port of this machine';
const byLink = `By a ${vscode.env.uriScheme}:// link`;
const byPaste = 'I paste the address';

describe('sign-in in the browser', () => {
  const world = useWorld();
  const scene = useBrowser(world);
  const { browser } = scene;

  it('brings tokens and AWS credentials by a port of this machine', async () => {
    const connectionId = await scene.connect();
    world.person.picks(howBack, byPort);
    browser.signsIn('reader');
    const ref = await scene.signIn(connectionId);
    assert.ok(ref, world.person.report());
    assert.match(browser.page, /You are signed in as reader/);
    const session = await world.session(ref);
    assert.equal(session.signInMethod, 'browser');
    assert.equal(session.name, 'reader');
    assert.ok(session.tokens?.idToken && session.tokens.refreshToken && session.credentials);
    assert.equal(world.handle.store.active()?.name, 'reader');
    await world.stillWorks(ref);
  });

  it('brings them by the address of VS Code', async () => {
    const connectionId = await scene.connect();
    world.person.picks(howBack, byLink);
    browser.signsIn('admin');
    const ref = await scene.signIn(connectionId);
    assert.ok(ref, world.person.report());
    assert.equal((await world.session(ref)).name, 'admin');
    assert.match(browser.opened[0] ?? '', /redirect_uri=[\w-]+%3A%2F%2Fcognito-workbench/);
  });

  it('brings them by pasting the redirected address, after a look at what was pasted', async () => {
    const connectionId = await scene.connect();
    world.person.picks(howBack, byPaste).escapes(/Paste Redirected Address/);
    browser.meets(async (address) => {
      const target = await browser.login(address, 'reader');
      const other = new URL(target);
      other.searchParams.set('state', 'other');
      world.person.types(/Paste Redirected Address/, 'nonsense', other.href, ` ${target.href}\n`);
      await world.run('pasteRedirectedAddress');
    });
    const ref = await scene.signIn(connectionId);
    assert.ok(ref, world.person.report());
    const problems = world.person.questions.flatMap(({ problem }) => problem ?? []);
    assert.deepEqual(problems, [
      'This is not the address that the browser was sent back to. It begins with the callback address.',
      'This address belongs to another sign-in attempt.',
    ]);
  });

  it('asks for the way back once, and again after it did not work', async () => {
    const connectionId = await scene.connect();
    world.person.picks(howBack, byPort).cancelsProgress(/Waiting for the sign-in/);
    assert.equal(await scene.signIn(connectionId), undefined);
    world.person.picks(howBack, byPort);
    browser.signsIn('reader');
    assert.ok(await scene.signIn(connectionId));
    world.person.picks(how, 'In the browser');
    browser.meets(async (address) => browser.follow(leftOf(await browser.visitPage(address))));
    assert.ok(await scene.signIn(connectionId), world.person.report());
  });

  it('offers the sign-in as someone else, which the page then asks for', async () => {
    const connectionId = await scene.connect();
    world.person.picks(howBack, byPort);
    browser.signsIn('reader');
    const reader = await scene.signIn(connectionId);
    world.person.picks(how, 'In the browser, as someone else');
    browser.signsIn('admin');
    const admin = await scene.signIn(connectionId);
    assert.ok(reader && admin);
    assert.match(browser.opened[1] ?? '', /[?&]prompt=login(&|$)/);
    assert.deepEqual(
      world.handle.store.list().map(({ name }) => name),
      ['reader', 'admin'],
    );
  });

  it('goes through a named identity provider, and remembers it', async () => {
    const connectionId = await scene.connect();
    world.person.picks(howBack, byPort);
    browser.signsIn('reader');
    await scene.signIn(connectionId);
    const cognito = 'Cognito user name and password';
    world.person.picks(how, 'Through an identity provider').picks(/Which identity provider\?/, cognito);
    browser.meets(async (address) => browser.follow(leftOf(await browser.visitPage(address))));
    assert.ok(await scene.signIn(connectionId), world.person.report());
    assert.match(browser.opened[1] ?? '', /[?&]identity_provider=COGNITO(&|$)/);
    world.person.picks(how, `Through ${cognito}`);
    browser.meets(async (address) => browser.follow(leftOf(await browser.visitPage(address))));
    assert.ok(await scene.signIn(connectionId));
    assert.match(browser.opened[2] ?? '', /[?&]identity_provider=COGNITO(&|$)/);
  });

  it('signs in again without a question, and with the name filled in', async () => {
    const connectionId = await scene.connect();
    world.person.picks(howBack, byPort);
    browser.signsIn('reader');
    const ref = await scene.signIn(connectionId);
    assert.ok(ref);
    await world.doctor(ref, (session) => ({ ...session, unrefreshable: true }));
    await world.makeDue(ref);
    browser.meets(async (address) => browser.follow(leftOf(await browser.visitPage(address))));
    await world.run('refreshCredentials', { ref });
    await browser.settled();
    assert.match(browser.opened[1] ?? '', /[?&]login_hint=reader(&|$)/);
    await world.stillWorks(ref);
  });

  it('works on a connection that has another way as its usual one, and copies its address', async () => {
    const connectionId = await scene.connect({ signIn: 'srp' });
    world.person.picks(howBack, byPort);
    browser.meets(async (address) => {
      assert.equal(world.person.contextKeys.get('cognitoWorkbench.browserSignInWaiting'), true);
      await world.run('copySignInAddress');
      assert.equal(world.person.clipboard, address);
      await browser.follow(await browser.login(address, 'reader'));
    });
    const ref = await world.run('signInInBrowser', { connectionId });
    await browser.settled();
    assert.ok(ref, world.person.report());
    assert.equal(world.person.contextKeys.get('cognitoWorkbench.browserSignInWaiting'), false);
    await world.run('copySignInAddress');
    await world.person.sees(/No sign-in is waiting/);
  });

  it('sends the secret of a confidential client, and keeps it after it worked', async () => {
    const clientId = await scene.newClient({ GenerateSecret: true });
    const named = { UserPoolId: world.sandbox.userPoolId, ClientId: clientId };
    const { UserPoolClient } = await world.idp.describeUserPoolClient(named);
    const connectionId = await scene.connect(
      { clientId, hasClientSecret: true },
      { identityPool: undefined },
    );
    const secret = UserPoolClient?.ClientSecret ?? '';
    world.person
      .types(/Client secret of/, secret)
      .picks(how, 'In the browser')
      .picks(howBack, byPort);
    browser.signsIn('reader');
    const ref = await scene.signIn(connectionId);
    assert.ok(ref, world.person.report());
    const stored = await world.handle.context.secrets.get(`client-secret/${connectionId}`);
    assert.ok(secret !== '' && stored?.includes(secret));
    await world.stillWorks(ref);
  });

  it('signs the browser out too, where wanted', async () => {
    const connectionId = await scene.connect();
    world.person.picks(howBack, byPort);
    browser.signsIn('reader');
    const ref = await scene.signIn(connectionId);
    world.person.pressesButton(
      /^reader is signed out here\. The browser may still/,
      'Sign Out in the Browser',
    );
    const authorize = browser.opened[0] ?? '';
    browser.meets(async (address) => browser.follow(leftOf(await browser.visitPage(address))));
    await world.run('signOut', { ref });
    await world.person.until('page', () => (browser.opened.length > 1 ? true : undefined));
    await browser.settled();
    assert.match(browser.opened[1] ?? '', /\/logout\?client_id=/);
    const page = await browser.visitPage(authorize);
    assert.match(titleOf(page) ?? '', /Sign in/, 'the page asks again who it is');
  });

  it('offers that to nobody who signed in otherwise', async () => {
    await world.connect(world.entry('notes'));
    const ref = await world.signIn('notes', 'reader');
    await world.run('signOut', { ref });
    const said = world.person.notices.map(({ text }) => text);
    assert.deepEqual(
      said.filter((text) => /browser/i.test(text)),
      [],
    );
  });

  it('takes a client of machines for what it is: an identity without a user', async () => {
    const clients = world.sandbox.description.userPools[0]?.clients ?? [];
    const machine = clients.find(({ name }) => name === 'machine');
    assert.ok(machine?.secret);
    const connectionId = await scene.connect({ clientId: machine.id, hasClientSecret: true });
    world.person
      .types(/Client secret of/, machine.secret)
      .picks(how, 'As the app itself')
      .types(/Custom scopes/, 'notes/read');
    const ref = await scene.signIn(connectionId);
    assert.ok(ref, world.person.report());
    assert.equal(ref.identityKey, 'm2m');
    const { tokens, credentials } = await world.session(ref);
    assert.equal(tokens?.idToken, undefined);
    assert.equal(credentials, undefined);
    const requests = await world.requestsOf(() => world.run('refreshCredentials', { ref }));
    assert.equal(requests['token'], 1);
    await world.person.sees(/The tokens of m2m are valid until/);
    assert.notEqual((await world.session(ref)).tokens?.accessToken, tokens?.accessToken);
    const below = await world.tree({ kind: 'identity', ref });
    assert.deepEqual(
      below.map(({ label }) => label),
      ['Access token'],
    );
    assert.deepEqual(browser.opened, []);
    world.person.picks(/In which form\?/, 'bash');
    await world.run('copyCredentials', { ref });
    await world.person.sees(/An app that signs in as itself gets no AWS credentials/);
  });
});
