// Runs the measurements one after the other: npm run bench [-- NAME...]
// Each prints its table, and writes its figures as JSON to the file named by BENCH_RESULT.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from './lib/exec.mjs';
import { whenStarted } from './lib/main.mjs';
import { out, root } from './lib/paths.mjs';
import { setUp } from './lib/setup.mjs';
import { ensureHost } from './lib/vscode.mjs';
import { makePackage } from './package.mjs';

const ending = '.bench.ts';

whenStarted(import.meta.url, async () => {
  const wanted = process.argv.slice(2);
  const folder = path.join(root, 'bench');
  const known = readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no measurement ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  }
  await setUp(['browser', 'compiler']);
  await ensureHost('current');
  await makePackage();
  const names = wanted.length > 0 ? wanted : known;
  const file = path.join(folder, 'results.json');
  /** @type {Record<string, unknown>} */
  const results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).results : {};
  mkdirSync(out, { recursive: true });
  for (const name of names) {
    console.log(`\n── ${name}`);
    const result = path.join(out, `bench-${name}.json`);
    rmSync(result, { force: true });
    const { code } = await run(process.execPath, ['--import', 'tsx', path.join(folder, name + ending)], {
      cwd: root,
      env: { ...process.env, BENCH_RESULT: result },
      inherit: true,
      allowFailure: true,
    });
    if (code === 0 && existsSync(result)) results[name] = JSON.parse(readFileSync(result, 'utf8'));
    else process.exitCode = 1;
  }
  const machine = `${os.platform()} ${os.arch()}, ${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? '?'}, Node ${process.version}`;
  writeFileSync(
    file,
    `${JSON.stringify({ measured: new Date().toISOString(), machine, results }, null, 2)}\n`,
  );
  console.log(`\nFigures in ${path.relative(root, file)}`);
});
