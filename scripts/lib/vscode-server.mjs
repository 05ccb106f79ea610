// Starts an installed VS Code host: bare (for host tests), or behind code-server's front (for people and journeys).
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keep, run } from './exec.mjs';
import { freePort, untilUp } from './net.mjs';

/**
 * @typedef {import('./vscode.mjs').Host} Host
 * @typedef {{ url: string, port: number, pid: number, output: () => string, stop: () => Promise<void> }} Server
 */

/**
 * What a server and its extension host see of our environment: nothing of npm, of a surrounding VS Code, of coverage
 * measuring, and no AWS credentials.
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function serverEnvironment(extra = {}) {
  const refused =
    /^(npm_|VSCODE_|AWS_|CODE_SERVER_|ELECTRON_|NODE_|PORT$|PASSWORD$|HASHED_PASSWORD$|INIT_CWD$)/;
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !refused.test(name)));
  return { ...clean, ...extra };
}

/** A home of its own keeps a run away from the person's files, and those away from the run. @param {string} folder */
function ownHome(folder) {
  const home = path.join(folder, 'home');
  mkdirSync(home, { recursive: true });
  return {
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local', 'share'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
  };
}

/**
 * The server alone. Secrets do not survive a reload here; tests in the extension host work only here.
 * @param {{ host: Host, dataDir: string, extensionsDir: string, port?: number, args?: string[], env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<Server>}
 */
export async function startBareServer({ host, dataDir, extensionsDir, port, args = [], env = {} }) {
  const at = port ?? (await freePort());
  const server = keep(
    host.node,
    [
      host.serverMain,
      ...['--host', '127.0.0.1', '--port', String(at)],
      ...['--without-connection-token', '--accept-server-license-terms', '--enable-smoke-test-driver'],
      ...['--server-data-dir', dataDir, '--extensions-dir', extensionsDir, '--disable-telemetry'],
      ...args,
    ],
    { cwd: dataDir, env: serverEnvironment({ ...ownHome(dataDir), ...env }) },
  );
  return up(server, at);
}

/**
 * The server behind code-server's own front, where secrets survive a reload.
 * @param {{ host: Host, folder: string, userDataDir: string, extensionsDir: string, port?: number, trustAll?: boolean,
 *   keepHome?: boolean, env?: NodeJS.ProcessEnv }} options `trustAll` turns workspace trust off
 * @returns {Promise<Server>}
 */
export async function startFront(options) {
  const { host, folder, userDataDir, extensionsDir, trustAll = true, keepHome = false, env = {} } = options;
  const at = options.port ?? (await freePort());
  mkdirSync(userDataDir, { recursive: true });
  // Without a file of ours it would read, and write, ~/.config/code-server/config.yaml.
  const config = path.join(userDataDir, 'code-server.yaml');
  writeFileSync(config, 'auth: none\n');
  const server = keep(
    host.node,
    [
      host.frontEntry,
      ...['--config', config, '--auth', 'none', '--bind-addr', `127.0.0.1:${at}`],
      ...['--user-data-dir', userDataDir, '--extensions-dir', extensionsDir],
      ...['--session-socket', path.join(userDataDir, 's.sock')],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(trustAll ? ['--disable-workspace-trust'] : []),
      folder,
    ],
    { cwd: userDataDir, env: serverEnvironment({ ...(keepHome ? {} : ownHome(userDataDir)), ...env }) },
  );
  return up(server, at);
}

/** @param {import('./exec.mjs').Kept} server @param {number} port @returns {Promise<Server>} */
async function up(server, port) {
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilUp(`${url}/`, server);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url, port, pid: server.pid, output: server.output, stop: server.stop };
}

/**
 * Installs a VSIX into an extensions folder.
 * @param {{ host: Host, file: string, extensionsDir: string, dataDir: string }} options
 */
export async function installExtension({ host, file, extensionsDir, dataDir }) {
  mkdirSync(dataDir, { recursive: true });
  const args = [
    '--install-extension',
    file,
    '--force',
    '--extensions-dir',
    extensionsDir,
    '--server-data-dir',
    dataDir,
  ];
  const env = serverEnvironment(ownHome(dataDir));
  const result = await run(host.node, [host.serverMain, ...args], { env, timeoutMs: 120_000 });
  if (!/successfully installed/.test(result.stdout)) {
    throw new Error(`The VSIX was not installed:\n${result.stdout}\n${result.stderr}`);
  }
}
