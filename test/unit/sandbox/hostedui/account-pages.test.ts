import assert from 'node:assert/strict';
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { errorOn, linkOn, titleOf, type Browser, type Stop } from './browser';
import { CALLBACK, claimsOf, codeIn, Scene } from './scene';

const PASSWORD = 'Visitor-1-Sandbox!';

describe('sandbox hosted UI: sign-up and forgotten password', function () {
  this.timeout(20_000);
  let scene: Scene;

  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.stop());

  const newestCode = async (username: string): Promise<string> => {
    const messages = await scene.sandbox.control.outbox();
    const found = messages.filter((message) => message.username === username).at(-1);
    assert.ok(found, `a message to ${username}`);
    return found.code;
  };
  const signUp = async (
    browser: Browser,
    username: string,
    change: Record<string, string> = {},
  ): Promise<Stop> => {
    const page = await browser.open(linkOn(await browser.open(scene.address()), 'Sign up'));
    const values = { username, email: `${username}@example.com`, password: PASSWORD, ...change };
    return browser.submit(page, 'Sign up', values);
  };

  const refusals: readonly [string, Record<string, string>, RegExp][] = [
    ['a weak password', { password: 'short' }, /^Password did not conform with policy/],
    ['a user name that is taken', { username: 'reader' }, /^User already exists|already exists/],
    ['an address that is none', { email: 'nowhere' }, /^Invalid email address format/],
    ['no user name', { username: '' }, /username/],
  ];
  for (const [name, change, error] of refusals) {
    it(`sign-up refuses ${name}, on the page`, async () => {
      const stop = await signUp(scene.browser(), 'visitor0', change);
      assert.equal(titleOf(stop), 'Sign up to web');
      assert.match(errorOn(stop) ?? '', error);
    });
  }

  it('sign-up ends in the app once the code is confirmed', async () => {
    const browser = scene.browser();
    const page = await signUp(browser, 'visitor1');
    assert.equal(titleOf(page), 'Confirm your account');
    assert.match(page.html, /v\*\*\*@e\*\*\*/);
    const wrong = await browser.submit(page, 'Confirm', { code: '000000x' });
    assert.match(errorOn(wrong) ?? '', /^Invalid verification code/);
    const stop = await browser.submit(wrong, 'Confirm', { code: await newestCode('visitor1') });
    const { body } = await scene.exchange(codeIn(stop));
    assert.equal(claimsOf(String(body['id_token']))['email'], 'visitor1@example.com');
  });

  it('sign-up sends a code again', async () => {
    const browser = scene.browser();
    const page = await signUp(browser, 'visitor2');
    const first = await newestCode('visitor2');
    const again = await browser.submit(page, 'Resend code');
    assert.match(again.html, /A new code was sent/);
    const messages = await scene.sandbox.control.outbox();
    assert.equal(messages.filter(({ username }) => username === 'visitor2').length, 2);
    const code = await newestCode('visitor2');
    if (code !== first)
      assert.notEqual(errorOn(await browser.submit(again, 'Confirm', { code: first })), undefined);
    codeIn(await browser.submit(again, 'Confirm', { code }));
  });

  it('who is not confirmed gets there from the sign-in page, and signs in afterwards', async () => {
    await signUp(scene.browser(), 'visitor3');
    const browser = scene.browser();
    const page = await scene.login(browser, 'visitor3', {}, PASSWORD);
    assert.equal(titleOf(page), 'Confirm your account');
    const login = await browser.submit(page, 'Confirm', { code: await newestCode('visitor3') });
    assert.equal(titleOf(login), 'Sign in to web');
    codeIn(await browser.submit(login, 'Sign in', { username: 'visitor3', password: PASSWORD }));
  });

  it('a confirmation does not let in who never gave the password', async () => {
    await signUp(scene.browser(), 'visitor4');
    const browser = scene.browser();
    const page = await scene.login(browser, 'visitor4', {}, 'not the password');
    const stop = await browser.submit(page, 'Confirm', { code: await newestCode('visitor4') });
    assert.equal(stop.left, undefined);
    assert.equal(titleOf(stop), 'Sign in to web');
  });

  it('forgotten password: a code, a new password, and back to the sign-in page', async () => {
    const browser = scene.browser();
    const ask = await browser.open(linkOn(await browser.open(scene.address()), 'Forgot your password?'));
    const page = await browser.submit(ask, 'Reset my password', { username: 'reader' });
    assert.equal(titleOf(page), 'Choose a new password');
    const password = 'Reader-2-Sandbox!';
    const wrong = await browser.submit(page, 'Change password', { code: '000000x', password });
    assert.match(errorOn(wrong) ?? '', /^Invalid verification code/);
    const code = await newestCode('reader');
    const login = await browser.submit(wrong, 'Change password', { code, password });
    assert.equal(titleOf(login), 'Sign in to web');
    codeIn(await browser.submit(login, 'Sign in', { username: 'reader', password }));
  });

  it('forgotten password of nobody looks the same', async () => {
    const browser = scene.browser();
    const ask = await browser.open(scene.address({}, '/forgotPassword'));
    const page = await browser.submit(ask, 'Reset my password', { username: 'nobody' });
    assert.equal(titleOf(page), 'Choose a new password');
    const stop = await browser.submit(page, 'Change password', { code: '123456', password: PASSWORD });
    assert.notEqual(errorOn(stop), undefined);
  });

  it('asks for what the pool requires, and for the address as the name where people sign in by it', async () => {
    const { UserPool } = await scene.admin.send(
      new CreateUserPoolCommand({
        PoolName: 'by-email',
        UsernameAttributes: ['email'],
        AutoVerifiedAttributes: ['email'],
        Schema: [{ Name: 'given_name', AttributeDataType: 'String', Required: true, Mutable: true }],
      }),
    );
    const UserPoolId = UserPool?.Id;
    await scene.admin.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: 'by-email' }));
    const { UserPoolClient } = await scene.admin.send(
      new CreateUserPoolClientCommand({
        UserPoolId,
        ClientName: 'confidential',
        GenerateSecret: true,
        SupportedIdentityProviders: ['COGNITO'],
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['openid'],
        CallbackURLs: [CALLBACK],
      }),
    );
    const browser = scene.browser();
    const address = scene.address({ client_id: UserPoolClient?.ClientId, scope: 'openid' }, '/signup');
    const page = await browser.open(address);
    assert.match(page.html, /<label for="username">Email<\/label>/);
    assert.doesNotMatch(page.html, /name="email"/);
    const values = { username: 'a@example.com', given_name: 'Ann', password: PASSWORD };
    const confirm = await browser.submit(page, 'Sign up', values);
    const [message] = (await scene.sandbox.control.outbox()).slice(-1);
    codeIn(await browser.submit(confirm, 'Confirm', { code: message?.code ?? '' }));
  });
});
