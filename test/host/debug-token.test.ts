import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { valueHover } from '../../src/ui/debug/value-hover';
import { HeldTokens } from '../../src/ui/tokens/held-tokens';
import { useWorld } from '../support/host-world';
import { runConfig } from './run-config';

const program = `const secret = process.env.TOKEN;
const other = process.env.OTHER;
const holder = { headers: { Authorization: 'Bearer ' + secret } };
const user = 'reader';
console.log(secret);
console.log({ Authorization: 'Bearer ' + other, nested: { idToken: secret } });
debugger;
console.log(user, holder, other); // idToken
`;

/** The stopped frame of the program, once the debugger has told it. */
function frame(): Promise<vscode.DebugStackFrame> {
  return new Promise((resolve) => {
    const look = () => {
      const item = vscode.debug.activeStackItem;
      if (!(item instanceof vscode.DebugStackFrame)) return;
      watching.dispose();
      resolve(item);
    };
    const watching = vscode.debug.onDidChangeActiveStackItem(look);
    look();
  });
}

function ended(session: vscode.DebugSession): Promise<void> {
  return new Promise((resolve) => {
    const watching = vscode.debug.onDidTerminateDebugSession(({ id }) => {
      if (id !== session.id) return;
      watching.dispose();
      resolve();
    });
  });
}

describe('tokens in a debug session', () => {
  const world = useWorld();
  let token = '';
  let access = '';
  let file = '';
  let stopped: vscode.DebugStackFrame;

  /** What VS Code hands to a command in the menu of Variables. */
  const argument = (name: string, more: object = {}) => ({
    sessionId: stopped.session.id,
    container: { name: 'Local', variablesReference: 1 },
    variable: { name, value: "'eyJ…'", variablesReference: 0, evaluateName: name, ...more },
  });
  const inspect = async (what: unknown) => {
    await world.run('inspectVariable', what);
    return world.pages.at(-1);
  };

  beforeEach(async function () {
    this.timeout(60_000);
    await world.connect(world.entry('notes'));
    const ref = await world.signIn('notes', 'reader');
    const { tokens } = await world.session(ref);
    token = tokens?.idToken ?? '';
    access = tokens?.accessToken ?? '';
    file = path.join(runConfig().workspace, 'debugged.js');
    writeFileSync(file, program);
    const started = await vscode.debug.startDebugging(undefined, {
      type: 'node',
      request: 'launch',
      name: 'debugged',
      program: file,
      runtimeExecutable: runConfig().node,
      env: { TOKEN: token, OTHER: access },
    });
    assert.ok(started);
    stopped = await frame();
  });

  afterEach(async () => {
    await vscode.debug.stopDebugging();
  });

  /** What hovers of ours tell over a piece of the program; the debugged file's own line, or another document. */
  const hoverOver = async (marked: string, document?: vscode.TextDocument) => {
    const opened = document ?? (await vscode.workspace.openTextDocument(file));
    const offset = opened.getText().indexOf(marked.replace('|', '')) + marked.indexOf('|');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      opened.uri,
      opened.positionAt(offset),
    );
    const parts = hovers.flatMap(({ contents }) => contents);
    return parts
      .map((part) => (typeof part === 'string' ? part : part.value))
      .filter((text) => /token/i.test(text) && text.includes('command:'));
  };
  /** The argument of a link. */
  const placeOf = (text: string, title: string): unknown => {
    const [, query = ''] = new RegExp(`\\[${title}\\]\\(command:[^?)]*\\?([^)]*)\\)`).exec(text) ?? [];
    return (JSON.parse(decodeURIComponent(query)) as unknown[])[0];
  };

  it('are fetched whole for the page, verified, and forgotten with the session', async () => {
    const page = await inspect(argument('secret'));
    assert.ok(page, 'the page is open');
    page.ready();
    assert.deepEqual((await page.get('token/reveal', {})).parts, token.split('.'));
    assert.equal((await world.handle.printed()).count, 1);

    await world.run('inspectVariable', argument('user', { value: "'reader'" }));
    await world.person.sees(/There is no token in user\./);

    const gone = ended(stopped.session);
    await vscode.debug.stopDebugging(stopped.session);
    await gone;
    assert.equal((await world.handle.printed()).count, 0);
    await world.run('inspectVariable', argument('secret'));
    await world.person.sees(/The debug session has ended/);
  });

  it('end in one sentence when the session ends while it is asked', async () => {
    // A program that runs on answers nothing: the adapter keeps the request until it has ended.
    const endless = argument('secret', {
      evaluateName: 'new Promise(() => { for (;;); })',
      value: "'eyJ…'",
    });
    const asked = inspect(endless);
    const gone = ended(stopped.session);
    await vscode.debug.stopDebugging();
    await gone;
    await asked;
    await world.person.sees(/The debug session has ended/);
    assert.equal(world.pages.length, 0);
  });

  it('are told by a hover over a variable, with links that name no part of them', async () => {
    const [text = '', ...more] = await hoverOver("Bearer ' + sec|ret");
    assert.deepEqual(more, []);
    assert.match(text, /^\*\*ID token\*\* · ` reader `/);
    for (const part of token.split('.')) assert.ok(!text.includes(part.slice(0, 30)));
    await world.run('copyClaimsAt', placeOf(text, 'Copy Claims'));
    assert.match(world.person.clipboard, /"cognito:username": "reader"/);
    await world.run('inspectTokenAt', placeOf(text, 'Inspect'));
    const page = world.pages.at(-1);
    assert.ok(page, 'the page is open');
    page.ready();
    assert.deepEqual((await page.get('token/reveal', {})).parts, token.split('.'));

    const gone = ended(stopped.session);
    await vscode.debug.stopDebugging(stopped.session);
    await gone;
    await world.run('inspectTokenAt', placeOf(text, 'Inspect'));
    await world.person.sees(/This value is no longer held: its debug session has ended/);
    assert.deepEqual(await hoverOver("Bearer ' + sec|ret"), []);
  });

  it('are told by a hover over the object that holds them, and nowhere else', async () => {
    const document = await vscode.workspace.openTextDocument(file);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(
      document.uri,
      document.positionAt(document.getText().length),
      'holder.headers.Authorization;\n',
    );
    await vscode.workspace.applyEdit(edit);
    const [place = '', text = ''] = [
      ...(await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        document.positionAt(document.getText().indexOf('holder.headers.A') + 8),
      )),
    ]
      .flatMap(({ contents }) => contents)
      .map((part) => (typeof part === 'string' ? part : part.value))
      .slice(-2);
    assert.equal(place, '` holder.headers.Authorization `');
    assert.match(text, /^\*\*ID token\*\*/);
    assert.equal((await hoverOver('holder.headers.Autho|rization')).length, 1);
    await vscode.commands.executeCommand('workbench.action.files.revert');

    assert.deepEqual(await hoverOver('console.log(us|er'), [], 'no token');
    assert.deepEqual(await hoverOver('// idT|oken'), [], 'unknown in the frame');
    const elsewhere = await vscode.workspace.openTextDocument({ content: 'secret', language: 'javascript' });
    assert.deepEqual(await hoverOver('sec|ret', elsewhere), [], 'not the source of the frame');
    const settings = vscode.workspace.getConfiguration('cognitoWorkbench', null);
    await settings.update('tokens.hover', false, false);
    assert.deepEqual(await hoverOver("Bearer ' + sec|ret"), [], 'it is off');
    await settings.update('tokens.hover', undefined, false);
  });

  it('are found in printed objects, whole, when they are asked for', async () => {
    const printed = await world.handle.printed();
    assert.equal(printed.count, 1, 'nothing was asked yet');
    world.person.picks(/Tokens in the Debug Console/, 'Access token');
    await world.run('showPrintedTokens');
    assert.equal(printed.count, 2, 'the ID token was known from the text');
    const page = world.pages.at(-1);
    assert.ok(page, 'the page is open');
    page.ready();
    assert.deepEqual((await page.get('token/reveal', {})).parts, access.split('.'));
  });

  it('say so when the session ends while a hover or the printed objects are read', async () => {
    const { id } = stopped.session;
    /** The same session, which never answers. */
    const silent = {
      id,
      customRequest: () => new Promise<never>(() => undefined),
    } as unknown as vscode.DebugSession;
    const document = await vscode.workspace.openTextDocument(file);
    const hover = valueHover({
      document,
      position: document.positionAt(8),
      frame: { session: silent, threadId: 0, frameId: 0 },
      held: new HeldTokens(),
      cancel: new vscode.CancellationTokenSource().token,
    });
    // A program that runs on answers nothing.
    const endless = { expression: 'for (;;);', frameId: stopped.frameId, context: 'watch' };
    void Promise.resolve(stopped.session.customRequest('evaluate', endless)).catch(() => undefined);
    const chosen = world.run('showPrintedTokens');
    const gone = ended(stopped.session);
    await vscode.debug.stopDebugging(stopped.session);
    await gone;
    assert.deepEqual((await hover)?.contents, ['The debug session has ended: its variables are gone.']);
    await chosen;
    await world.person.sees(/The debug session has ended: what it printed is gone/);
  });
});
