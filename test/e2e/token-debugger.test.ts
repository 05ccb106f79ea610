import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { out } from '../../scripts/lib/paths.mjs';
import { InspectorDriver } from '../support/vscode-inspector';
import { endStartedSandbox } from '../support/vscode-sandbox';
import { DebuggerDriver } from './support/debugger';
import { journey } from './support/journey';

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const fixture = [
  base64({ kid: 'k', alg: 'RS256' }),
  base64({ token_use: 'id', 'cognito:username': 'fixture', sub: 'sub-1', exp: 1_500_000_000 }),
  'c2lnbmF0dXJl'.repeat(28),
].join('.');

const program = `const { readFileSync } = require('node:fs');
const read = (name) => readFileSync(__dirname + '/' + name, 'utf8');
function main(idToken, accessToken) {
  const user = 'reader';
  const request = { method: 'GET', headers: { Authorization: 'Bearer ' + accessToken } };
  const session = { user, idToken, accessToken };
  console.log('signed in with', fixture);
  console.log({ Authorization: 'Bearer ' + accessToken, nested: { idToken } });
  console.log('waiting', request.method, session.user);
}
const fixture = '${fixture}';
main(read('id-token.txt'), read('access-token.txt'));
`;
const stop = program.split('\n').findIndex((line) => line.includes("'waiting'")) + 1;

const launch = {
  version: '0.2.0',
  configurations: [
    {
      type: 'node',
      request: 'launch',
      name: 'app',
      program: '${workspaceFolder}/app.js',
      skipFiles: ['<node_internals>/**'],
    },
  ],
};

const files = { 'app.js': program, '.vscode/launch.json': JSON.stringify(launch) };

journey('tokens in the debugger', { files, viewport: { width: 1280, height: 1000 } }, (window) => {
  const picture = (name: string) => window().screenshot(path.join(out, 'token-debugger', `${name}.png`));
  const inspector = () => new InspectorDriver(window());
  const debug = () => new DebuggerDriver(window());
  const source = (text: string | RegExp) => inspector().frame.getByText(text).first();
  let idToken = '';
  /** What came to the clipboard since it was emptied. */
  const copied = async () => {
    const deadline = Date.now() + 15_000;
    for (;;) {
      const text = await window().clipboard();
      if (text !== '') return text;
      assert.ok(Date.now() < deadline, 'a token was copied');
    }
  };

  after(() => endStartedSandbox(window()));

  it('stop with a real program at a breakpoint', async () => {
    await window().openContainer();
    await window().runCommand('Start Sandbox');
    await window().quickInput.pick('reader');
    await inspector().of('reader');
    for (const [label, name] of [
      ['ID token', 'id-token.txt'],
      ['Access token', 'access-token.txt'],
    ] as const) {
      const { page } = window();
      await page.evaluate(() => navigator.clipboard.writeText(''));
      await window().runCommand('Copy Token…');
      await window().quickInput.pick(label);
      const token = await copied();
      if (label === 'ID token') idToken = token;
      writeFileSync(path.join(window().workspace, name), token);
    }
    assert.match(idToken, /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
    await debug().openFile('app.js', stop);
    await debug().breakpoint();
    await debug().start();
    await debug().stopped();
  });

  it('are told in the status bar when they were printed, as text or in an object', async () => {
    const item = window().statusBarItem(/tokens? printed/i);
    await item.waitFor();
    await item.click();
    await window().quickInput.waitFor('Tokens in the Debug Console');
    const rows = await window().quickInput.items();
    assert.deepEqual(
      rows.slice(0, -1).map(({ label, detail }) => `${label}: ${detail.replace(/app\.js.*$/, 'app')}`),
      [
        'ID token: nested.idToken, printed by app',
        'Access token: Authorization, printed by app',
        'ID token: printed by app',
      ],
    );
    await picture('printed');
    await window().quickInput.pick('Access token');
    await inspector().of('Token');
    await source('Printed to the Debug Console').waitFor();
    await inspector()
      .frame.getByText(/Signature valid/)
      .first()
      .waitFor();
  });

  it('are inspected and verified from a variable, however short the view shows it', async () => {
    const shown = (await debug().variable('idToken').textContent()) ?? '';
    assert.ok(!shown.includes(idToken), 'the view does not show all of it');
    await debug().inspect('idToken');
    await source('idToken in the debugger').waitFor();
    await inspector().frame.getByText('Checked with the keys of the user pool of').waitFor();
    await inspector()
      .frame.getByText(/Signature valid/)
      .first()
      .waitFor();
  });

  it('are found inside an object, and chosen where there are several', async () => {
    await debug().inspect('request');
    await source(/request\.headers\.Authorization in the debugger/).waitFor();
    await debug().inspect('session');
    await window().quickInput.waitFor('Tokens in session');
    const rows = await window().quickInput.items();
    assert.deepEqual(
      rows.map(({ label, detail }) => `${label}: ${detail}`),
      ['Access token: session.accessToken', 'ID token: session.idToken'],
    );
    await window().quickInput.pick('Access token');
    await source('session.accessToken in the debugger').waitFor();
  });

  it('are missed in words where there is none', async () => {
    await debug().inspect('user');
    await window().notifications.waitFor('There is no token in user.');
  });

  it('are told by a hover over a variable while Alt is held, and its link inspects it', async () => {
    const { page } = window();
    await debug().openFile('app.js', stop);
    await debug().pointAt('const session =', 'idToken', debug().valueHover);
    await page.keyboard.down('Alt');
    const hover = debug().editorHover;
    await hover.getByText(/min left/).waitFor();
    await debug().valueHover.waitFor({ state: 'hidden' });
    assert.match(await hover.innerText(), /ID token.*reader/);
    await picture('hover');
    await hover.locator('a').filter({ hasText: 'Inspect' }).click();
    await page.keyboard.up('Alt');
    await source(/^idToken in the debugger/).waitFor();
  });

  it('are told by a hover over the object that holds them', async () => {
    const { page } = window();
    await window().setTheme('dark');
    await debug().openFile('app.js', stop);
    await debug().pointAt('const session =', 'session', debug().valueHover);
    await page.keyboard.down('Alt');
    const hover = debug().editorHover;
    await hover.getByText('session.idToken').waitFor();
    await hover.getByText('session.accessToken').waitFor();
    await picture('hover-object-dark');
    await page.keyboard.up('Alt');
  });

  it('are told by the hover over a literal, where the debugger has no value, without a key', async () => {
    await debug().openFile('app.js', stop);
    const told = debug().editorHover.getByText(/expired/);
    await debug().pointAt('const fixture =', fixture.slice(0, 20), told);
    assert.equal(await debug().editorHover.locator('a').filter({ hasText: 'Inspect' }).count(), 1);
    await picture('hover-literal-dark');
    await window().page.keyboard.press('Escape');
    await window().setTheme('light');
  });

  it('are inspected from a selected expression, which is evaluated in the frame', async () => {
    await debug().openFile('app.js', stop);
    await debug().select('session.user');
    await window().runCommand('Inspect Token…');
    await window().notifications.waitFor('There is no token in session.user.');
    await debug().openFile('app.js', stop - 1);
    await debug().select('idToken');
    await window().runCommand('Inspect Token…');
    await source(/^idToken in the debugger/).waitFor();
    await inspector()
      .frame.getByText(/Signature valid/)
      .first()
      .waitFor();
  });

  it('are inspected from a watched expression', async () => {
    await debug().watch('`Bearer ${idToken}`');
    await debug().inspectWatched('Bearer');
    await source('in the debugger').waitFor();
    await inspector()
      .frame.getByText(/Signature valid/)
      .first()
      .waitFor();
  });

  it('are forgotten with the session', async () => {
    await debug().end();
    await window()
      .statusBarItem(/tokens? printed/i)
      .waitFor({ state: 'hidden' });
  });
});
