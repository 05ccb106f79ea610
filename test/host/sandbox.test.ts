import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { contextKeys } from '../../src/ids';
import type { SessionRef } from '../../src/core/session/model';
import { useWorld } from '../support/host-world';

// The other tests start a sandbox of their own; this is the one that the extension starts.
describe('the sandbox of the extension', function () {
  this.timeout(60_000);
  const world = useWorld();
  const pick = /Sign in to Sandbox \| Who do you want to be\?/;
  const running = () => world.person.contextKeys.get(contextKeys.sandboxRunning.key);
  const record = () => vscode.Uri.joinPath(world.handle.context.globalStorageUri, 'sandbox.json').fsPath;

  after(async () => {
    for (const entry of world.handle.store.list()) await world.handle.store.remove(entry);
    await world.run('stopSandbox');
  });

  it('starts, signs in whoever is picked, ends, and starts anew', async () => {
    const { person } = world;
    await world.connect(world.entry('mine'));
    const own = await world.signIn('mine', 'admin');

    // Started by one command: its connection appears, its users are offered, their passwords are known.
    person.picks(pick, 'reader');
    await world.run('startSandbox');
    assert.equal(running(), true);
    const line = await world.connectionLine('Sandbox');
    assert.equal(line.icon, 'beaker');
    assert.match(line.context, /sandbox/);
    assert.doesNotMatch(line.context, /editable/);
    const offered = person.questions.find(({ words }) => pick.test(words))?.labels ?? [];
    assert.match(offered.join('\n'), /^admin \| admins \| .*\nreader \| readers \| .*\nnewcomer \| /);
    assert.equal(world.pages.at(-1)?.title, 'Inspector: reader');
    const active = world.handle.store.active();
    assert.equal(active?.ref.connectionId, 'cognito-sandbox');
    const ref: SessionRef = active.ref;
    await world.stillWorks(ref);
    // Neither its own question for foreign hosts, nor anything in the settings.
    assert.ok(!person.notices.some(({ text }) => /Send your sign-in to .*cognito-sandbox/.test(text)));
    assert.deepEqual(
      vscode.workspace.getConfiguration('cognitoWorkbench').inspect<unknown[]>('connections')?.workspaceValue,
      [world.entry('mine')],
    );

    // A second start joins the one that runs.
    const before = readFileSync(record(), 'utf8');
    person.escapes(pick);
    await world.run('startSandbox');
    assert.equal(readFileSync(record(), 'utf8'), before);

    // Ended: its sessions are shown as signed out, with the reason; others go on.
    await world.run('stopSandbox');
    assert.equal(running(), false);
    assert.equal(existsSync(record()), false);
    const ended = await world.identityLine(ref);
    assert.match(ended.description, /^signed out/);
    assert.match(ended.tooltip, /The sandbox that issued this session has ended\./);
    await world.stillWorks(own);

    // Started anew: what the one before issued is void, and a sign-in helps.
    person.escapes(pick);
    await world.run('startSandbox');
    assert.match((await world.identityLine(ref)).tooltip, /The sandbox was started anew/);
    const reader = world.sandbox.user('reader');
    person
      .types(/Sign in to Sandbox \| User name/, reader.username)
      .types(/Password of reader/, reader.password);
    await world.run('refreshCredentials', { ref });
    await person.sees(/The sandbox was started anew/);
    await world.stillWorks(ref);
    await world.stillWorks(own);

    // Without sessions its connection goes with it.
    await world.run('signOut', { ref });
    await world.run('stopSandbox');
    assert.deepEqual(
      (await world.tree()).map(({ label }) => label),
      ['mine'],
    );
  });

  it('is noticed when it ends by itself', async () => {
    const { person } = world;
    await world.connect();
    person.picks(pick, 'admin');
    await world.run('startSandbox');
    const ref = world.handle.store.active()?.ref;
    assert.ok(ref);
    const { control } = JSON.parse(readFileSync(record(), 'utf8')) as { control: string };
    await fetch(`${control}/stop`, { method: 'POST' });
    await person.until('notice of the end', () => (running() === false ? true : undefined));
    assert.match((await world.identityLine(ref)).tooltip, /has ended/);
    person.escapes(/User name/);
    await world.run('refreshCredentials', { ref });
    await person.sees(/The sandbox that issued this session has ended/);

    await world.run('signOut', { ref });
    assert.deepEqual(await world.tree(), []);
  });
});
