import * as vscode from 'vscode';
import { isCancelled } from '../core/errors';
import { commands } from '../ids';
import type { CommandName } from '../ids';

export type CommandHandler = (argument: unknown, ...rest: unknown[]) => unknown;

/** Whoever shows a failure to the person. Never rejects. */
export type FailureReporter = (what: string, error: unknown) => void;

/** The one place where commands are registered: errors of all of them meet here, and cancelling is silent. */
export class CommandRegistrar implements vscode.Disposable {
  private readonly registered = new Map<CommandName, vscode.Disposable>();

  constructor(private readonly reportFailure: FailureReporter) {}

  register(name: CommandName, handler: CommandHandler): void {
    if (this.registered.has(name)) throw new Error(`command registered twice: ${name}`);
    const run = async (argument: unknown, ...rest: unknown[]): Promise<unknown> => {
      try {
        return await handler(argument, ...rest);
      } catch (error) {
        if (!isCancelled(error)) this.reportFailure(name, error);
        return undefined;
      }
    };
    this.registered.set(name, vscode.commands.registerCommand(commands[name], run));
  }

  /** Names without a handler; a host test wants none. */
  missing(): CommandName[] {
    return (Object.keys(commands) as CommandName[]).filter((name) => !this.registered.has(name));
  }

  dispose(): void {
    for (const registration of this.registered.values()) registration.dispose();
  }
}
