import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { setConnections, useWorld } from '../support/host-world';
import type { Entry } from '../support/host-world';
import { settings } from '../../src/ids';

const { Global, Workspace } = vscode.ConfigurationTarget;

describe('settings', () => {
  const world = useWorld();

  afterEach(() => setConnections(Global, []));

  it('adds up the lists of user and workspace, and the nearer wins on equal ids', async () => {
    await setConnections(Global, [
      world.entry('shared', { name: 'Shared (user)' }),
      world.entry('mine', { name: 'Mine' }),
    ]);
    await world.connect(world.entry('shared', { name: 'Shared (workspace)' }), world.entry('project'));
    assert.deepEqual(
      (await world.tree()).map(({ label }) => label),
      ['Shared (workspace)', 'Mine', 'project'],
    );
    await setConnections(Global, []);
    assert.deepEqual(
      (await world.tree()).map(({ label }) => label),
      ['Shared (workspace)', 'project'],
    );
  });

  it('takes up a change at once, and a session made with other ids is signed out, not sent', async () => {
    await world.connect(world.entry('notes'));
    const ref = await world.signIn('notes', 'reader');
    const elsewhere = { userPoolId: 'us-east-1_Elsewhere', clientId: world.sandbox.webClientId };
    await world.connect(world.entry('notes', { userPool: elsewhere }));
    world.person.escapes(/User name, or/);
    const requests = await world.requestsOf(() => world.run('refreshCredentials', { ref }));
    assert.deepEqual(requests, {});
    await world.person.sees(/now names another pool, client or endpoint than this session was made with/);
    assert.match((await world.identityLine(ref)).tooltip, /reader is signed out/);

    await world.connect(world.entry('notes'));
    await world.stillWorks(ref);
  });

  it('are not written over where they are no list', async () => {
    await setConnections(Global, { notes: 'mine' });
    const { person, sandbox } = world;
    person.types(/User pool ID/, sandbox.description.api, sandbox.userPoolId);
    person.types(/App client ID/, sandbox.webClientId).picks(/a secret\?/, 'No, it is a public client');
    person.types(/Identity pool ID/, '').types(/A name for this connection/, 'Notes');
    person.picks(/Where to save it\?/, 'User settings');
    await world.run('addConnection');
    await world.person.sees(/is not a list, so nothing was written to it/);
    const { globalValue } =
      vscode.workspace.getConfiguration(settings.section).inspect<unknown>(settings.connections) ?? {};
    assert.deepEqual(globalValue, { notes: 'mine' });
  });

  it('keep what an entry hid when that entry is removed', async () => {
    await setConnections(Global, [world.entry('shared', { name: 'Shared (user)' })]);
    await world.connect(world.entry('shared', { name: 'Shared (workspace)' }));
    world.person.pressesButton(/^Remove the connection Shared \(workspace\)\?/, 'Remove');
    await world.run('removeConnection', { connectionId: 'shared' });
    assert.deepEqual(
      (await world.tree()).map(({ label }) => label),
      ['Shared (user)'],
    );
  });

  describe('that are wrong', () => {
    const pool = (): { userPoolId: string; clientId: string } => ({
      userPoolId: world.sandbox.userPoolId,
      clientId: world.sandbox.webClientId,
    });
    const cases: { what: string; entries: () => unknown[]; label: string; says: RegExp[] }[] = [
      {
        what: 'a malformed user pool id',
        entries: () => [{ id: 'bad', userPool: { ...pool(), userPoolId: 'us-west-2AbCdEf' } }],
        label: 'bad',
        says: [/"userPool\.userPoolId" is "us-west-2AbCdEf": expected a user pool ID with its region/],
      },
      {
        what: 'a malformed client id and identity pool id',
        entries: () => [
          {
            id: 'bad',
            userPool: { ...pool(), clientId: 'has blanks in it' },
            identityPool: { identityPoolId: 'us-west-2:42' },
          },
        ],
        label: 'bad',
        says: [
          /"userPool\.clientId" is "has blanks in it"/,
          /"identityPool\.identityPoolId" is "us-west-2:42"/,
        ],
      },
      {
        what: 'an id that is none',
        entries: () => [{ id: 'Not An Id', userPool: pool() }],
        label: '#1',
        says: [/"id" is "Not An Id": expected 1 to 63 lower-case letters/],
      },
      {
        what: 'wrong types',
        entries: () => [{ id: 'bad', userPool: 'us-east-1_AbCdEfGhI', s3: { locations: 's3://bucket/' } }],
        label: 'bad',
        says: [/"userPool" has the wrong type \(string\)/, /"s3\.locations" has the wrong type \(string\)/],
      },
      {
        what: 'an entry that is no object',
        entries: () => ['us-east-1_AbCdEfGhI'],
        label: '#1',
        says: [/The entry has the wrong type \(string\)/],
      },
      {
        what: 'neither pool',
        entries: () => [{ id: 'bad', name: 'Leads nowhere' }],
        label: 'bad',
        says: [/The connection leads nowhere/],
      },
      {
        what: 'a location that is no address',
        entries: () => [{ id: 'bad', userPool: pool(), s3: { locations: ['notes-app'] } }],
        label: 'bad',
        says: [/"s3\.locations\[0\]" is "notes-app"/],
      },
      {
        what: 'an endpoint with a password in it',
        entries: () => [
          { id: 'bad', userPool: pool(), endpoints: { cognitoIdp: 'http://me:hunter2@127.0.0.1:1' } },
        ],
        label: 'bad',
        says: [/"endpoints\.cognitoIdp" is "…"/],
      },
    ];

    for (const { what, entries, label, says } of cases) {
      it(`${what} is shown with the reason, and the others work`, async () => {
        await world.connect(...entries(), world.entry('good'));
        const line = await world.connectionLine(label);
        assert.equal(line.icon, 'warning');
        assert.equal(line.context, 'problem');
        for (const words of says) assert.match(line.tooltip, words);
        assert.equal(line.tooltip.includes(line.description), true);
        assert.doesNotMatch(line.tooltip, /hunter2/);
        await world.stillWorks(await world.signIn('good', 'reader'));
      });
    }

    it('equal ids: the first works, the others are shown with the reason', async () => {
      const again: Entry = world.entry('twin', { userPool: { ...pool(), clientId: 'anotherclient' } });
      await world.connect(world.entry('twin'), again, again);
      const lines = await world.tree();
      assert.deepEqual(
        lines.map(({ label, icon }) => [label, icon]),
        [
          ['twin', 'organization'],
          ['twin', 'warning'],
          ['twin', 'warning'],
        ],
      );
      assert.match(lines[1]?.tooltip ?? '', /Another connection in these settings has the id "twin" too/);
      await world.stillWorks(await world.signIn('twin', 'reader'));
    });

    it('unknown fields are named and ignored', async () => {
      await world.connect(
        world.entry('notes', {
          userPool: { ...pool(), clientID: 'x', clientSecret: 'hunter2' },
          region: 'us-west-2',
          colour: 'red',
        }),
      );
      const line = await world.connectionLine('notes');
      assert.equal(line.icon, 'organization');
      assert.match(line.tooltip, /Warning: "clientID" is unknown and ignored\. Did you mean "clientId"\?/);
      assert.match(line.tooltip, /Warning: "clientSecret" is ignored: secrets do not belong in settings/);
      assert.match(line.tooltip, /Warning: "region" is ignored here: it belongs in "s3"/);
      assert.match(line.tooltip, /Warning: "colour" is unknown and ignored\./);
      assert.doesNotMatch(line.tooltip, /hunter2/);
      await world.stillWorks(await world.signIn('notes', 'reader'));
    });

    it('a list that is no list is shown, and the user settings still work', async () => {
      await setConnections(Global, [world.entry('mine')]);
      await setConnections(Workspace, { id: 'notes' });
      const line = await world.connectionLine('cognitoWorkbench.connections');
      assert.match(line.tooltip, /has the wrong type: expected a list of connections/);
      await world.stillWorks(await world.signIn('mine', 'reader'));
      await setConnections(Workspace, []);
    });

    it('a click on a wrong entry opens the setting at it', async () => {
      await world.connect({ id: 'bad', userPool: {} }, world.entry('good'));
      const { node } = await world.connectionLine('bad');
      const item = await world.handle.tree.getTreeItem(node);
      assert.ok(item.command);
      await vscode.commands.executeCommand(item.command.command, ...(item.command.arguments ?? []));
      const editor = vscode.window.activeTextEditor;
      assert.ok(editor);
      const { document, selection } = editor;
      assert.ok(document.fileName.endsWith('settings.json'));
      assert.match(document.getText(new vscode.Range(selection.active, document.positionAt(1e6))), /^"bad"/);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });
  });
});
