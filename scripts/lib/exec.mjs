// Child processes: run one to its end, or keep one until it is stopped. Whatever is kept is ended with this process.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const windows = process.platform === 'win32';
const guard = fileURLToPath(new URL('guard.mjs', import.meta.url));

/**
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, inherit?: boolean, allowFailure?: boolean, timeoutMs?: number }} RunOptions
 * @typedef {{ code: number, stdout: string, stderr: string }} RunResult
 * @typedef {{ pid: number, child: import('node:child_process').ChildProcess, output: () => string, exited: Promise<number>, stop: () => Promise<void> }} Kept
 */

/** @type {Set<Kept>} */
const kept = new Set();
/** Those of `run` that have not ended. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let hooked = false;

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalTree(pid, signal) {
  if (windows) {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group is gone already.
  }
}

function hookOwnEnd() {
  if (hooked) return;
  hooked = true;
  process.on('exit', () => {
    for (const one of kept) signalTree(one.pid, 'SIGKILL');
    for (const child of running) child.kill('SIGTERM');
  });
  for (const [signal, code] of /** @type {[NodeJS.Signals, number][]} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    process.on(signal, () => {
      void stopAll().finally(() => process.exit(code));
    });
  }
}

/** Ends every process started with `keep`. */
export async function stopAll() {
  await Promise.all([...kept].map((one) => one.stop()));
}

/**
 * Starts a process in a group of its own; `stop` ends the group, first politely, after 3 s by force.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} [options]
 * @returns {Kept}
 */
export function keep(command, args, options = {}) {
  hookOwnEnd();
  const guarded = windows ? [command, ...args] : [process.execPath, guard, command, ...args];
  const child = spawn(guarded[0] ?? '', guarded.slice(1), {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: !windows,
    windowsHide: true,
  });
  let text = '';
  let rest = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (/** @type {string} */ chunk) => {
      text = (text + chunk).slice(-200_000);
      if (!options.onLine || stream !== child.stdout) return;
      rest += chunk;
      const lines = rest.split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) options.onLine(line);
    });
  }
  /** @type {Promise<number>} */
  const exited = new Promise((resolve) => {
    child.on('error', (error) => {
      text += `\n${error.message}`;
      resolve(127);
    });
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 128 : 1)));
  });
  /** @type {Kept} */
  const one = {
    pid: child.pid ?? 0,
    child,
    exited,
    output: () => text,
    stop: async () => {
      if (one.pid === 0) return;
      signalTree(one.pid, 'SIGTERM');
      await within(exited, 3_000);
      signalTree(one.pid, 'SIGKILL');
      kept.delete(one);
    },
  };
  if (one.pid !== 0) kept.add(one);
  return one;
}

/**
 * @param {Promise<unknown>} promise
 * @param {number} ms
 */
async function within(promise, ms) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  await Promise.race([promise, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}

/**
 * Runs a process to its end. Its output is collected, or shown as it comes with `inherit`.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, options = {}) {
  hookOwnEnd();
  return new Promise((resolve, reject) => {
    // A .cmd file cannot be started without a shell on Windows.
    const shell = windows && command.endsWith('.cmd');
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.inherit ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
      shell,
      windowsHide: true,
    });
    running.add(child);
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => (stdout += chunk));
    child.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => (stderr += chunk));
    child.on('error', (error) => {
      running.delete(child);
      reject(new Error(`${command} cannot be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      const result = { code: code ?? 1, stdout, stderr };
      if (result.code === 0 || options.allowFailure) return resolve(result);
      const why = signal ? `was ended by ${signal}` : `ended with code ${result.code}`;
      const tail = `${stdout}\n${stderr}`.trim().split('\n').slice(-120).join('\n');
      reject(new Error(`${command} ${args.join(' ')} ${why}\n${tail}`));
    });
  });
}

/**
 * npm as [command, ...leading arguments]: the npm that runs us, else the one beside this Node, else the one on the PATH.
 * @param {string} [node] the Node binary that shall run it
 * @returns {[string, ...string[]]}
 */
export function npm(node = process.execPath) {
  const beside = path.dirname(process.execPath);
  const candidates = [
    process.env['npm_execpath'] ?? '',
    path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const cli = candidates.find((file) => /npm-cli\.c?js$/.test(file) && existsSync(file));
  return cli ? [node, cli] : [windows ? 'npm.cmd' : 'npm'];
}

/**
 * Whether a program is on the PATH.
 * @param {string} name
 */
export function onPath(name) {
  const endings = windows ? ['.exe', '.cmd', '.bat'] : [''];
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .some((folder) => endings.some((ending) => existsSync(path.join(folder, name + ending))));
}
