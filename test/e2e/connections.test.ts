import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startTestSandbox, type TestSandbox } from '../support/sandbox';
import type { QuickInput } from '../support/vscode-quick-input';
import { journey } from './support/journey';

let sandbox: TestSandbox;

async function startLocal() {
  sandbox = await startTestSandbox();
  return {};
}

journey('a connection of one’s own', startLocal, (window) => {
  after(() => sandbox.stop());

  const savedConnections = () => {
    const file = path.join(window().workspace, '.vscode', 'settings.json');
    const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>[]>;
    return settings['cognitoWorkbench.connections'] ?? [];
  };

  it('is added step by step, each answer checked on the spot', async () => {
    const { quickInput } = window();
    await window().openContainer();
    await window().page.getByRole('button', { name: 'Add Connection', exact: true }).first().click();
    await quickInput.waitFor('Amazon Cognito console → User pools');
    await refused(quickInput, 'us-east-1 notes', 'Not a user pool ID');
    await quickInput.answer('', sandbox.description.api);
    await quickInput.waitFor(`User pool ID at ${sandbox.description.api}`);
    await quickInput.answer('User pool ID', sandbox.userPoolId);
    await quickInput.waitFor('App client ID');
    await refused(quickInput, 'not a client', 'Not an app client ID');
    await quickInput.button('Back');
    await quickInput.waitForValue(sandbox.userPoolId);
    await quickInput.accept();
    await quickInput.answer('App client ID', sandbox.webClientId);
    await quickInput.pick('No, it is a public client');
    await quickInput.waitFor('Identity pool ID');
    await refused(quickInput, 'us-east-1:1234', 'Not an identity pool ID');
    await quickInput.answer('', sandbox.identityPoolId);
    await quickInput.waitFor('Where do users find their objects in S3?');
    await refused(quickInput, sandbox.bucket, 'Not an S3 address');
    await quickInput.answer('', `s3://${sandbox.bucket}/private/\${identityId}/`);
    await quickInput.answer('A name for this connection', 'Notes (local)');
    await quickInput.pick('Workspace settings');
    await window().notifications.waitFor('Notes (local) is added. Sign in?');
    await window()
      .tree()
      .waitFor(/Notes \(local\).*us-east-1/);
    const [saved, ...others] = savedConnections();
    assert.deepEqual(others, []);
    assert.equal(saved?.['id'], 'notes-local');
    assert.deepEqual(saved?.['userPool'], { userPoolId: sandbox.userPoolId, clientId: sandbox.webClientId });
    assert.deepEqual(saved?.['identityPool'], { identityPoolId: sandbox.identityPoolId });
    const endpoints = saved?.['endpoints'] as Record<string, string>;
    assert.deepEqual(
      [endpoints['cognitoIdp'], endpoints['s3']],
      [sandbox.description.api, sandbox.description.s3],
    );
    assert.equal((await sandbox.control.requests())['discovery'], 1);
  });

  it('asks before a password goes to another host than AWS', async () => {
    const { quickInput, notifications, dialog } = window();
    await notifications.click('Notes (local) is added. Sign in?', 'Sign In');
    const host = new URL(sandbox.description.api).host;
    const question = await dialog.waitFor('Send your sign-in to');
    assert.ok(question.includes(host), question);
    await dialog.click('Cancel');
    await sandbox.control.resetRequests();
    await window().tree().action('Notes (local)', 'Sign In…');
    await dialog.waitFor('Send your sign-in to');
    await dialog.click('Sign In There');
    await quickInput.answer('User name', 'reader');
    await quickInput.answer('Password of reader', sandbox.user('reader').password);
    await window()
      .tree()
      .waitFor(/reader.*active/);
    const { InitiateAuth, RespondToAuthChallenge } = await sandbox.control.requests();
    assert.deepEqual([InitiateAuth, RespondToAuthChallenge], [1, 1], 'nothing was sent before the answer');
  });

  it('asks only once for each host', async () => {
    const { quickInput, dialog } = window();
    await window().tree().click('Sign in…');
    await quickInput.answer('User name', 'admin');
    assert.equal(await dialog.box.count(), 0);
    await quickInput.answer('Password of admin', sandbox.user('admin').password);
    await window()
      .tree()
      .waitFor(/admin.*active/);
  });

  it('is edited in the settings, at its own entry', async () => {
    const { page } = window();
    await window().tree().contextMenu('Notes (local)', 'Edit Connection…');
    const where = page.locator('.monaco-breadcrumbs').filter({ hasText: 'cognitoWorkbench.connections' });
    await where.filter({ hasText: /settings\.json.*cognitoWorkbench\.connections.*0.*id/ }).waitFor();
    await page.keyboard.press('Escape');
    await where.waitFor({ state: 'detached' });
  });

  it('is removed after a question, and its identities are signed out', async () => {
    const { dialog } = window();
    await sandbox.control.resetRequests();
    await window().tree().contextMenu('Notes (local)', 'Remove Connection…');
    assert.match(await dialog.waitFor('Remove the connection Notes (local)?'), /identities are signed out/);
    await dialog.click('Cancel');
    assert.equal(savedConnections().length, 1);
    await window().tree().contextMenu('Notes (local)', 'Remove Connection…');
    await dialog.waitFor('Remove the connection Notes (local)?');
    await dialog.click('Remove');
    await window().page.getByRole('button', { name: 'Try the Sandbox' }).waitFor();
    assert.deepEqual(savedConnections(), []);
    assert.equal((await sandbox.control.requests())['RevokeToken'], 2);
    await window()
      .statusBarItem(/reader|admin/)
      .waitFor({ state: 'detached' });
  });
});

/** Types something, is told what is wrong with it, and is still asked. */
async function refused(quickInput: QuickInput, text: string, reason: string): Promise<void> {
  await quickInput.type(text);
  await quickInput.accept();
  await quickInput.waitForMessage(reason);
}
