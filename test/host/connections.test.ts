import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { setConnections, useWorld } from '../support/host-world';
import { runConfig } from './run-config';

function workspaceSettings(): Record<string, unknown> {
  const file = path.join(runConfig().workspace, '.vscode', 'settings.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

describe('connections', () => {
  const world = useWorld();

  describe('add', () => {
    const pool = /Add Connection \| User pool ID/;
    const client = /Add Connection \| App client ID/;
    const secret = /Does the app client have a secret\?/;
    const identityPool = /Add Connection \| Identity pool ID/;
    const location = /Where do users find their objects in S3\?/;
    const name = /A name for this connection/;
    const target = /Where to save it\?/;

    // The wizard writes into the settings itself; the next test is to find them empty.
    afterEach(async () => {
      await setConnections(vscode.ConfigurationTarget.Workspace, []);
      await setConnections(vscode.ConfigurationTarget.Global, []);
    });

    it('walks from a local endpoint to a signed-in user, and refuses malformed ids on the spot', async () => {
      await world.connect();
      const { person, sandbox } = world;
      const { api, s3 } = sandbox.description;
      person.types(pool, 'my pool', api, 'us-east-1:not-a-user-pool', sandbox.userPoolId);
      person.types(client, 'not an id!', sandbox.webClientId).picks(secret, 'No, it is a public client');
      person.types(identityPool, '5a4db0c0', sandbox.identityPoolId);
      person.types(location, 'notes-app', `s3://${sandbox.bucket}/private/\${identityId}/`);
      person.types(name, '', 'Notes (local)').picks(target, 'Workspace settings');
      person.pressesButton(/^Notes \(local\) is added\. Sign in\?$/, 'Sign In');
      const reader = sandbox.user('reader');
      person.types(/User name, or/, reader.username).types(/Password of/, reader.password);
      const requests = await world.requestsOf(async () => {
        await world.run('addConnection');
        await person.until('session with credentials', () =>
          world.handle.store.list().find((entry) => entry.expiresAt > 0),
        );
      });

      assert.equal(requests['discovery'], 1);
      const problems = person.questions.flatMap(({ problem }) => problem ?? []);
      assert.deepEqual(
        problems.map((problem) => problem.split('.')[0]),
        [
          'Not a user pool ID',
          'Not a user pool ID',
          'Not an app client ID',
          'Not an identity pool ID',
          'Not an S3 address',
          'Enter a name',
        ],
      );
      assert.deepEqual(workspaceSettings()['cognitoWorkbench.connections'], [
        {
          id: 'notes-local',
          name: 'Notes (local)',
          userPool: { userPoolId: sandbox.userPoolId, clientId: sandbox.webClientId },
          identityPool: { identityPoolId: sandbox.identityPoolId },
          s3: { locations: [`s3://${sandbox.bucket}/private/\${identityId}/`] },
          endpoints: {
            cognitoIdp: api,
            cognitoIdentity: api,
            sts: api,
            iam: api,
            s3,
            s3Checksums: 'supported',
            hostedUi: api,
          },
        },
      ]);
      const line = await world.connectionLine('Notes (local)');
      assert.equal(line.description, 'us-east-1');
    });

    it('goes back a step, and keeps what was answered', async () => {
      await world.connect();
      const { person, sandbox } = world;
      person.types(pool, sandbox.description.api, sandbox.userPoolId);
      person.goesBack(client).types(pool, sandbox.userPoolId);
      person.types(client, sandbox.webClientId).picks(secret, 'No, it is a public client');
      person.types(identityPool, '').types(name, 'Back').picks(target, 'User settings');
      await world.run('addConnection');
      await person.sees(/^Back is added/);
      const pools = person.questions.filter(({ words }) => pool.test(words));
      assert.equal(pools.at(-1)?.value, sandbox.userPoolId);
      const own = vscode.workspace
        .getConfiguration('cognitoWorkbench')
        .inspect<{ id: string }[]>('connections');
      assert.deepEqual(
        own?.globalValue?.map(({ id }) => id),
        ['back'],
      );
      assert.equal(own?.workspaceValue, undefined);
    });

    it('warns of a pool that is not there, and of an endpoint that does not answer, and saves all the same', async () => {
      await world.connect();
      const { person, sandbox } = world;
      for (const [endpoint, label, warning] of [
        [sandbox.description.api, 'Nowhere', /^No user pool us-east-1_NotThere1 answers in us-east-1/],
        ['http://127.0.0.1:9', 'Unreachable', /us-east-1_NotThere1 could not be looked up/],
      ] as const) {
        person.types(pool, endpoint, 'us-east-1_NotThere1').types(client, sandbox.webClientId);
        person.picks(secret, 'No, it is a public client').types(identityPool, '').types(name, label);
        person.picks(target, 'Workspace settings');
        await world.run('addConnection');
        assert.equal((await person.sees(warning)).kind, 'warning');
        await world.connectionLine(label);
      }
    });

    it('saves nothing where it is given up', async () => {
      await world.connect();
      world.person.types(pool, world.sandbox.userPoolId).escapes(client);
      await world.run('addConnection');
      assert.deepEqual(await world.tree(), []);
      assert.deepEqual(world.person.notices, []);
    });
  });

  describe('remove', () => {
    const sure = /^Remove the connection notes\?/;

    it('asks, signs out, revokes, and forgets every secret', async () => {
      await world.connect(world.entry('notes'), world.entry('other'));
      const ref = await world.signIn('notes', 'reader');
      await world.signIn('notes', 'admin');
      const other = await world.signIn('other', 'reader');
      await world.handle.context.secrets.store('client-secret/notes', 'a secret');
      world.person.pressesButton(sure, 'Remove');
      const requests = await world.requestsOf(() => world.run('removeConnection', { connectionId: 'notes' }));
      assert.deepEqual(requests, { RevokeToken: 2 });
      const { secrets } = world.handle.context;
      assert.equal(await secrets.get(`session/notes/${encodeURIComponent(ref.identityKey)}`), undefined);
      assert.equal(await secrets.get('client-secret/notes'), undefined);
      assert.deepEqual(
        (await world.tree()).map(({ label }) => label),
        ['other'],
      );
      await world.stillWorks(other);
      await setConnections(vscode.ConfigurationTarget.Workspace, []);
    });

    it('does nothing where the person does not confirm', async () => {
      await world.connect(world.entry('notes'));
      const ref = await world.signIn('notes', 'reader');
      world.person.dismisses(sure);
      await world.run('removeConnection', { connectionId: 'notes' });
      assert.equal((await world.person.sees(sure)).modal, true);
      await world.stillWorks(ref);
    });
  });

  it('edit opens the settings file at the entry', async () => {
    await world.connect(world.entry('first'), world.entry('second'));
    world.person.picks(/Edit which connection\?/, 'second');
    await world.run('editConnection');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    assert.equal(path.basename(editor.document.fileName), 'settings.json');
    const rest = editor.document.getText(
      new vscode.Range(editor.selection.active, editor.document.positionAt(1e6)),
    );
    assert.match(rest, /^"second"/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
