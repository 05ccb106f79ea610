import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { useWorld } from '../support/host-world';
import { runConfig } from './run-config';

const program = `const secret = process.env.TOKEN;
const holder = { headers: { Authorization: 'Bearer ' + secret } };
const user = 'reader';
console.log(secret);
debugger;
console.log(user, holder);
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
    token = (await world.session(ref)).tokens?.idToken ?? '';
    const file = path.join(runConfig().workspace, 'debugged.js');
    writeFileSync(file, program);
    const started = await vscode.debug.startDebugging(undefined, {
      type: 'node',
      request: 'launch',
      name: 'debugged',
      program: file,
      runtimeExecutable: runConfig().node,
      env: { TOKEN: token },
    });
    assert.ok(started);
    stopped = await frame();
  });

  afterEach(async () => {
    await vscode.debug.stopDebugging();
  });

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
});
