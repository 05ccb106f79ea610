import assert from 'node:assert/strict';
import { Secret, TOTP } from 'otpauth';
import {
  CHALLENGE_USERS,
  CHALLENGES_CLIENT,
  REQUIRED_CLIENT,
} from '../../../../sandbox/seed/challenge-names';
import { errorOn, titleOf, type Browser, type Stop } from './browser';
import { claimsOf, codeIn, Scene } from './scene';

describe('sandbox hosted UI: second factor', function () {
  this.timeout(20_000);
  let scene: Scene;
  let browser: Browser;

  before(async () => {
    scene = await Scene.start();
  });
  beforeEach(() => {
    browser = scene.browser();
  });
  after(() => scene.stop());

  const login = (username: string, client: string = CHALLENGES_CLIENT.id): Promise<Stop> =>
    scene.login(browser, username, { client_id: client });
  const userOf = async (stop: Stop, client: string = CHALLENGES_CLIENT.id): Promise<unknown> => {
    const { body } = await scene.exchange(codeIn(stop), { client_id: client });
    return claimsOf(String(body['access_token']))['username'];
  };
  const totpCode = async (secret: string): Promise<string> => {
    const timestamp = (await scene.sandbox.control.advance(0)).getTime();
    return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
  };
  const secretOf = (username: string): string =>
    CHALLENGE_USERS.find((user) => user.username === username)?.totpSecret ?? '';
  const sentCode = async (username: string): Promise<string> => {
    const messages = await scene.sandbox.control.outbox();
    return messages.filter((message) => message.username === username).at(-1)?.code ?? '';
  };

  it('asks for the code of the authenticator; a wrong one stays on the page', async () => {
    const page = await login('totp');
    assert.equal(titleOf(page), 'Enter your code');
    assert.match(page.html, /Sandbox authenticator/);
    const right = await totpCode(secretOf('totp'));
    const wrong = await browser.submit(page, 'Sign in', { code: right === '000000' ? '000001' : '000000' });
    assert.equal(titleOf(wrong), 'Enter your code');
    assert.match(errorOn(wrong) ?? '', /^Invalid code received/);
    assert.equal(await userOf(await browser.submit(wrong, 'Sign in', { code: right })), 'totp');
  });

  it('starts over after three wrong codes', async () => {
    let page = await login('sms');
    for (let turn = 0; turn < 3; turn++) page = await browser.submit(page, 'Sign in', { code: 'nonsense' });
    const stop = await browser.submit(page, 'Sign in', { code: await sentCode('sms') });
    assert.match(titleOf(stop) ?? '', /^Sign in to/);
    assert.match(errorOn(stop) ?? '', /^Invalid session/);
  });

  for (const [username, masked] of [
    ['sms', '+*******0102'],
    ['emailotp', 'e***@e***'],
  ] as const) {
    it(`sends a code to ${username}, and says where`, async () => {
      const page = await login(username);
      assert.ok(page.html.includes(`A code was sent to ${masked}.`), page.html);
      assert.equal(
        await userOf(await browser.submit(page, 'Sign in', { code: await sentCode(username) })),
        username,
      );
    });
  }

  it('lets the user choose', async () => {
    const page = await login('selectmfa');
    assert.equal(titleOf(page), 'Choose how to verify');
    const bad = await browser.submit(page, 'Continue', { method: 'NOTHING' });
    assert.notEqual(errorOn(bad), undefined);
    const code = await browser.submit(bad, 'Continue', { method: 'EMAIL_OTP' });
    assert.equal(titleOf(code), 'Enter your code');
    const stop = await browser.submit(code, 'Sign in', { code: await sentCode('selectmfa') });
    assert.equal(await userOf(stop), 'selectmfa');
  });

  it('sets up an authenticator where the pool requires one, and asks it the next time', async () => {
    const client = REQUIRED_CLIENT.id;
    const page = await login('setup', client);
    assert.equal(titleOf(page), 'Set up an authenticator');
    const secret = /id="secret">([A-Z2-7]+)</.exec(page.html)?.[1] ?? '';
    const wrong = await browser.submit(page, 'Sign in', { code: '12345' });
    assert.equal(titleOf(wrong), 'Set up an authenticator');
    assert.notEqual(errorOn(wrong), undefined);
    assert.equal(/id="secret">([A-Z2-7]+)</.exec(wrong.html)?.[1], secret);
    const code = await totpCode(secret);
    assert.equal(
      await userOf(await browser.submit(wrong, 'Sign in', { code, friendlyName: 'phone' }), client),
      'setup',
    );
    browser = scene.browser();
    await scene.sandbox.control.advance(60);
    const next = await login('setup', client);
    assert.match(next.html, /\(phone\)/);
    codeIn(await browser.submit(next, 'Sign in', { code: await totpCode(secret) }));
  });

  const stopped: readonly [username: string, where: RegExp, error: RegExp | undefined][] = [
    ['disabled', /^Sign in to/, /^User is disabled/],
    ['expired', /^Sign in to/, /^Temporary password has expired/],
    ['reset', /^Forgot your password/, undefined],
    ['unconfirmed', /^Confirm your account/, undefined],
  ];
  for (const [username, where, error] of stopped) {
    it(`brings ${username} to the right page`, async () => {
      const stop = await login(username);
      assert.equal(stop.left, undefined);
      assert.match(titleOf(stop) ?? '', where);
      if (error !== undefined) assert.match(errorOn(stop) ?? '', error);
    });
  }
});
