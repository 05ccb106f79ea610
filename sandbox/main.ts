import { parseArguments, UsageError } from './arguments';
import { PortTakenError } from './server/loopback-server';
import { startSandbox } from './start';

/** `npm run sandbox -- --port N`: prints one line of JSON and serves until it is told to stop. */
async function main(): Promise<void> {
  // Whoever started us may close the pipes and go; that must not end the sandbox.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const options = parseArguments(process.argv.slice(2));
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const sandbox = await startSandbox({ ...options, log });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void sandbox.close());
  process.stdout.write(`${JSON.stringify(sandbox.description)}\n`);
  await sandbox.closed;
  process.exit(0);
}

main().catch((error: unknown) => {
  const expected = error instanceof PortTakenError || error instanceof UsageError;
  const text =
    error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${text}\n`, () => process.exit(1));
});
