import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SandboxDescription } from '../../sandbox/description';
import { SandboxControl } from './sandbox';
import type { VsCodeWindow } from './vscode-window';

/** What the extension wrote down of the sandbox that it started. */
export function startedSandbox(window: VsCodeWindow): SandboxDescription {
  return JSON.parse(readFileSync(recordOf(window), 'utf8')) as SandboxDescription;
}

export function controlOf(window: VsCodeWindow): SandboxControl {
  return new SandboxControl(startedSandbox(window).control);
}

/** Waits for an operation of the sandbox to have been called since the count was last reset. */
export async function untilRequested(window: VsCodeWindow, operation: string): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (((await controlOf(window).requests())[operation] ?? 0) === 0)
    if (Date.now() > deadline) throw new Error(`${operation} was never called`);
}

/** Ends it without the extension, as when another window stops it. Where there is none, nothing happens. */
export async function endStartedSandbox(window: VsCodeWindow): Promise<void> {
  if (!existsSync(recordOf(window))) return;
  await fetch(`${startedSandbox(window).control}/stop`, { method: 'POST' }).catch(() => undefined);
}

/** Sign In… from the palette, up to the sandbox's list of users. */
export async function signInToSandbox(window: VsCodeWindow): Promise<void> {
  await window.runCommand('Sign In…');
  await window.quickInput.waitFor('Gets the role Readers');
}

function recordOf(window: VsCodeWindow): string {
  const storage = path.join(
    window.userDataDir,
    'User',
    'globalStorage',
    'cognito-workbench.cognito-workbench',
  );
  return path.join(storage, 'sandbox.json');
}
