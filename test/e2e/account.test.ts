import assert from 'node:assert/strict';
import { TOTP } from 'otpauth';
import { controlOf, endStartedSandbox, signInToSandbox, startedSandbox } from '../support/vscode-sandbox';
import { journey } from './support/journey';
import { pageOf, withoutProxy } from './support/sign-in-page';

const first = 'Fresh-1-Sandbox!';
const second = 'Fresh-2-Sandbox!';
const third = 'Fresh-3-Sandbox!';

journey('an account of one’s own', {}, (window) => {
  after(() => endStartedSandbox(window()));

  const begin = async (user: string): Promise<void> => {
    await signInToSandbox(window());
    await window().quickInput.type(user);
    await window().quickInput.pick(user);
  };
  const active = (user: string) =>
    window()
      .tree()
      .waitFor(new RegExp(`^${user}.*active`));
  const signOut = async (user: string): Promise<void> => {
    await window().runCommand('Sign Out…');
    await window()
      .tree()
      .waitFor(new RegExp(`^${user}`), { gone: true });
  };
  /** The newest code for a user. */
  const sent = async (user: string): Promise<string> => {
    const outbox = await controlOf(window()).outbox();
    const code = outbox.findLast(({ username }) => username === user)?.code;
    assert.ok(code, `a code was sent to ${user}`);
    return code;
  };
  const authenticator = (user: string): string => {
    const users = startedSandbox(window()).userPools.flatMap((pool) => pool.users);
    const secret = users.find(({ username }) => username === user)?.totpSecret;
    assert.ok(secret);
    return new TOTP({ secret }).generate();
  };
  const enter = async (text: string): Promise<void> => {
    await window().quickInput.type(text);
    await window().quickInput.accept();
  };
  const newPassword = async (password: string): Promise<void> => {
    const { quickInput } = window();
    await quickInput.answer(/New password/, password);
    await quickInput.waitFor('The new password again');
    assert.ok(await quickInput.isPassword());
    await enter(password);
  };

  it('starts the sandbox', async () => {
    await window().openContainer();
    await window().page.getByRole('button', { name: 'Try the Sandbox' }).click();
    await window().quickInput.waitFor('Gets the role Readers');
    await window().quickInput.dismiss();
  });

  it('Sign Up…: a weak password and a wrong code are asked again, and the right one signs in', async () => {
    const { quickInput } = window();
    await window().runCommand('Sign Up…');
    await quickInput.waitFor('Sign up at Sandbox');
    await enter('fresh');
    await quickInput.waitFor('E-mail address');
    await enter('fresh@example.com');
    await newPassword('weak');
    await quickInput.waitForMessage(/did not conform with policy/);
    await newPassword(first);
    await quickInput.waitFor('Confirm fresh');
    const code = await sent('fresh');
    assert.match(await quickInput.message(), new RegExp(`f\\*+@e\\*+.*the sandbox says ${code}`));
    await enter(code === '000000' ? '000001' : '000000');
    await quickInput.waitForMessage(/[Ii]nvalid verification code/);
    await quickInput.button('Send a new code');
    await quickInput.waitForMessage('the sandbox says');
    await enter(await sent('fresh'));
    await active('fresh');
  });

  it('Change Password…: a wrong one is refused, the right one makes way for the new', async () => {
    const { quickInput, notifications } = window();
    await window().runCommand('Change Password…');
    await quickInput.waitFor('The password now');
    assert.ok(await quickInput.isPassword());
    await enter('not the password');
    await newPassword(second);
    await quickInput.waitForMessage('That is not the password of fresh.');
    await enter(first);
    await newPassword(second);
    await notifications.waitFor('fresh has a new password.');
  });

  it('Forgot Password…: the code, a new password, and signed in', async () => {
    const { quickInput } = window();
    await signOut('fresh');
    await window().runCommand('Forgot Password…');
    await quickInput.waitFor('Forgotten password at Sandbox');
    await enter('fresh');
    await quickInput.waitFor('the sandbox says');
    await enter(await sent('fresh'));
    await newPassword(third);
    await active('fresh');
  });

  it('a reload while a code is asked for: nothing waits any more, and the next sign-in works', async () => {
    const { quickInput } = window();
    await begin('totp');
    await quickInput.waitFor('Code for totp');
    await window().reload();
    await quickInput.closed();
    await window().openContainer();
    await window().tree().waitFor('Sandbox');
    assert.equal((await window().tree().rows()).filter((row) => /totp/.test(row)).length, 0);
    await begin('totp');
    await quickInput.waitFor('Code for totp');
    await enter(authenticator('totp'));
    await active('totp');
  });

  it('a password that was reset: the button leads through the new one', async () => {
    const { quickInput, notifications } = window();
    await begin('reset');
    await notifications.waitFor('reset must set a new password first');
    await notifications.click('reset must set', 'Reset Password');
    await quickInput.waitFor('the sandbox says');
    await enter(await sent('reset'));
    await newPassword('Reset-2-Sandbox!');
    await active('reset');
  });

  it('an expired temporary password, and a disabled user: says that an administrator must help', async () => {
    const { notifications } = window();
    await begin('expired');
    await notifications.waitFor(/temporary password of expired has expired/);
    await begin('disabled');
    await notifications.waitFor('disabled is disabled');
  });

  it('a passkey: goes on at the page of the pool, in the browser', async () => {
    const { quickInput, notifications } = window();
    await withoutProxy(window());
    await begin('choice');
    await quickInput.waitFor('Sign-in of choice');
    await quickInput.pick('Passkey');
    await quickInput.waitFor('Sign in in the browser');
    await quickInput.pick('Sign in in the browser');
    await quickInput.waitFor('I paste the address');
    const page = await pageOf(window(), () => quickInput.pick('To a port of this machine'));
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    assert.equal(new URL(page.url()).origin, startedSandbox(window()).api);
    assert.equal(await page.getByLabel('Username').inputValue(), 'choice');
    await page.close();
    await notifications.click('Waiting for the sign-in', 'Cancel');
    await notifications.gone('Waiting for the sign-in');
  });

  it('Manage Passkeys and Devices…: lists a remembered device and a passkey, and forgets both', async () => {
    const { quickInput, notifications } = window();
    await begin('device');
    await quickInput.waitFor('Code for device');
    await enter(authenticator('device'));
    await active('device');
    await notifications.click('Remember this VS Code as a device of device', 'Remember');
    await window().runCommand('Manage Passkeys and Devices…');
    await quickInput.waitFor('Devices and passkeys of device');
    await quickInput.pick('remembered');
    await quickInput.waitFor('Forget it');
    await quickInput.pick('Forget it');
    await notifications.waitFor('Cognito has forgotten the device');
    await signOut('device');
    await begin('device');
    await quickInput.waitFor('Code for device');
    await quickInput.dismiss();

    await begin('choice');
    await quickInput.waitFor('Sign-in of choice');
    await quickInput.pick('Password by SRP');
    await active('choice');
    await window().runCommand('Manage Passkeys and Devices…');
    await quickInput.pick('A laptop that was lost');
    await quickInput.pick('Delete it');
    await notifications.waitFor('The passkey A laptop that was lost is deleted');
    await window().runCommand('Manage Passkeys and Devices…');
    await quickInput.waitFor('Devices and passkeys of choice');
    const left = (await quickInput.items()).map(({ label }) => label);
    assert.ok(!left.includes('A laptop that was lost'), left.join(', '));
    await quickInput.dismiss();
  });

  it('Set Up MFA…: by the secret beside the QR code, and the next sign-in asks for it', async () => {
    const { quickInput, notifications } = window();
    await begin('choice');
    await quickInput.waitFor('Sign-in of choice');
    await quickInput.pick('Password by SRP');
    await active('choice');
    await window().runCommand('Set Up MFA…');
    await quickInput.waitFor('MFA of choice');
    await quickInput.pick('Authenticator app');
    await quickInput.waitFor('Set up an authenticator for choice');
    const secret = ((await window().inspectorFrame().locator('code').textContent()) ?? '').replace(/\s/g, '');
    await enter(new TOTP({ secret }).generate() === '000000' ? '000001' : '000000');
    await quickInput.waitFor('A name for this authenticator');
    await quickInput.accept();
    await quickInput.waitForMessage('That code is not right');
    const again = ((await window().inspectorFrame().locator('code').textContent()) ?? '').replace(/\s/g, '');
    assert.equal(again, secret, 'the secret stays');
    await enter(new TOTP({ secret }).generate());
    await quickInput.waitFor('A name for this authenticator');
    await quickInput.accept();
    await notifications.waitFor('The next sign-in of choice asks for this second factor.');
    await signOut('choice');
    await begin('choice');
    await quickInput.waitFor('Sign-in of choice');
    await quickInput.pick('Password by SRP');
    await quickInput.waitFor('Code for choice');
    await quickInput.dismiss();
  });
});
