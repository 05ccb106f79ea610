import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { settings } from '../../src/ids';
import type { World } from './host-world';

const files = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'] as const;
let made = 0;

export interface TestProfiles {
  /** Writes a profile of these keys (the sandbox's administrator's without them), and sets it; answers its name. */
  use(keys?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }): Promise<string>;
  clear(): Promise<void>;
}

/** AWS configuration files of their own for all tests of a `describe`; nobody is an administrator between them. */
export function useProfiles(world: World): TestProfiles {
  const earlier = Object.fromEntries(files.map((name) => [name, process.env[name]]));
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'aws-'));
    for (const name of files) process.env[name] = path.join(folder, name);
  });
  afterEach(() => set(undefined));
  after(() => {
    rmSync(folder, { recursive: true });
    for (const [name, value] of Object.entries(earlier)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  return {
    async use(keys = world.sandbox.description.admin) {
      // A name of its own: credentials are kept by it.
      const name = `profile-${++made}`;
      const lines = [
        `[${name}]`,
        `aws_access_key_id = ${keys.accessKeyId}`,
        `aws_secret_access_key = ${keys.secretAccessKey}`,
        ...(keys.sessionToken === undefined ? [] : [`aws_session_token = ${keys.sessionToken}`]),
      ];
      writeFileSync(path.join(folder, 'AWS_SHARED_CREDENTIALS_FILE'), `${lines.join('\n')}\n`);
      await set(name);
      return name;
    },
    clear: () => set(undefined),
  };
}

async function set(profile: string | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration(settings.section)
    .update(settings.awsProfile, profile, vscode.ConfigurationTarget.Global);
}
