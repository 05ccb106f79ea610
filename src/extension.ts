import * as vscode from 'vscode';
import { createServices } from './services';
import type { TestHandle } from './services';

/** Registers; everything that costs waits until someone asks for it. Tests get a handle, nobody else. */
export function activate(context: vscode.ExtensionContext): TestHandle | undefined {
  const services = createServices(context);
  context.subscriptions.push(services);
  return context.extensionMode === vscode.ExtensionMode.Test ? services : undefined;
}
