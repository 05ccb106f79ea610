import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { InspectorDriver } from './vscode-inspector';
import type { VsCodeWindow } from './vscode-window';

/** One picture of the tour. */
export interface Step {
  readonly name: string;
  /** Does it, and returns only when what the picture shall show is so. */
  go(window: VsCodeWindow): Promise<void>;
  /** Puts away what the next step does not want. */
  leave?(window: VsCodeWindow): Promise<void>;
  readonly only?: 'light' | 'dark';
  /** What the pointer rests on is what the picture shows. */
  readonly pointer?: true;
}

export const dismiss = (window: VsCodeWindow) => window.quickInput.dismiss();
export const clearMessages = (window: VsCodeWindow) =>
  window.runCommand('Notifications: Clear All Notifications');

/** The Inspector of this identity, once it is in sight. */
export async function inspector(window: VsCodeWindow, name: string): Promise<InspectorDriver> {
  const driver = new InspectorDriver(window);
  await driver.of(name);
  return driver;
}

/** The Credentials tab, once it says why it is this role. */
export async function untilWhy(driver: InspectorDriver, role: string): Promise<void> {
  await driver.open('Credentials');
  await driver.frame.getByRole('heading', { name: 'Why this role' }).waitFor();
  assert.equal(await driver.fact('Role'), role);
}

/** Scrolls the tab, so that this stands at its top. */
export async function toTheTop(part: Locator): Promise<void> {
  await part.evaluate((element) => {
    const panel = element.closest('[role=tabpanel]');
    if (panel) panel.scrollTop += element.getBoundingClientRect().top - panel.getBoundingClientRect().top - 8;
  });
}
