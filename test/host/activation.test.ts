import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands, contextKeys, extensionId } from '../../src/ids';
import { testHandle, useWorld } from '../support/host-world';
import { runConfig } from './run-config';

/** The extension's own bundles that this extension host has loaded. */
function loadedBundles(): string[] {
  const dist = path.join(runConfig().repoRoot, 'dist') + path.sep;
  return Object.keys(require.cache)
    .filter((file) => file.startsWith(dist))
    .map((file) => path.basename(file))
    .sort();
}

interface Manifest {
  contributes: { commands: { command: string; title: string }[] };
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(path.join(runConfig().repoRoot, 'package.json'), 'utf8')) as Manifest;
}

// Stands first in the bundle: nothing has been done with the extension before.
describe('activation', () => {
  it('happens by itself after start-up, and loads the entry alone', async () => {
    await testHandle();
    assert.equal(vscode.extensions.getExtension(extensionId)?.isActive, true);
    assert.deepEqual(loadedBundles(), ['extension.js']);
  });

  it('registers every command that the manifest promises', async () => {
    const handle = await testHandle();
    const registered = new Set(await vscode.commands.getCommands(true));
    const promised = manifest().contributes.commands.map(({ command }) => command);
    assert.ok(promised.length > 10);
    assert.deepEqual(
      promised.filter((command) => !registered.has(command)),
      [],
    );
    assert.deepEqual(handle.commandsWithoutHandler(), []);
    assert.deepEqual(
      Object.values(commands).filter((command) => !promised.includes(command)),
      [],
    );
  });

  describe('and what follows it', () => {
    const world = useWorld();

    it('draws the tree with what was deferred, and no other bundle', async () => {
      await world.connect(world.entry('notes'));
      const lines = await world.tree();
      assert.deepEqual(
        lines.map((line) => line.label),
        ['notes'],
      );
      assert.deepEqual(loadedBundles(), ['deferred.js', 'extension.js']);
    });

    it('keeps the context key of an empty view up to date', async () => {
      await world.connect();
      assert.equal(world.person.contextKeys.get(contextKeys.noConnections.key), true);
      await world.connect(world.entry('notes'));
      assert.equal(world.person.contextKeys.get(contextKeys.noConnections.key), false);
    });

    it('loads the AWS SDK with the first sign-in, and neither diagnosis nor Inspector', async () => {
      await world.connect(world.entry('notes'));
      await world.signIn('notes', 'reader');
      assert.deepEqual(loadedBundles(), ['aws.js', 'deferred.js', 'extension.js', 'workbench.js']);
    });

    it('loads the diagnosis with the first failure', async () => {
      await world.connect(world.entry('notes'));
      const reader = world.sandbox.user('reader');
      await world.trySignIn('notes', { username: reader.username, password: 'not it' });
      await world.person.sees(/Cognito refused the sign-in of reader/);
      assert.ok(loadedBundles().includes('diagnosis.js'));
    });

    it('loads the Inspector when it is opened', async () => {
      await world.connect(world.entry('notes'));
      const page = await world.inspect(await world.signIn('notes', 'reader'));
      assert.ok(loadedBundles().includes('inspector.js'));
      assert.equal(page.title, 'Inspector: reader');
    });
  });
});
