import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sandboxSettings } from '../../../scripts/lib/sandbox.mjs';
import { modulesMatch } from '../../../scripts/lib/setup.mjs';
import { serverEnvironment } from '../../../scripts/lib/vscode-server.mjs';

describe('modulesMatch', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'lock-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const wanted = {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b-win32': { version: '2.0.0', optional: true },
  };

  function match(installed: object | undefined): boolean {
    const lock = path.join(folder, 'package-lock.json');
    const record = path.join(folder, 'installed.json');
    writeFileSync(lock, JSON.stringify({ packages: wanted }));
    if (installed) writeFileSync(record, JSON.stringify({ packages: installed }));
    return modulesMatch(lock, record);
  }

  it('is content with every package in its version, optional ones of other platforms apart', () => {
    assert.equal(match({ 'node_modules/a': { version: '1.0.0' } }), true);
  });

  it('wants an installation when nothing, another version, or too little is there', () => {
    assert.equal(match(undefined), false);
    assert.equal(match({ 'node_modules/a': { version: '1.0.1' } }), false);
    assert.equal(match({}), false);
    const b = { 'node_modules/b-win32': { version: '1.9.0' } };
    assert.equal(match({ 'node_modules/a': { version: '1.0.0' }, ...b }), false);
  });
});

describe('serverEnvironment', () => {
  it('keeps AWS credentials and tools of this run away from the server', () => {
    process.env['AWS_SECRET_ACCESS_KEY'] = 'not for VS Code';
    try {
      const environment = serverEnvironment({ HOME: '/home/of/run' });
      assert.equal('AWS_SECRET_ACCESS_KEY' in environment, false);
      assert.equal(environment['HOME'], '/home/of/run');
      assert.equal(environment['PATH'], process.env['PATH']);
    } finally {
      delete process.env['AWS_SECRET_ACCESS_KEY'];
    }
  });
});

describe('sandboxSettings', () => {
  const info = {
    api: 'http://127.0.0.1:1',
    s3: 'http://127.0.0.1:2',
    region: 'us-east-1',
    userPools: [
      {
        id: 'us-east-1_Sandbox01',
        clients: [
          { id: 'b', name: 'backend', secret: 's' },
          { id: 'w', name: 'web', secret: null },
        ],
        users: [],
      },
    ],
    identityPools: [{ id: 'us-east-1:0', name: 'notes-app', roles: {} }],
    buckets: ['notes-app-uploads'],
    control: 'http://127.0.0.1:1/_sandbox',
  };

  it('connect to the public client, the identity pool and both S3 locations', () => {
    const [connection] = sandboxSettings(info)['cognitoWorkbench.connections'];
    assert.deepEqual(connection?.userPool, { userPoolId: 'us-east-1_Sandbox01', clientId: 'w' });
    assert.deepEqual(connection?.identityPool, { identityPoolId: 'us-east-1:0' });
    assert.deepEqual(connection?.s3.locations, [
      's3://notes-app-uploads/private/${identityId}/',
      's3://notes-app-uploads/public/',
    ]);
    assert.equal(connection?.endpoints.s3, 'http://127.0.0.1:2');
  });

  it('are refused for a sandbox without its seed', () => {
    assert.throws(() => sandboxSettings({ ...info, identityPools: [] }), /no seed/);
  });
});
