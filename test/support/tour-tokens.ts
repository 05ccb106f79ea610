import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inspector, type Step } from './tour-parts';
import { startedSandbox } from './vscode-sandbox';
import type { VsCodeWindow } from './vscode-window';

/** An ID and an access token of the sandbox's reader, as its user pool issues them. */
async function tokensOfReader(window: VsCodeWindow): Promise<{ idToken: string; accessToken: string }> {
  const { api, region, userPools } = startedSandbox(window);
  const pool = userPools.find(({ users }) => users.some(({ username }) => username === 'reader'));
  const reader = pool?.users.find(({ username }) => username === 'reader');
  const client = pool?.clients[0];
  if (!reader || !client) throw new Error('The sandbox has no reader.');
  const answer = await fetch(api, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: client.id,
      AuthParameters: { USERNAME: reader.username, PASSWORD: reader.password },
    }),
  });
  const { AuthenticationResult: result } = (await answer.json()) as {
    AuthenticationResult?: { IdToken: string; AccessToken: string };
  };
  if (!result) throw new Error(`No tokens from ${region}: ${answer.status}`);
  return { idToken: result.IdToken, accessToken: result.AccessToken };
}

async function openLog(window: VsCodeWindow): Promise<void> {
  const { idToken, accessToken } = await tokensOfReader(window);
  const log = [
    '09:14:02 INFO  POST /login 200 user=reader',
    `09:14:02 DEBUG id_token=${idToken}`,
    '09:14:03 INFO  GET /notes',
    `09:14:03 DEBUG Authorization: Bearer ${accessToken}`,
    '09:14:03 WARN  GET /notes 403 AccessDenied',
    '',
  ];
  writeFileSync(path.join(window.workspace, 'app.log'), log.join('\n'));
  const { page, quickInput } = window;
  const row = quickInput.widget.locator('.monaco-list-row').filter({ hasText: 'app.log' }).first();
  await window.untilSeen(row, async () => {
    await page.keyboard.press('Control+P');
    await quickInput.type('app.log');
  });
  await quickInput.pick(/app\.log/);
  await page.locator('.codelens-decoration a').filter({ hasText: 'ID token of reader' }).waitFor();
}

/** Tokens wherever they are met. */
export const tokensAnywhere: readonly Step[] = [
  {
    name: 'token-in-a-log',
    pointer: true,
    async go(window) {
      await window.openContainer();
      await window.runCommand('Start Sandbox');
      await window.quickInput.pick('reader');
      await inspector(window, 'reader');
      await openLog(window);
      await window.page
        .locator('.view-line')
        .filter({ hasText: 'id_token' })
        .hover({ position: { x: 320, y: 8 } });
      await window.page.locator('.monaco-hover:visible').getByText('left').waitFor();
    },
  },
  {
    name: 'token-page',
    async go(window) {
      await window.page.locator('.monaco-hover:visible a').filter({ hasText: 'Inspect' }).click();
      await window.editorTab(/^Inspector: Token/).waitFor();
      await window.inspectorFrame().getByText('Signature valid').first().waitFor();
    },
  },
];
