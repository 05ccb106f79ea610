// Host tests in a real VS Code: node scripts/test-host.mjs [current|oldest]... [--grep TEXT] [--no-build] [--timeout SECONDS]
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll, buildOne } from './build.mjs';
import { whenStarted } from './lib/main.mjs';
import { runHostTests } from './lib/host-run.mjs';
import { tempFolder } from './lib/temp.mjs';
import { ensureHost } from './lib/vscode.mjs';

/**
 * @param {import('./lib/vscode.mjs').HostName} name
 * @param {{ grep?: string | undefined, timeoutMs?: number, build?: boolean }} [options] without `build`, dist/ is tested as it is
 */
export async function hostTests(name, { grep, timeoutMs, build = true } = {}) {
  const host = await ensureHost(name);
  if (build) await buildAll({ tests: false, log: () => undefined });
  // A bundle for each run: two runs side by side must not write over each other's tests.
  const bundle = await buildOne('host-tests', path.join(tempFolder('bundle'), 'index.cjs'));
  return runHostTests(host, { bundle, grep, ...(timeoutMs ? { timeoutMs } : {}) });
}

whenStarted(import.meta.url, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string' }, timeout: { type: 'string' }, 'no-build': { type: 'boolean' } },
  });
  const names = /** @type {import('./lib/vscode.mjs').HostName[]} */ (
    positionals.length > 0 ? positionals : ['oldest', 'current']
  );
  let failed = 0;
  for (const [index, name] of names.entries()) {
    const started = Date.now();
    const counts = await hostTests(name, {
      grep: values.grep,
      build: !values['no-build'] && index === 0,
      ...(values.timeout ? { timeoutMs: Number(values.timeout) * 1000 } : {}),
    });
    failed += counts.failed;
    const seconds = Math.round((Date.now() - started) / 1000);
    console.log(
      `${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${seconds} s)`,
    );
  }
  process.exitCode = failed > 0 ? 1 : 0;
});
