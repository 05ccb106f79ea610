import assert from 'node:assert/strict';
import { TOTP } from 'otpauth';
import {
  controlOf,
  endStartedSandbox,
  signInToSandbox,
  startedSandbox,
  untilRequested,
} from '../support/vscode-sandbox';
import { journey } from './support/journey';

journey('whatever the pool asks', {}, (window) => {
  after(() => endStartedSandbox(window()));

  const begin = async (user: string): Promise<void> => {
    await signInToSandbox(window());
    await window().quickInput.type(user);
    await window().quickInput.pick(user);
  };
  const signedIn = (user: string) =>
    window()
      .tree()
      .waitFor(new RegExp(`^${user}.*active`));
  /** What the user's authenticator shows. */
  const authenticator = (user: string): string => {
    const users = startedSandbox(window()).userPools.flatMap((pool) => pool.users);
    const secret = users.find(({ username }) => username === user)?.totpSecret;
    assert.ok(secret);
    return new TOTP({ secret }).generate();
  };
  const sent = async (user: string): Promise<string> => {
    const outbox = await controlOf(window()).outbox();
    const code = outbox.findLast(({ username }) => username === user)?.code;
    assert.ok(code);
    return code;
  };

  it('starts the sandbox', async () => {
    await window().openContainer();
    await window().page.getByRole('button', { name: 'Try the Sandbox' }).click();
    await window().quickInput.waitFor('Gets the role Readers');
    await window().quickInput.dismiss();
  });

  it('SOFTWARE_TOKEN_MFA: a wrong code is asked again, the right one signs in', async () => {
    const { quickInput } = window();
    await begin('totp');
    await quickInput.waitFor('Code for totp');
    const right = authenticator('totp');
    await quickInput.type(right === '000000' ? '000001' : '000000');
    await quickInput.accept();
    await quickInput.waitForMessage(/[Ii]nvalid code|[Cc]ode mismatch/);
    await quickInput.type(authenticator('totp'));
    await quickInput.accept();
    await signedIn('totp');
  });

  it('SMS_MFA and EMAIL_OTP: the code of the newest message', async () => {
    const { quickInput } = window();
    for (const user of ['sms', 'emailotp']) {
      await begin(user);
      await quickInput.waitFor(`Code for ${user}`);
      await quickInput.type(await sent(user));
      await quickInput.accept();
      await signedIn(user);
    }
  });

  it('SELECT_MFA_TYPE: one of what Cognito offers', async () => {
    const { quickInput } = window();
    await begin('selectmfa');
    await quickInput.waitFor('Sign-in of selectmfa');
    await quickInput.pick('Authenticator app');
    await quickInput.waitFor('Code for selectmfa');
    await quickInput.type(authenticator('selectmfa'));
    await quickInput.accept();
    await signedIn('selectmfa');
  });

  it('USER_AUTH: chooses SRP, and no passkey without the browser', async () => {
    const { quickInput } = window();
    await begin('choice');
    await quickInput.waitFor('Sign-in of choice');
    await quickInput.pick('Password by SRP');
    await signedIn('choice');
  });

  it('CUSTOM_CHALLENGE, twice in a row', async () => {
    const { quickInput } = window();
    await begin('custom');
    await quickInput.waitFor('Custom challenge 1');
    await quickInput.type('5');
    await quickInput.accept();
    await quickInput.waitFor('Custom challenge 2');
    await quickInput.type('blue');
    await quickInput.accept();
    await signedIn('custom');
  });

  it('MFA_SETUP: by the secret beside the QR code', async () => {
    const { quickInput } = window();
    await begin('setup');
    await quickInput.waitFor('Set up an authenticator for setup');
    const page = window().inspectorFrame();
    const width = await page.locator('img').evaluate((picture: HTMLImageElement) => picture.naturalWidth);
    assert.ok(width > 0, 'the QR code is drawn');
    const secret = ((await page.locator('code').textContent()) ?? '').replace(/\s/g, '');
    await quickInput.type(new TOTP({ secret }).generate());
    await quickInput.accept();
    await quickInput.waitFor('A name for this authenticator');
    await quickInput.accept();
    await signedIn('setup');
  });

  it('DEVICE_SRP_AUTH: a remembered device needs no second factor, and keeps the session fresh', async () => {
    const { quickInput, notifications } = window();
    await begin('device');
    await quickInput.waitFor('Code for device');
    await quickInput.type(authenticator('device'));
    await quickInput.accept();
    await signedIn('device');
    await notifications.click('Remember this VS Code as a device of device', 'Remember');
    await untilRequested(window(), 'UpdateDeviceStatus');
    await window().runCommand('Refresh Credentials');
    await notifications.waitFor('The AWS credentials of device are valid until');
    await window().runCommand('Sign Out…');
    await window()
      .tree()
      .waitFor(/^device/, { gone: true });
    await begin('device');
    await signedIn('device');
  });

  it('says of users that cannot get in why, with the button that helps', async () => {
    const { quickInput, notifications } = window();
    await begin('unconfirmed');
    await notifications.waitFor('unconfirmed has not confirmed the sign-up yet');
    await notifications.click('unconfirmed has not confirmed', 'Enter the Code');
    await quickInput.waitFor('Confirm unconfirmed');
    await quickInput.type(await sent('unconfirmed'));
    await quickInput.accept();
    await quickInput.answer('User name', 'unconfirmed');
    await quickInput.answer('Password of unconfirmed', 'Unconfirmed-1-Sandbox!');
    await signedIn('unconfirmed');
  });
});
