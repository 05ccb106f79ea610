import assert from 'node:assert/strict';
import { errorOn, linkOn, titleOf, type Stop } from './browser';
import { CALLBACK, claimsOf, codeIn, Scene } from './scene';

type Change = Record<string, string | undefined>;

describe('sandbox hosted UI: sign-in page', function () {
  this.timeout(20_000);
  let scene: Scene;
  let other: string;

  before(async () => {
    scene = await Scene.start();
    other = (await scene.addClient()).id;
  });
  after(() => scene.stop());

  describe('refuses', () => {
    const rows: readonly [name: string, username: string, password: string, error: RegExp][] = [
      ['a wrong password', 'reader', 'wrong', /^Incorrect username or password\.$/],
      ['an unknown user', 'nobody', 'wrong', /^Incorrect username or password\.$/],
      ['nothing at all', '', '', /^Missing required parameter USERNAME$/],
      ['a temporary password that is wrong', 'newcomer', 'wrong', /^Incorrect username or password\.$/],
    ];
    for (const [name, username, password, error] of rows) {
      it(`${name}, on the page`, async () => {
        const stop = await scene.login(scene.browser(), username, {}, password);
        assert.equal(stop.left, undefined);
        assert.equal(new URL(stop.address).pathname, '/login');
        assert.match(errorOn(stop) ?? '', error);
      });
    }

    it('who was locked out, even with the right password', async () => {
      const browser = scene.browser();
      for (let turn = 0; turn < 5; turn++) await scene.login(browser, 'admin', {}, 'wrong');
      assert.equal(errorOn(await scene.login(browser, 'admin')), 'Password attempts exceeded');
      await scene.sandbox.control.advance(5);
      codeIn(await scene.login(browser, 'admin'));
    });

    it('a form that another site made', async () => {
      const response = await fetch(scene.address({}, '/login'), {
        method: 'POST',
        body: new URLSearchParams({ username: 'reader', password: scene.sandbox.user('reader').password }),
        redirect: 'manual',
      });
      assert.equal(response.headers.get('location'), '/error?error=invalid_form');
    });

    it("a form of another browser's", async () => {
      const page = await scene.browser().open(scene.address());
      const stranger = scene.browser();
      await stranger.open(scene.address());
      const values = { username: 'reader', password: scene.sandbox.user('reader').password };
      assert.equal(errorOn(await stranger.submit(page, 'Sign in', values)), 'invalid_form');
    });

    it('to write what was typed as HTML', async () => {
      const stop = await scene.login(scene.browser(), '<img src=x>"', {}, 'x');
      assert.match(stop.html, /value="&lt;img src=x&gt;&quot;"/);
      assert.doesNotMatch(stop.html, /<img/);
    });

    it('callbacks that were changed on the way to the page', async () => {
      const stop = await scene
        .browser()
        .open(scene.address({ redirect_uri: 'https://attacker.example/' }, '/login'));
      assert.equal(errorOn(stop), 'redirect_mismatch');
    });
  });

  describe('single sign-on', () => {
    const again = (browser: ReturnType<Scene['browser']>, change: Change = {}): Promise<Stop> =>
      browser.open(scene.address(change));
    const subOf = async (stop: Stop, client = scene.web): Promise<unknown> => {
      const { body } = await scene.exchange(codeIn(stop), { client_id: client });
      return claimsOf(String(body['access_token']))['username'];
    };

    it('gives a second app its code at once, with the time of the first sign-in', async () => {
      const browser = scene.browser();
      const { body: first } = await scene.exchange(codeIn(await scene.login(browser, 'reader')));
      await scene.sandbox.control.advance(600);
      const stop = await again(browser, { client_id: other });
      const { body: second } = await scene.exchange(codeIn(stop), { client_id: other });
      const [one, two] = [first, second].map((body) => claimsOf(String(body['access_token'])));
      assert.equal(two?.['auth_time'], one?.['auth_time']);
      assert.equal(two?.['sub'], one?.['sub']);
    });

    it('answers prompt=none', async () => {
      const browser = scene.browser();
      await scene.login(browser, 'reader');
      assert.equal(await subOf(await again(browser, { prompt: 'none' })), 'reader');
    });

    it('steps aside for prompt=login, and lets somebody else in', async () => {
      const browser = scene.browser();
      await scene.login(browser, 'reader');
      const page = await again(browser, { prompt: 'login' });
      assert.equal(titleOf(page), 'Sign in to web');
      assert.equal(await subOf(await scene.login(browser, 'admin', { prompt: 'login' })), 'admin');
      assert.equal(await subOf(await again(browser)), 'admin');
    });

    it('lasts an hour', async () => {
      const browser = scene.browser();
      await scene.login(browser, 'reader');
      await scene.sandbox.control.advance(3590);
      codeIn(await again(browser));
      await scene.sandbox.control.advance(11);
      assert.equal(titleOf(await again(browser)), 'Sign in to web');
    });

    it('is in one browser only', async () => {
      await scene.login(scene.browser(), 'reader');
      assert.equal(titleOf(await again(scene.browser())), 'Sign in to web');
    });

    it('comes with a new cookie, so that a planted one is worth nothing', async () => {
      const [victim, thief] = [scene.browser(), scene.browser()];
      await thief.open(scene.address());
      const planted = thief.cookie(scene.api, 'cognito') ?? '';
      victim.setCookie(scene.api, 'cognito', planted);
      await scene.login(victim, 'reader');
      assert.notEqual(victim.cookie(scene.api, 'cognito'), planted);
      assert.equal(titleOf(await again(thief)), 'Sign in to web');
    });

    it('sets a cookie that scripts and other sites do not get', async () => {
      const { headers } = await scene.browser().open(scene.address({}, '/login'));
      assert.match(headers.get('set-cookie') ?? '', /^cognito=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax$/);
    });

    it('does not let in who was disabled', async () => {
      const { AdminDisableUserCommand, AdminEnableUserCommand } =
        await import('@aws-sdk/client-cognito-identity-provider');
      const named = { UserPoolId: scene.sandbox.userPoolId, Username: 'reader' };
      const browser = scene.browser();
      await scene.login(browser, 'reader');
      await scene.admin.send(new AdminDisableUserCommand(named));
      try {
        assert.equal(titleOf(await again(browser)), 'Sign in to web');
      } finally {
        await scene.admin.send(new AdminEnableUserCommand(named));
      }
    });
  });

  describe('/logout', () => {
    const SIGNED_OUT = 'http://localhost:8400/signed-out';
    const out = (change: Change): string => {
      const parameters = new URLSearchParams();
      for (const [name, value] of Object.entries({ client_id: scene.web, ...change }))
        if (value !== undefined) parameters.append(name, value);
      return `${scene.api}/logout?${parameters.toString()}`;
    };

    const refusals: readonly [string, Change, string][] = [
      ['no client', { client_id: undefined, logout_uri: SIGNED_OUT }, 'invalid_request'],
      ['an unknown client', { client_id: 'nobody', logout_uri: SIGNED_OUT }, 'invalid_client'],
      ['no address', {}, 'invalid_request'],
      ['an address that is not registered', { logout_uri: 'http://localhost:8400/' }, 'redirect_mismatch'],
      ['a callback as the address', { logout_uri: CALLBACK }, 'redirect_mismatch'],
      ['a callback without response type', { redirect_uri: CALLBACK }, 'invalid_request'],
      [
        'a callback that is not registered',
        { redirect_uri: 'https://attacker.example/', response_type: 'code' },
        'redirect_mismatch',
      ],
    ];
    for (const [name, change, error] of refusals) {
      it(`refuses ${name}, and signs nobody out`, async () => {
        const browser = scene.browser();
        await scene.login(browser, 'reader');
        assert.equal(errorOn(await browser.open(out(change))), error);
        codeIn(await browser.open(scene.address()));
      });
    }

    it('forgets who was signed in, and leads to the registered address', async () => {
      const browser = scene.browser();
      const { body } = await scene.exchange(codeIn(await scene.login(browser, 'reader')));
      const stop = await browser.open(out({ logout_uri: SIGNED_OUT }));
      assert.equal(stop.left?.href, SIGNED_OUT);
      assert.equal(titleOf(await browser.open(scene.address())), 'Sign in to web');
      const { status } = await scene.sandbox.call('GetUser', { AccessToken: body['access_token'] });
      assert.equal(status, 200, 'tokens live on');
    });

    it('leads back to the sign-in page for a callback', async () => {
      const browser = scene.browser();
      await scene.login(browser, 'reader');
      const page = await browser.open(out({ redirect_uri: CALLBACK, response_type: 'code', state: 's2' }));
      assert.equal(titleOf(page), 'Sign in to web');
      const { password } = scene.sandbox.user('admin');
      const stop = await browser.submit(page, 'Sign in', { username: 'admin', password });
      assert.equal(stop.left?.searchParams.get('state'), 's2');
    });
  });

  describe('new password', () => {
    it('is asked for, checked on the page, and lets the user in', async () => {
      const browser = scene.browser();
      const page = await scene.login(browser, 'newcomer');
      assert.equal(titleOf(page), 'Change your password');
      const bad = await browser.submit(page, 'Send', { password: 'short' });
      assert.match(errorOn(bad) ?? '', /^Password did not conform with policy/);
      const stop = await browser.submit(bad, 'Send', { password: 'Newcomer-2-Sandbox!' });
      const { body } = await scene.exchange(codeIn(stop));
      assert.equal(claimsOf(String(body['access_token']))['username'], 'newcomer');
      const back = await browser.open(page.address);
      assert.equal(errorOn(back), 'expired');
    });

    it('is refused when the session is over', async () => {
      const { AdminCreateUserCommand } = await import('@aws-sdk/client-cognito-identity-provider');
      const password = 'Temporary-1!';
      await scene.admin.send(
        new AdminCreateUserCommand({
          UserPoolId: scene.sandbox.userPoolId,
          Username: 'slow',
          TemporaryPassword: password,
          MessageAction: 'SUPPRESS',
        }),
      );
      const browser = scene.browser();
      const page = await scene.login(browser, 'slow', {}, password);
      await scene.sandbox.control.advance(181);
      const stop = await browser.submit(page, 'Send', { password: 'Permanent-1!' });
      assert.equal(titleOf(stop), 'Sign in to web');
      assert.match(errorOn(stop) ?? '', /session is expired/);
    });

    it('is a page of its own browser', async () => {
      const { address } = await scene.login(scene.browser(), 'slow', {}, 'Temporary-1!');
      assert.equal(errorOn(await scene.browser().open(address)), 'expired');
    });
  });

  it('links to sign-up and forgotten password with the same request', async () => {
    const page = await scene.browser().open(scene.address());
    for (const [words, path] of [
      ['Sign up', '/signup'],
      ['Forgot your password?', '/forgotPassword'],
    ] as const) {
      const link = new URL(linkOn(page, words));
      assert.equal(link.pathname, path);
      assert.equal(link.searchParams.get('state'), 'st&te=1');
    }
  });
});
