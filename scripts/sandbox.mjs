// The sandbox alone, in the foreground: npm run sandbox -- [--port N]
// Standard output carries its one line of JSON and nothing else.
import { spawn } from 'node:child_process';
import { buildOne } from './build.mjs';
import { whenStarted } from './lib/main.mjs';
import { setUp } from './lib/setup.mjs';

whenStarted(import.meta.url, async () => {
  await setUp([], console.error);
  const program = await buildOne('sandbox');
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  const code = await new Promise((resolve) =>
    child.on('exit', (status, signal) => resolve(status ?? (signal ? 0 : 1))),
  );
  process.exitCode = code;
});
