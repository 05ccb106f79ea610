// Sets up what a fresh machine lacks: npm packages, and on Debian as root the few programs that are needed besides Node.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromiumPath } from './browser.mjs';
import { npm, onPath, run } from './exec.mjs';
import { root } from './paths.mjs';

/**
 * @typedef {'browser' | 'aws' | 'compiler'} Need
 * @typedef {{ need: Need, package: string, present: () => boolean, optional?: boolean }} Program
 */

const fonts = '/usr/share/fonts';

/** Programs by the Debian package that brings them. @type {Program[]} */
const programs = [
  { need: 'browser', package: 'chromium', present: () => chromiumPath() !== undefined },
  { need: 'browser', package: 'fonts-dejavu-core', present: () => existsSync(fonts), optional: true },
  // A shim of a version manager answers to the name without being the program.
  { need: 'aws', package: 'awscli', present: () => existsSync('/usr/bin/aws'), optional: true },
  { need: 'compiler', package: 'g++', present: () => onPath('g++') },
  { need: 'compiler', package: 'make', present: () => onPath('make') },
  { need: 'compiler', package: 'python3', present: () => onPath('python3') },
];

/**
 * @param {Need[]} needs
 * @param {(line: string) => void} [log]
 */
export async function setUp(needs, log = console.log) {
  checkNode();
  await ensureModules(log);
  if (process.platform === 'linux') await ensurePrograms(needs, log);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Node 20.19 or newer is needed; this is ${process.versions.node}.`);
}

/** @param {(line: string) => void} log */
async function ensureModules(log) {
  if (
    modulesMatch(path.join(root, 'package-lock.json'), path.join(root, 'node_modules', '.package-lock.json'))
  )
    return;
  log('Installing npm packages (npm ci) …');
  const [command, ...leading] = npm();
  await run(command, [...leading, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    timeoutMs: 10 * 60_000,
  });
}

/**
 * Whether what is installed is what the lock file names. Compared by content: times tell nothing after a checkout.
 * @param {string} lockFile
 * @param {string} installedFile npm's own record in node_modules
 */
export function modulesMatch(lockFile, installedFile) {
  if (!existsSync(installedFile)) return false;
  /** @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lock */
  const wanted = /** @type {Lock} */ (JSON.parse(readFileSync(lockFile, 'utf8'))).packages;
  const installed = /** @type {Lock} */ (JSON.parse(readFileSync(installedFile, 'utf8'))).packages;
  return Object.entries(wanted).every(([place, { version, optional }]) => {
    if (place === '') return true;
    const found = installed[place];
    // Optional packages are mostly those of other platforms.
    return found ? found.version === version : optional === true;
  });
}

/** @param {Need[]} needs @param {(line: string) => void} log */
async function ensurePrograms(needs, log) {
  const missing = programs.filter((program) => needs.includes(program.need) && !program.present());
  if (missing.length === 0) return;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    const packages = missing.map((program) => program.package);
    log(`Installing Debian packages: ${packages.join(', ')} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env, timeoutMs: 5 * 60_000, allowFailure: true });
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
      env,
      timeoutMs: 10 * 60_000,
    });
    return;
  }
  const names = missing.filter((program) => !program.optional && !existsElsewhere(program));
  const list = names.map((program) => program.package).join(', ');
  if (list) throw new Error(`Missing on this machine: ${list}. Install it and start again.`);
  for (const program of missing) log(`Without ${program.package} the tests that need it are skipped.`);
}

/** A browser may also be Chrome or Edge, which Playwright finds by itself. @param {Program} program */
function existsElsewhere(program) {
  return (
    program.package === 'chromium' &&
    ['google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'].some(onPath)
  );
}
