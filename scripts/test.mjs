// All tests, or one kind of them:
//   node scripts/test.mjs [unit|host|e2e|lint] [--grep TEXT] [--on oldest|current] [FILE...]
// The last line is `N passed, N failed`, with `, N skipped` where there are any.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from './build.mjs';
import { lastLine, none, oneFailure, readCounts, sum } from './lib/counts.mjs';
import { run, stopAll } from './lib/exec.mjs';
import { dist, out, root, vsix } from './lib/paths.mjs';
import { setUp } from './lib/setup.mjs';
import { ensureHost, hosts } from './lib/vscode.mjs';
import { makePackage } from './package.mjs';
import { hostTests } from './test-host.mjs';
import { checkTypes } from './types.mjs';

/**
 * @typedef {import('./lib/counts.mjs').Counts} Counts
 * @typedef {import('./lib/vscode.mjs').HostName} HostName
 * @typedef {{ grep?: string | undefined, on?: string | undefined, files: string[] }} Wishes
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' }, on: { type: 'string' } },
});
const kinds = ['unit', 'host', 'e2e', 'lint'];
const [first = 'all', ...rest] = positionals;
const kind = kinds.includes(first) ? first : 'all';
/** @type {Wishes} */
const wishes = { grep: values.grep, on: values.on, files: kind === first ? rest : positionals };

/** @type {Counts[]} */
const all = [];

/**
 * One step of the run: its time and its counts are shown, and an error in it counts as one failure.
 * @param {string} name
 * @param {() => Promise<Counts>} work
 * @returns {Promise<boolean>} whether nothing failed
 */
async function stage(name, work) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const counts = await work().catch((error) =>
    oneFailure(name, error instanceof Error ? error.message : String(error)),
  );
  all.push(counts);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const tested = counts.passed + counts.failed + counts.skipped > 0;
  console.log(`── ${name}: ${tested ? lastLine(counts) : 'done'} (${seconds} s)`);
  return counts.failed === 0;
}

/** @param {string} name @param {string} why @returns {Promise<boolean>} */
function notRun(name, why) {
  return stage(name, async () => oneFailure(name, `not run: ${why}`));
}

/** A tool that only says yes or no. @param {string} tool @param {string[]} args */
async function judge(tool, args) {
  const { code } = await run(process.execPath, [path.join(root, 'node_modules', tool), ...args], {
    cwd: root,
    inherit: true,
    allowFailure: true,
  });
  return code === 0 ? none() : oneFailure(tool, `ended with code ${code}`);
}

const format = () => judge('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
const lint = () =>
  judge('eslint/bin/eslint.js', ['--max-warnings', '0', '--cache', '--cache-location', 'out/eslint', '.']);

async function types() {
  const failed = await checkTypes();
  return failed.length === 0 ? none() : oneFailure('types', `errors in ${failed.join(', ')}`);
}

/**
 * @param {string} folder
 * @param {{ coverage?: boolean, timeoutMs: number }} options
 */
async function mocha(folder, { coverage = false, timeoutMs }) {
  const files = wishes.files.length > 0 ? wishes.files : testFiles(folder);
  if (files.length === 0) return none();
  const counts = path.join(out, `counts-${folder.replaceAll('/', '-')}-${process.pid}.json`);
  mkdirSync(out, { recursive: true });
  rmSync(counts, { force: true });
  const args = [
    ...(coverage ? [path.join(root, 'node_modules/c8/bin/c8.js'), ...coverageOptions, process.execPath] : []),
    path.join(root, 'node_modules/mocha/bin/mocha.js'),
    ...['--reporter', 'scripts/lib/reporter.cjs', '--timeout', String(timeoutMs)],
    ...(wishes.grep ? ['--fgrep', wishes.grep] : []),
    ...files,
  ];
  const { code } = await run(process.execPath, args, {
    cwd: root,
    env: { ...process.env, MOCHA_COUNTS: counts },
    inherit: true,
    allowFailure: true,
  });
  const found = readCounts(counts) ?? oneFailure(folder, `mocha ended with code ${code} and without counts`);
  rmSync(counts, { force: true });
  return code !== 0 && found.failed === 0
    ? sum([found, oneFailure(folder, `mocha ended with code ${code}`)])
    : found;
}

const coverageOptions = [
  ...['--reporter', 'text-summary', '--reporter', 'json', '--reports-dir', 'coverage'],
  ...['--include', 'src/**/*.ts', '--include', 'sandbox/**/*.ts'],
];

/** @param {string} folder */
function testFiles(folder) {
  const place = path.join(root, folder);
  if (!existsSync(place)) return [];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.join(folder, file))
    .sort();
}

/** With coverage only for a whole run: for a part of it the figures say nothing. */
const unit = () =>
  mocha('test/unit', { coverage: !wishes.grep && wishes.files.length === 0, timeoutMs: 10_000 });
const e2e = () => mocha('test/e2e', { timeoutMs: 120_000 });

async function pack() {
  const { bytes } = await makePackage();
  console.log(`The VSIX has ${bytes.toLocaleString('en')} bytes.`);
  return none();
}

/** @returns {HostName[]} */
function chosenHosts() {
  const names = /** @type {HostName[]} */ (Object.keys(hosts)).reverse();
  if (!wishes.on) return names;
  if (!names.includes(/** @type {HostName} */ (wishes.on)))
    throw new Error(`--on is one of: ${names.join(', ')}`);
  return names.filter((name) => name === wishes.on);
}

/** @param {HostName} name */
const host = (name) =>
  stage(`host tests, VS Code ${hosts[name].vscode}`, () =>
    hostTests(name, { grep: wishes.grep, build: false }),
  );

async function everything() {
  const ready = await stage('set-up', async () => {
    await setUp(['browser', 'aws', 'compiler']);
    for (const name of chosenHosts()) await ensureHost(name);
    return none();
  });
  if (!existsSync(path.join(root, 'node_modules', 'mocha'))) return;
  await stage('format', format);
  await stage('lint', lint);
  await stage('types', types);
  await stage('unit tests', unit);
  const packed = await stage('package', pack);
  const built = existsSync(path.join(dist, 'extension.js'));
  for (const name of chosenHosts()) {
    if (ready && built) await host(name);
    else await notRun(`host tests, VS Code ${hosts[name].vscode}`, 'there is no VS Code or no build');
  }
  if (ready && packed) await stage('e2e tests', e2e);
  else await notRun('e2e tests', 'there is no VS Code or no package');
}

async function oneKind() {
  if (kind === 'lint') {
    await setUp([]);
    await stage('format', format);
    await stage('lint', lint);
  } else if (kind === 'unit') {
    await setUp(['aws']);
    await stage('unit tests', unit);
  } else if (kind === 'host') {
    await setUp(['browser', 'compiler']);
    await buildAll({ tests: false });
    for (const name of chosenHosts()) await host(name);
  } else {
    await setUp(['browser', 'compiler']);
    await ensureHost('current');
    if (process.env['COGNITO_WORKBENCH_KEEP_VSIX'] !== '1' || !existsSync(vsix)) await stage('package', pack);
    await stage('e2e tests', e2e);
  }
}

const started = Date.now();
try {
  await (kind === 'all' ? everything() : oneKind());
} catch (error) {
  all.push(oneFailure(kind, error instanceof Error ? error.message : String(error)));
}
await stopAll();

const total = sum(all);
if (total.failures.length > 0) {
  console.log('\nFailed:');
  for (const { title, message } of total.failures)
    console.log(`  ${title}: ${message.split('\n').slice(0, 12).join('\n    ')}`);
}
console.log(`\nAll in ${Math.round((Date.now() - started) / 1000)} s.`);
console.log(lastLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;
