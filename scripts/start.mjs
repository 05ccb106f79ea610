// The sandbox and a real VS Code with the extension, connected to each other:
//   npm start                      opens it in a browser
//   npm start -- --headless        prints the address and the sandbox's users instead
//   npm start -- --tour FOLDER     walks the main job by itself and leaves a picture of each step
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromiumPath } from './lib/browser.mjs';
import { keep, run, stopAll } from './lib/exec.mjs';
import { whenStarted } from './lib/main.mjs';
import { out, root } from './lib/paths.mjs';
import { sandboxSettings, startSandbox } from './lib/sandbox.mjs';
import { setUp } from './lib/setup.mjs';
import { tempFolder } from './lib/temp.mjs';
import { ensureHost } from './lib/vscode.mjs';
import { installExtension, startFront } from './lib/vscode-server.mjs';
import { makePackage } from './package.mjs';

whenStarted(import.meta.url, async () => {
  const { values } = parseArgs({
    options: { headless: { type: 'boolean' }, tour: { type: 'string' }, port: { type: 'string' } },
  });
  await setUp(['browser', 'compiler']);
  const host = await ensureHost('current');
  console.log('Building and packaging the extension …');
  const { file } = await makePackage();
  if (values.tour !== undefined) return tour(path.resolve(values.tour));

  const folder = tempFolder('start');
  const extensionsDir = path.join(folder, 'extensions');
  await installExtension({ host, file, extensionsDir, dataDir: path.join(folder, 'install') });
  const sandbox = await startSandbox();
  const workspace = makeWorkspace(path.join(folder, 'workspace'), sandbox.info);
  const userDataDir = path.join(folder, 'u');
  makeUserSettings(userDataDir);
  const port = values.port === undefined ? {} : { port: Number(values.port) };
  const front = await startFront({
    host,
    folder: workspace,
    userDataDir,
    extensionsDir,
    keepHome: true,
    ...port,
  });

  console.log(`\nVS Code:  ${front.url}/?folder=${encodeURIComponent(workspace)}`);
  console.log(`Sandbox:  ${sandbox.info.api} (S3: ${sandbox.info.s3})`);
  for (const { username, password, hint = '' } of sandbox.info.userPools[0]?.users ?? []) {
    console.log(`  ${username.padEnd(10)} ${password.padEnd(20)} ${hint}`);
  }
  if (!values.headless) openInBrowser(`${front.url}/`, folder);
  console.log('\nCtrl+C ends everything.');
  await new Promise(() => setInterval(() => undefined, 60_000));
});

/** @param {string} folder @param {import('./lib/sandbox.mjs').SandboxInfo} info */
function makeWorkspace(folder, info) {
  mkdirSync(path.join(folder, '.vscode'), { recursive: true });
  writeFileSync(
    path.join(folder, '.vscode', 'settings.json'),
    `${JSON.stringify(sandboxSettings(info), null, 2)}\n`,
  );
  return folder;
}

/** @param {string} userDataDir */
function makeUserSettings(userDataDir) {
  const settings = {
    'workbench.startupEditor': 'none',
    'telemetry.telemetryLevel': 'off',
    'chat.disableAIFeatures': true,
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
  };
  mkdirSync(path.join(userDataDir, 'User'), { recursive: true });
  writeFileSync(path.join(userDataDir, 'User', 'settings.json'), JSON.stringify(settings, null, 2));
}

/** @param {string} address @param {string} folder */
function openInBrowser(address, folder) {
  const chromium = chromiumPath();
  if (process.platform === 'win32') return void keep('cmd', ['/c', 'start', '""', address]);
  if (process.platform === 'darwin') return void keep('open', [address]);
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    console.log('There is no display here: open the address in a browser.');
    return;
  }
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const profile = `--user-data-dir=${path.join(folder, 'browser')}`;
  if (chromium) keep(chromium, [`--app=${address}`, profile, '--no-first-run', ...asRoot]);
  else keep('xdg-open', [address]);
}

/** The tour is TypeScript, beside the drivers that it uses. @param {string} folder */
async function tour(folder) {
  const program = path.join(root, 'test', 'support', 'tour.ts');
  if (!existsSync(program)) throw new Error('There is no tour yet (test/support/tour.ts).');
  mkdirSync(folder, { recursive: true });
  mkdirSync(out, { recursive: true });
  const { code } = await run(process.execPath, ['--import', 'tsx', program, folder], {
    cwd: root,
    inherit: true,
    allowFailure: true,
  });
  await stopAll();
  process.exitCode = code;
}
