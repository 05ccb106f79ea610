import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { APP_IDS } from '../../sandbox/seed/identity-pool-names';
import { poolWithIssuer } from '../support/provider-scene';
import { startTestSandbox, type TestSandbox } from '../support/sandbox';
import { InspectorDriver } from '../support/vscode-inspector';
import { endStartedSandbox } from '../support/vscode-sandbox';
import {
  PUBLIC_CLIENT,
  startPublicProvider,
  type RunningProvider,
} from '../unit/sandbox/hostedui/foreign-providers';
import { journey } from './support/journey';
import { pageOf, withoutProxy } from './support/sign-in-page';

const GOOGLE = 'accounts.google.com';
const redirectUris = [8400, 8401, 8402].map((port) => `http://localhost:${port}/callback`);
let sandbox: TestSandbox;
let acme: RunningProvider;
let roleName: string;

/** A provider outside Cognito, in IAM and in an identity pool beside Google. */
async function acmeConnection() {
  sandbox = await startTestSandbox();
  acme = await startPublicProvider(redirectUris, new Map([['ada', { email: 'ada@acme.example' }]]));
  const issuer = { url: acme.issuer, clientId: PUBLIC_CLIENT };
  const pool = await poolWithIssuer(sandbox, issuer, {
    SupportedLoginProviders: { [GOOGLE]: APP_IDS[GOOGLE] },
  });
  ({ roleName } = pool);
  const { api, s3 } = sandbox.description;
  const connection = {
    id: 'acme',
    name: 'Shop',
    identityPool: {
      identityPoolId: pool.identityPoolId,
      providers: [{ issuer: acme.issuer, clientId: PUBLIC_CLIENT, name: 'Acme' }],
    },
    endpoints: { cognitoIdentity: api, sts: api, iam: api, s3, s3Checksums: 'supported' },
  };
  return { settings: { 'cognitoWorkbench.connections': [connection] } };
}

async function signInAtAcme(page: Page): Promise<void> {
  await page.locator('input[name=login]').fill('ada');
  await page.locator('input[name=password]').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

journey('a user of an OpenID Connect provider', acmeConnection, (window) => {
  const inspector = () => new InspectorDriver(window());
  let identityId = '';
  before(() => withoutProxy(window()));
  after(async () => {
    await sandbox.stop();
    await acme.stop();
  });

  it('signs in at the provider’s own page, and gets AWS credentials', async () => {
    const { quickInput, dialog } = window();
    await window().openContainer();
    await window().runCommand('Sign In with Provider…');
    await dialog.click('Sign In There');
    await quickInput.waitFor('opens the browser');
    await quickInput.pick('Acme');
    await quickInput.waitFor('I paste the address');
    const page = await pageOf(window(), () => quickInput.pick('To a port of this machine'));
    assert.equal(new URL(page.url()).origin, acme.issuer);
    await signInAtAcme(page);
    await page.getByRole('heading', { name: 'Signed in' }).waitFor();
    await page.getByText('You are signed in as ada@acme.example.').waitFor();
    await page.close();
    await window()
      .tree()
      .waitFor(/ada@acme\.example.*active/);
  });

  it('has the role of the identity pool', async () => {
    await window().runCommand('Open Inspector');
    await inspector().of('ada@acme.example');
    await inspector().open('Credentials');
    await inspector().frame.getByText('How they came: enhanced flow').waitFor();
    assert.equal(await inspector().fact('Role'), roleName);
    identityId = (await inspector().fact('Identity ID')).split(/\s/)[0] ?? '';
    assert.match(identityId, /^us-east-1:[0-9a-f-]{36}/);
  });

  it('links a login of Google; a token of another kind is refused by its name', async () => {
    const { quickInput, notifications } = window();
    const provider = (name: string) => sandbox.control.loginToken({ provider: name, subject: 'ada-g' });
    await window().runCommand('Link Login…');
    await quickInput.waitFor('A SAML provider…');
    await quickInput.pick(/^Google/);
    await quickInput.waitFor('Paste an ID token of Google');
    assert.ok(await quickInput.isPassword());
    await quickInput.type(await provider('graph.facebook.com'));
    await quickInput.accept();
    await quickInput.waitForMessage('This is an access token of Facebook; Google needs an ID token.');
    await quickInput.type(await provider(GOOGLE));
    await quickInput.accept();
    await notifications.waitFor(`now leads to the identity of ada@acme.example: ${identityId}.`);
  });

  it('reaches the same identity by either', async () => {
    const { quickInput } = window();
    await window().runCommand('Sign In with Provider…');
    await quickInput.waitFor('A SAML provider…');
    await quickInput.pick(/^Google/);
    await quickInput.answer(
      'Paste an ID token of Google',
      await sandbox.control.loginToken({ provider: GOOGLE, subject: 'ada-g', claims: { name: 'Ada G' } }),
    );
    await window()
      .tree()
      .waitFor(/Ada G.*active/);
    await window().runCommand('Open Inspector');
    await inspector().of('Ada G');
    await inspector().open('Credentials');
    assert.equal((await inspector().fact('Identity ID')).split(/\s/)[0], identityId);
    await window().runCommand('Sign Out…');
    await window().tree().waitFor(/Ada G/, { gone: true });
  });

  it('unlinks it again, after a word about what that means', async () => {
    const { quickInput, notifications, dialog } = window();
    await window().runCommand('Unlink Login…');
    await quickInput.waitFor('Unlink a login of ada@acme.example');
    await quickInput.pick(/^Google/);
    await dialog.waitFor('Unlink Google from ada@acme.example?');
    await dialog.click('Unlink');
    await notifications.waitFor(`Google no longer leads to the identity ${identityId}.`);
  });

  it('signs in again with the same provider when it is time', async () => {
    const { quickInput } = window();
    await window()
      .tree()
      .contextMenu(/ada@acme\.example/, 'Refresh Credentials');
    await window().notifications.waitFor('The AWS credentials of ada@acme.example are valid until');
    await window().runCommand('Sign In with Provider…');
    await quickInput.pick('Acme');
    await quickInput.waitFor('In the browser, as someone else');
    const page = await pageOf(window(), () => quickInput.pick(/^In the browser(?!,)/));
    // The provider knows the person, and asks a client without a secret for the consent again.
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('You are signed in as ada@acme.example.').waitFor();
    await page.close();
  });
});

journey('a user of a provider that the sandbox plays', {}, (window) => {
  after(() => endStartedSandbox(window()));

  it('signs in without any account, in three choices', async () => {
    const { quickInput } = window();
    await window().openContainer();
    await window().page.getByRole('button', { name: 'Try the Sandbox' }).click();
    await quickInput.waitFor('Gets the role Readers');
    await quickInput.dismiss();
    await window()
      .tree()
      .contextMenu(/Sandbox: Guests and providers/, 'Sign In with Provider…');
    await quickInput.waitFor('played by the sandbox');
    await quickInput.pick('played by the sandbox');
    await quickInput.waitForValue('rita');
    await quickInput.accept();
    await window()
      .tree()
      .waitFor(/rita@example\.com.*active/);
  });
});
