// Stands between a script and a server that it started: when the script is gone, even by SIGKILL, the server's whole
// process group is ended. Started by exec.mjs with a pipe as standard input: node guard.mjs COMMAND ARGUMENT...
import { spawn } from 'node:child_process';

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('error', (error) => {
  console.error(`${command} cannot be started: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code) => process.exit(code ?? 128));

// A signal to the group reaches the server too; its end is then ours.
for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => undefined);
}
process.stdin.resume();
process.stdin.on('close', () => {
  process.kill(-process.pid, 'SIGTERM');
  setTimeout(() => process.kill(-process.pid, 'SIGKILL'), 3_000);
});
