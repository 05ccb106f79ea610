import { parseArgs } from 'node:util';

export class UsageError extends Error {}

export interface SandboxArguments {
  readonly port: number;
  readonly seed: boolean;
  readonly idleExitSeconds?: number;
}

const USAGE = 'Usage: sandbox [--port N] [--no-seed] [--idle-exit SECONDS]';
const DEFAULT_PORT = 4566;

/** Reads the command line; throws UsageError. */
export function parseArguments(argv: readonly string[]): SandboxArguments {
  let values: { port?: string; 'idle-exit'?: string; 'no-seed'?: boolean };
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        'idle-exit': { type: 'string' },
        'no-seed': { type: 'boolean' },
      },
    }));
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : 'Unknown argument.'}\n${USAGE}`);
  }
  const idle = values['idle-exit'];
  return {
    port: values.port === undefined ? DEFAULT_PORT : wholeNumber('--port', values.port, 65_534),
    seed: values['no-seed'] !== true,
    ...(idle !== undefined && { idleExitSeconds: wholeNumber('--idle-exit', idle, 86_400) }),
  };
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most)
    throw new UsageError(`${name} must be a whole number from 0 to ${most}, not '${text}'.\n${USAGE}`);
  return value;
}
