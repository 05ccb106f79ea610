// One run of the host tests in one VS Code host.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from './browser.mjs';
import { oneFailure, readCounts } from './counts.mjs';
import { dist, out, root } from './paths.mjs';
import { removeFolder, tempFolder } from './temp.mjs';
import { startBareServer } from './vscode-server.mjs';

/**
 * @typedef {import('./vscode.mjs').Host} Host
 * @typedef {import('./counts.mjs').Counts} Counts
 * @typedef {{ bundle: string, grep?: string | undefined, testTimeoutMs?: number, timeoutMs?: number }} RunOptions
 * @typedef {{ workspace: string, temp: string, stub: string, resultFile: string }} Scene
 */

/** A path as a URI path, with forward slashes and a leading one. @param {string} file */
export function uriPath(file) {
  const slashed = file.replaceAll('\\', '/');
  return slashed.startsWith('/') ? slashed : `/${slashed}`;
}

/**
 * Makes the workspace and the small file that hands this run's configuration to the test bundle.
 * @param {string} folder
 * @param {string} hostName
 * @param {RunOptions} options
 * @returns {Scene}
 */
export function makeScene(folder, hostName, { bundle, grep, testTimeoutMs = 30_000 }) {
  const workspace = path.join(folder, 'workspace');
  const temp = path.join(folder, 'temp');
  mkdirSync(path.join(workspace, '.vscode'), { recursive: true });
  mkdirSync(temp);
  const settings = { 'workbench.startupEditor': 'none', 'window.commandCenter': false };
  writeFileSync(path.join(workspace, '.vscode', 'settings.json'), JSON.stringify(settings, null, 2));

  const resultFile = path.join(folder, 'result.json');
  const config = {
    repoRoot: root,
    sandbox: path.join(dist, 'sandbox.js'),
    workspace,
    temp,
    node: process.execPath,
    host: hostName,
    resultFile,
    testTimeoutMs,
    ...(grep ? { grep } : {}),
  };
  const stub = path.join(folder, 'index.cjs');
  writeFileSync(
    stub,
    `exports.run = () => require(${JSON.stringify(bundle)}).run(${JSON.stringify(config, null, 2)});\n`,
  );
  return { workspace, temp, stub, resultFile };
}

/**
 * Starts the host, opens it in a browser, and waits for the tests' end. Never rejects for a failing test.
 * @param {Host} host
 * @param {RunOptions} options
 * @returns {Promise<Counts>}
 */
export async function runHostTests(host, options) {
  const folder = tempFolder('host');
  const dataDir = path.join(folder, 'data');
  const extensionsDir = path.join(folder, 'extensions');
  mkdirSync(dataDir);
  mkdirSync(extensionsDir);
  const scene = makeScene(folder, host.name, options);
  const server = await startBareServer({ host, dataDir, extensionsDir, args: ['--disable-workspace-trust'] });
  try {
    const failure = await inBrowser(host, server.port, scene, options.timeoutMs ?? 10 * 60_000);
    const counts = readCounts(scene.resultFile);
    if (counts) return counts;
    return oneFailure(`host tests on VS Code ${host.vscode}`, failure ?? 'The run ended without a result.');
  } finally {
    await server.stop();
    removeFolder(folder);
  }
}

/**
 * @param {Host} host @param {number} port @param {Scene} scene @param {number} timeoutMs
 * @returns {Promise<string | undefined>} why it went wrong
 */
async function inBrowser(host, port, scene, timeoutMs) {
  /** @type {string[]} */
  const log = [];
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', (error) => log.push(`page error: ${error.message}`));
    await page.exposeFunction(
      'codeAutomationLog',
      (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
        const line = args.map(String).join(' ');
        const own = line.split('[host-test]')[1];
        if (own === undefined) log.push(`${type}: ${line}`);
        else console.log(own);
      },
    );
    /** @type {Promise<number | undefined>} */
    const ended = new Promise((resolve) => {
      void page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => resolve(code));
      setTimeout(() => resolve(undefined), timeoutMs).unref();
    });
    await page.goto(addressOf(port, scene), { timeout: 60_000 });
    const code = await ended;
    if (code === 0) return undefined;
    const why =
      code === undefined ? `no end within ${timeoutMs / 1000} s` : `the test host ended with code ${code}`;
    await leaveTraces(page, host, why, log, !existsSync(scene.resultFile));
    return why;
  } finally {
    await browser.close();
  }
}

/**
 * A failed run leaves a picture and the console in out/; the console is also shown where no test could report.
 * @param {import('playwright-core').Page} page @param {Host} host @param {string} why @param {string[]} log @param {boolean} show
 */
async function leaveTraces(page, host, why, log, show) {
  const trace = path.join(out, `host-${host.name}`);
  mkdirSync(out, { recursive: true });
  await page.screenshot({ path: `${trace}.png`, timeout: 10_000 }).catch(() => undefined);
  writeFileSync(`${trace}.log`, log.join('\n'));
  console.log(`VS Code ${host.vscode}: ${why}; see ${path.relative(root, trace)}.png and .log`);
  if (show) console.log(log.slice(-60).join('\n').replace(/^/gm, '    '));
}

/** @param {number} port @param {Scene} scene */
function addressOf(port, scene) {
  const remote = `vscode-remote://127.0.0.1:${port}`;
  const payload = [
    ['extensionDevelopmentPath', remote + uriPath(root)],
    ['extensionTestsPath', remote + uriPath(scene.stub)],
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ folder: uriPath(scene.workspace), payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query}`;
}
