// The mocha runner inside the extension host. Bundled with all tests of this folder, and with mocha, by scripts/build.mjs.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { setRunConfig, type RunConfig } from './run-config';

interface Failure {
  title: string;
  message: string;
}

/** What the other side reads: counts, and what failed. */
interface Result {
  passed: number;
  failed: number;
  skipped: number;
  failures: Failure[];
}

/** Runs all host tests; rejects when one fails. Called by VS Code, through the small file that scripts/lib/host-run.mjs writes. */
export async function run(config: RunConfig): Promise<void> {
  setRunConfig(config);
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: config.testTimeoutMs,
    reporter: class {
      constructor() {}
    } as unknown as Mocha.ReporterConstructor,
    ...(config.grep ? { grep: new RegExp(config.grep.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) } : {}),
  });
  mocha.suite.emit('pre-require', globalThis, 'host-tests', mocha);
  await import('host-tests');
  const result = await execute(mocha);
  writeFileSync(config.resultFile, JSON.stringify(result));
  if (result.failed > 0) throw new Error(`${result.failed} host tests failed`);
}

function execute(mocha: Mocha): Promise<Result> {
  const result: Result = { passed: 0, failed: 0, skipped: 0, failures: [] };
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(result));
    runner.on('pass', (test) => {
      result.passed += 1;
      say(`  ✓ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on('pending', (test) => {
      result.skipped += 1;
      say(`  - ${test.fullTitle()}`);
    });
    runner.on('fail', (test, error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      result.failed += 1;
      result.failures.push({ title: test.fullTitle(), message });
      say(`  ✗ ${test.fullTitle()}\n${message.replace(/^/gm, '      ')}`);
    });
  });
}

/** A mark tells the lines of this run from everything else that the extension host writes. */
function say(line: string): void {
  console.log(`[host-test]${line}`);
}
