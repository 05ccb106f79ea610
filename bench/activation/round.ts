import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { uriPath } from '../../scripts/lib/host-run.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { removeFolder, tempFolder } from '../../scripts/lib/temp.mjs';
import type { Host } from '../../scripts/lib/vscode.mjs';
import { startBareServer } from '../../scripts/lib/vscode-server.mjs';

const ROUND_LIMIT = 60_000;

export interface RoundOptions {
  /** Source of the probe, an extension that starts with "*", in this folder of bench/. */
  readonly entry: string;
  /** What it finds in `config.json` beside its manifest, with `result` added: where it writes its result. */
  readonly probe: object;
  readonly host: Host;
  readonly browser: Browser;
  /** Holds the installed VSIX; shared by all rounds. */
  readonly extensionsDir: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** One fresh server with a fresh profile, opened once in a browser, until the probe has written its result: that. */
export async function runRound(options: RoundOptions): Promise<unknown> {
  const { host, browser, extensionsDir, settings } = options;
  const folder = tempFolder('activation');
  const workspace = path.join(folder, 'workspace');
  const dataDir = path.join(folder, 'data');
  const result = path.join(folder, 'result.json');
  mkdirSync(path.join(workspace, '.vscode'), { recursive: true });
  writeFileSync(path.join(workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
  const user = path.join(dataDir, 'data', 'User');
  mkdirSync(user, { recursive: true });
  // VS Code writes this file by itself where it is missing, and with that starts everything that waits for JSON.
  writeFileSync(path.join(user, 'chatLanguageModels.json'), '[]');
  const probe = await makeProbe(path.join(folder, 'probe'), options.entry, { ...options.probe, result });
  const server = await startBareServer({
    host,
    dataDir,
    extensionsDir,
    args: ['--disable-workspace-trust'],
  });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.exposeFunction('codeAutomationLog', () => undefined);
    await page.exposeFunction('codeAutomationExit', () => undefined);
    await page.goto(addressOf(server.port, workspace, probe), { timeout: ROUND_LIMIT });
    const deadline = Date.now() + ROUND_LIMIT;
    while (!existsSync(result)) {
      if (Date.now() > deadline)
        throw new Error(`The probe wrote no result:\n${server.output().slice(-4_000)}`);
      await pause(200);
    }
    return JSON.parse(readFileSync(result, 'utf8')) as unknown;
  } finally {
    await context.close();
    await server.stop();
    removeFolder(folder);
  }
}

/**
 * Installs an extension whose activate() does nothing: what VS Code itself needs for any.
 * @returns its id
 */
export function installFloor(extensionsDir: string): string {
  const [id, version] = ['bench.floor', '0.0.1'];
  const relativeLocation = `${id}-${version}`;
  const folder = path.join(extensionsDir, relativeLocation);
  mkdirSync(folder);
  writeManifest(folder, {
    name: 'floor',
    publisher: 'bench',
    version,
    main: './main.js',
    activationEvents: [],
  });
  writeFileSync(path.join(folder, 'main.js'), 'exports.activate = () => undefined;\n');
  const list = path.join(extensionsDir, 'extensions.json');
  const location = { $mid: 1, path: uriPath(folder), scheme: 'file' };
  const entry = { identifier: { id }, version, location, relativeLocation };
  writeFileSync(list, JSON.stringify([...(JSON.parse(readFileSync(list, 'utf8')) as unknown[]), entry]));
  return id;
}

async function makeProbe(folder: string, entry: string, config: object): Promise<string> {
  mkdirSync(folder);
  writeManifest(folder, {
    name: 'probe',
    publisher: 'bench',
    version: '0.0.1',
    main: './probe.js',
    activationEvents: ['*'],
  });
  writeFileSync(path.join(folder, 'config.json'), JSON.stringify(config));
  await build({
    entryPoints: [path.join(root, 'bench', entry)],
    outfile: path.join(folder, 'probe.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'error',
  });
  return folder;
}

function writeManifest(folder: string, manifest: Record<string, unknown>): void {
  const engines = { vscode: '^1.103.0' };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, engines }));
}

function addressOf(port: number, workspace: string, probe: string): string {
  const remote = `vscode-remote://127.0.0.1:${port}`;
  const payload = [
    ['extensionDevelopmentPath', remote + uriPath(probe)],
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ folder: uriPath(workspace), payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query}`;
}
