import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { runConfig } from './run-config';

describe('the host runner', () => {
  it('runs in the VS Code that it names', () => {
    const { host } = runConfig();
    if (host === 'oldest') assert.match(vscode.version, /^1\.103\./);
    if (host === 'current') assert.match(vscode.version, /^1\.139\./);
  });

  it('opens a fresh, trusted workspace with settings', () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.equal(folder && path.basename(folder), path.basename(runConfig().workspace));
    assert.equal(vscode.workspace.isTrusted, true);
    assert.equal(vscode.workspace.getConfiguration('workbench').get('startupEditor'), 'none');
  });

  it('knows where the project is', () => {
    assert.ok(existsSync(path.join(runConfig().repoRoot, 'package.json')));
  });

  it('sees no AWS credentials and no npm settings of the machine', () => {
    const names = Object.keys(process.env).filter((name) => /^(AWS_|npm_)/.test(name));
    assert.deepEqual(names, []);
  });
});
