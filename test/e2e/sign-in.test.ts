import assert from 'node:assert/strict';
import { endStartedSandbox, signInToSandbox } from '../support/vscode-sandbox';
import { InspectorDriver } from '../support/vscode-inspector';
import { journey } from './support/journey';

journey('signing in', {}, (window) => {
  after(() => endStartedSandbox(window()));

  it('lets a newcomer choose a new password, and says what is wrong with one', async () => {
    const { quickInput } = window();
    await window().openContainer();
    await window().page.getByRole('button', { name: 'Try the Sandbox' }).click();
    await quickInput.pick('newcomer');
    const answer = async (first: string, second: string) => {
      await quickInput.answer('(1/2)', first);
      await quickInput.answer('The new password again', second);
    };
    await quickInput.waitFor('newcomer must choose a new password (1/2)');
    assert.equal(await quickInput.isPassword(), true);
    await answer('Fresh-Passw0rd!', 'Fresh-Passw0rd?');
    await quickInput.waitForMessage('The two passwords differ');
    await answer('short', 'short');
    await quickInput.waitForMessage('Password not long enough');
    await answer('Fresh-Passw0rd!', 'Fresh-Passw0rd!');
    await new InspectorDriver(window()).of('newcomer');
    await window()
      .tree()
      .waitFor(/newcomer.*active/);
  });

  it('explains the default role of a user without groups', async () => {
    const inspector = new InspectorDriver(window());
    const panel = await inspector.open('Credentials');
    await panel.getByRole('heading', { name: 'Why this role' }).waitFor();
    assert.equal(await inspector.fact('Role'), 'Readers');
    await panel.getByText('Your token names no role').waitFor();
    await panel.getByText('The default authenticated role · possible').waitFor();
  });

  it('answers a wrong password with one message, its buttons and its details', async () => {
    const { quickInput, notifications, dialog } = window();
    await signInToSandbox(window());
    await quickInput.pick('Another user…');
    await quickInput.answer('User name', 'reader');
    await quickInput.waitFor('Password of reader');
    assert.equal(await quickInput.isPassword(), true);
    await quickInput.answer('Password of reader', 'not-the-Passw0rd');
    const text = await notifications.waitFor('Cognito refused the sign-in of reader');
    assert.match(text, /The user name or the password is not right/);
    assert.equal((await notifications.texts()).length, 1);
    await notifications.click('Cognito refused', 'Show Details');
    const details = await dialog.waitFor('Cognito refused the sign-in of reader');
    assert.match(details, /Code: NotAuthorizedException/);
    assert.match(details, /Request ID: [0-9a-f-]{36}/);
    assert.ok(!details.includes('not-the-Passw0rd'));
    await dialog.click('Cancel');
  });

  it('goes on from the message with the user name filled in', async () => {
    const { quickInput, notifications } = window();
    await signInToSandbox(window());
    await quickInput.pick('Another user…');
    await quickInput.answer('User name', 'reader');
    await quickInput.answer('Password of reader', 'not-the-Passw0rd');
    await notifications.click('Cognito refused the sign-in of reader', /^Sign In/);
    await quickInput.waitForValue('reader');
    await quickInput.accept();
    await quickInput.answer('Password of reader', 'Reader-1-Sandbox!');
    await window()
      .tree()
      .waitFor(/reader.*active/);
    await window()
      .statusBarItem(/reader · \d+ min/)
      .waitFor();
  });

  it('leaves everything as it was when a sign-in is given up', async () => {
    const { quickInput, notifications } = window();
    const before = await window().tree().rows();
    await signInToSandbox(window());
    await quickInput.pick('Another user…');
    await quickInput.waitFor('User name');
    await quickInput.dismiss();
    assert.deepEqual(await window().tree().rows(), before);
    assert.deepEqual(
      (await notifications.texts()).filter((text) => !text.includes('Cognito refused')),
      [],
    );
  });

  it('signs out: the refresh token is revoked and the identity is gone', async () => {
    await window().runCommand('Sign Out…');
    await window().tree().waitFor('reader', { gone: true });
    await window().tree().waitFor('newcomer');
  });
});
