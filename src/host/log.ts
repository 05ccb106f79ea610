import * as vscode from 'vscode';
import type { LogOutputChannel } from 'vscode';
import { isWorkbenchError } from '../core/errors';
import { redactSecrets } from '../core/redact';

/** The one way into the output channel: every line is redacted, since people paste logs into issues. */
export class Log implements vscode.Disposable {
  private made: LogOutputChannel | undefined;

  constructor(private readonly name: string) {}

  /** Made with its first line: activation has nothing to say. */
  private get channel(): LogOutputChannel {
    return (this.made ??= vscode.window.createOutputChannel(this.name, { log: true }));
  }

  info(text: string): void {
    this.channel.info(redactSecrets(text));
  }

  warn(text: string): void {
    this.channel.warn(redactSecrets(text));
  }

  debug(text: string): void {
    this.channel.debug(redactSecrets(text));
  }

  /** Writes an error with its code, request id and chain of causes. */
  error(what: string, error: unknown): void {
    this.channel.error(redactSecrets(`${what}: ${describe(error)}`));
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.made?.dispose();
  }
}

function describe(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  const facts = isWorkbenchError(error) ? ` [${error.code}] ${JSON.stringify(error.data)}` : '';
  // The stack of foreign errors only: ours say where they come from.
  const own = isWorkbenchError(error) ? error.message : (error.stack ?? error.message);
  const cause =
    error.cause === undefined || depth > 3 ? '' : `\n  caused by ${describe(error.cause, depth + 1)}`;
  return `${own}${facts}${cause}`;
}
