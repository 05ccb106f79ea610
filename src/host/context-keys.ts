import * as vscode from 'vscode';
import { contextKeys } from '../ids';
import type { ContextKeyName } from '../ids';

/** The only writer of context keys; all are set at start, since a `when` clause on an unset key is an invisible bug. */
export class ContextKeys {
  private readonly values = new Map<ContextKeyName, unknown>();

  constructor() {
    for (const [name, { initial }] of Object.entries(contextKeys)) this.set(name as ContextKeyName, initial);
  }

  set(name: ContextKeyName, value: boolean): void {
    if (this.values.get(name) === value) return;
    this.values.set(name, value);
    void vscode.commands.executeCommand('setContext', contextKeys[name].key, value);
  }
}
