import assert from 'node:assert/strict';
import { BUCKET } from '../../sandbox/seed/names';
import { OPEN_POOL_ID } from '../../sandbox/seed/identity-pool-names';
import { startTestSandbox, type TestSandbox } from '../support/sandbox';
import { InspectorDriver } from '../support/vscode-inspector';
import { endStartedSandbox } from '../support/vscode-sandbox';
import { journey } from './support/journey';

journey('a guest', {}, (window) => {
  const inspector = () => new InspectorDriver(window());
  let identityId = '';
  after(() => endStartedSandbox(window()));

  it('continues without a sign-in, where the identity pool allows it', async () => {
    const { quickInput } = window();
    await window().openContainer();
    await window().page.getByRole('button', { name: 'Try the Sandbox' }).click();
    await quickInput.waitFor('Gets the role Readers');
    await quickInput.dismiss();
    await window().runCommand('Continue as Guest');
    await quickInput.pick('Sandbox: Guests and providers');
    await window()
      .tree()
      .waitFor(/guest.*active/);
  });

  it('is told why it has this role, and what its session may less than the role', async () => {
    await window().runCommand('Open Inspector');
    await inspector().of('guest');
    await inspector().frame.getByText('A guest has no tokens').waitFor();
    await inspector().open('Credentials');
    await inspector().frame.getByText('because you come without a login').waitFor();
    assert.equal(await inspector().fact('Role'), 'OpenGuest');
    await inspector().frame.getByText('AWS adds a session policy to every guest').waitFor();
    identityId = (await inspector().fact('Identity ID')).split(/\s/)[0] ?? '';
    assert.match(identityId, /^us-east-1:[0-9a-f-]{36}/);
  });

  it('tries the basic flow beside it: the same role, without that policy', async () => {
    await inspector().frame.getByRole('button', { name: 'Try the Basic Flow' }).click();
    await inspector().frame.getByText('The same role: OpenGuest.').waitFor();
    const steps = await inspector()
      .frame.getByRole('region', { name: 'The other way: basic flow' })
      .locator('.flow-label')
      .allTextContents();
    assert.deepEqual(steps, ['Identity ID', 'GetOpenIdToken', 'AssumeRoleWithWebIdentity']);
  });

  it('reads what guests may, and nothing else', async () => {
    await inspector().open('S3');
    await inspector().goTo(`s3://${BUCKET}/public/`);
    await inspector().row('welcome.txt').waitFor();
    await inspector().goTo(`s3://${BUCKET}/secret/`);
    await inspector().frame.getByText('The policies of role OpenGuest').waitFor();
  });

  it('is linked when it signs in: the identity stays, and the person is told', async () => {
    const { quickInput, notifications } = window();
    await window()
      .tree()
      .contextMenu(/Sandbox: Guests and providers/, 'Sign In…');
    await quickInput.pick('reader');
    await notifications.waitFor(`reader took over the identity of the guest: ${identityId}`);
    await window()
      .tree()
      .waitFor(/reader.*active/);
    await window()
      .tree()
      .waitFor(/^guest/, { gone: true });
    await window().runCommand('Open Inspector');
    await inspector().of('reader');
    await inspector().open('Credentials');
    assert.equal((await inspector().fact('Identity ID')).split(/\s/)[0], identityId);
  });

  it('is merged into an identity that is there already', async () => {
    const { quickInput, notifications } = window();
    await window().runCommand('Sign Out…');
    await window()
      .tree()
      .waitFor(/^reader/, { gone: true });
    await window().runCommand('Continue as Guest');
    await quickInput.pick('Sandbox: Guests and providers');
    await window()
      .tree()
      .waitFor(/guest.*active/);
    await window()
      .tree()
      .contextMenu(/Sandbox: Guests and providers/, 'Sign In…');
    await quickInput.pick('reader');
    await notifications.waitFor(`reader already had the identity ${identityId}`);
  });

  it('is refused in words where the pool has no guests', async () => {
    const { quickInput, notifications } = window();
    await window().runCommand('Continue as Guest');
    await quickInput.pick(/^Sandbox(?!:)/);
    const text = await notifications.waitFor('Guests may not use this identity pool');
    assert.match(text, /Guest access is switched off/);
  });
});

journey('the role of one’s choice', {}, (window) => {
  const inspector = () => new InspectorDriver(window());
  after(() => endStartedSandbox(window()));

  it('is the preferred one at first', async () => {
    const { quickInput } = window();
    await window().openContainer();
    await window().runCommand('Start Sandbox');
    await quickInput.waitFor('Gets the role Readers');
    await quickInput.pick(/^both/);
    await inspector().of('both');
    await inspector().open('Credentials');
    await inspector().frame.getByText('It is the preferred role in your token').waitFor();
    assert.equal(await inspector().fact('Role'), 'Admins');
  });

  it('becomes another of the token’s roles', async () => {
    const { quickInput, notifications } = window();
    await inspector().frame.getByRole('button', { name: 'Choose Role…' }).click();
    await quickInput.waitFor('preferred by the token');
    assert.match(await quickInput.placeholder(), /The token names 2 roles/);
    await quickInput.pick(/^Readers/);
    await notifications.waitFor('The AWS credentials of both now have the role Readers.');
    await inspector().frame.getByText('You have the role Readers because you chose it.').waitFor();
    assert.equal(await inspector().fact('Role'), 'Readers');
  });

  it('outlives a refresh', async () => {
    await window().runCommand('Refresh Credentials');
    await window().notifications.waitFor('The AWS credentials of both are valid until');
    await inspector().frame.getByText('because you chose it').waitFor();
  });

  it('is refused where no rule and no token gives it, and stays as it was', async () => {
    const { quickInput, notifications } = window();
    await window().runCommand('Choose Role…');
    await quickInput.pick('Another role…');
    await quickInput.answer('The ARN of an IAM role', 'arn:aws:iam::123456789012:role/Guest');
    await notifications.waitFor(/does not let both have/);
    await inspector().frame.getByText('because you chose it').waitFor();
  });

  it('stands beside another identity’s in a comparison', async () => {
    const { quickInput } = window();
    await window().runCommand('Sign In…');
    await quickInput.pick(/^reader/);
    await window()
      .tree()
      .waitFor(/reader.*active/);
    await window().runCommand('Compare Identities…');
    await window().editorTab('reader ↔ both').waitFor();
    const lines = window().page.locator('.monaco-diff-editor .view-line');
    for (const line of [/"name":\s"reader"/, /"name":\s"both"/, /"role":\s"Readers"/, /"chosenRole":\s"arn/])
      await lines.filter({ hasText: line }).first().waitFor();
  });
});

let sandbox: TestSandbox;
const ROLE = 'arn:aws:iam::123456789012:role/OpenAuditor';

async function basicConnection() {
  sandbox = await startTestSandbox();
  const { api, s3 } = sandbox.description;
  const connection = {
    id: 'basic',
    name: 'Basic',
    userPool: { userPoolId: sandbox.userPoolId, clientId: sandbox.webClientId },
    identityPool: { identityPoolId: OPEN_POOL_ID, flow: 'basic', roleArn: ROLE, durationSeconds: 900 },
    endpoints: { cognitoIdp: api, cognitoIdentity: api, sts: api, iam: api, s3, s3Checksums: 'supported' },
  };
  return { settings: { 'cognitoWorkbench.connections': [connection] } };
}

journey('the basic flow', basicConnection, (window) => {
  const inspector = () => new InspectorDriver(window());
  after(() => sandbox.stop());

  it('takes the role that the connection names, for as long as it says', async () => {
    const { quickInput, dialog } = window();
    const { password } = sandbox.user('reader');
    await window().openContainer();
    await window().runCommand('Sign In…');
    await dialog.click('Sign In There');
    await quickInput.answer('User name', 'reader');
    await quickInput.answer('Password of reader', password);
    await window()
      .tree()
      .waitFor(/reader.*1[45] min.*active/);
    await window().runCommand('Open Inspector');
    await inspector().of('reader');
    await inspector().open('Credentials');
    await inspector().frame.getByText('because it was named in the basic flow').waitFor();
    assert.equal(await inspector().fact('Role'), 'OpenAuditor');
    const steps = await inspector()
      .frame.getByRole('region', { name: 'How they came: basic flow' })
      .locator('.flow-label')
      .allTextContents();
    assert.deepEqual(steps, [
      'Sign-in',
      'GetId',
      'GetOpenIdToken',
      'AssumeRoleWithWebIdentity',
      'GetCallerIdentity',
    ]);
  });

  it('shows beside it what the enhanced flow would have given', async () => {
    await inspector().frame.getByRole('button', { name: 'Try the Enhanced Flow' }).click();
    await inspector().frame.getByText('Another role: OpenReaders in place of OpenAuditor.').waitFor();
  });

  it('is refused by the trust policy of a role that is for others', async () => {
    const { quickInput, notifications } = window();
    await window().runCommand('Choose Role…');
    await quickInput.pick('Another role…');
    await quickInput.answer('The ARN of an IAM role', 'arn:aws:iam::123456789012:role/OpenGuest');
    await notifications.waitFor(/OpenGuest/);
    await inspector().frame.getByText('because it was named in the basic flow').waitFor();
  });
});

journey('a developer-authenticated user', {}, (window) => {
  const inspector = () => new InspectorDriver(window());
  after(() => endStartedSandbox(window()));

  it('signs in by an administrator’s word for the user of the app', async () => {
    const { quickInput } = window();
    await window().openContainer();
    await window().page.getByRole('button', { name: 'Try the Sandbox' }).click();
    await quickInput.waitFor('Gets the role Readers');
    await quickInput.dismiss();
    await window().runCommand('Sign In as Developer Identity…');
    await quickInput.pick('Sandbox: Guests and providers');
    await quickInput.pick('Ask Cognito with the administrator of the sandbox');
    await quickInput.answer('login.notes.app', 'rita-42');
    await window()
      .tree()
      .waitFor(/rita-42.*active/);
  });

  it('shows the token that vouches for the user, and a flow without GetId', async () => {
    await window().runCommand('Open Inspector');
    await inspector().of('rita-42');
    const card = inspector().card('Login: Developer provider');
    await card.getByText('login.notes.app', { exact: true }).waitFor();
    await inspector().open('Credentials');
    await inspector().frame.getByText('You have the role OpenReaders').waitFor();
    const steps = await inspector()
      .frame.getByRole('region', { name: 'How they came: enhanced flow' })
      .locator('.flow-label')
      .allTextContents();
    assert.deepEqual(steps, [
      'GetOpenIdTokenForDeveloperIdentity',
      'Identity ID',
      'GetCredentialsForIdentity',
      'GetCallerIdentity',
    ]);
  });

  it('is refreshed without a question', async () => {
    await window().runCommand('Refresh Credentials');
    await window().notifications.waitFor('The AWS credentials of rita-42 are valid until');
  });

  it('refuses what is no answer of a backend, and says what it is', async () => {
    const { quickInput } = window();
    await window().runCommand('Sign In as Developer Identity…');
    await quickInput.pick('Sandbox: Guests and providers');
    await quickInput.pick('Paste what my backend returned');
    await quickInput.answer('IdentityId', 'ya29.an-access-token-of-somebody');
    await quickInput.waitFor(/needs the OpenID token of the identity pool\. .*Google/);
    await quickInput.dismiss();
  });
});
