import * as vscode from 'vscode';
import { contextKeys } from '../ids';
import type { ContextKeyName } from '../ids';

/**
 * The only writer of context keys; all are set right after activation, since a `when` clause on an unset key is an
 * invisible bug.
 */
export class ContextKeys {
  private readonly values = new Map<ContextKeyName, unknown>();

  constructor() {
    setImmediate(() => {
      for (const [name, { initial }] of Object.entries(contextKeys)) {
        if (!this.values.has(name as ContextKeyName)) this.set(name as ContextKeyName, initial);
      }
    });
  }

  set(name: ContextKeyName, value: boolean | readonly string[]): void {
    if (JSON.stringify(this.values.get(name)) === JSON.stringify(value)) return;
    this.values.set(name, value);
    void vscode.commands.executeCommand('setContext', contextKeys[name].key, value);
  }
}
