// Walks through the product by itself and leaves a picture of each step, once in light and once in dark:
//   npm start -- --tour FOLDER
//   node --import tsx test/support/tour.ts FOLDER identities light      a part of it, with the package as it is
// A picture is taken only of what was seen to be so; a step that fails ends the tour with an error.
import path from 'node:path';
import { stopAll } from '../../scripts/lib/exec.mjs';
import { identityKinds } from './tour-identities';
import type { Step } from './tour-parts';
import { mainJob } from './tour-steps';
import { tokensAnywhere } from './tour-tokens';
import { endStartedSandbox } from './vscode-sandbox';
import { VsCodeWindow } from './vscode-window';

type Theme = 'light' | 'dark';

const themeNames: Record<Theme, string> = { light: 'Light 2026', dark: 'Dark 2026' };

/** Each in a window of its own, with a sandbox as it was made. */
const chapters: Readonly<Record<string, readonly Step[]>> = {
  main: mainJob,
  identities: identityKinds,
  tokens: tokensAnywhere,
};
const allSteps = Object.values(chapters).flat();

async function walk(theme: Theme, chapter: readonly Step[], folder: string): Promise<number> {
  const window = await VsCodeWindow.open({
    settings: { 'workbench.colorTheme': themeNames[theme], 'window.autoDetectColorScheme': false },
  });
  const steps = chapter.filter((step) => step.only === undefined || step.only === theme);
  try {
    for (const step of steps) {
      const number = String(allSteps.indexOf(step) + 1).padStart(2, '0');
      const name = step.only === undefined ? `${step.name}-${theme}` : step.name;
      await take(window, step, path.join(folder, `${number}-${name}.png`), folder);
    }
  } finally {
    await endStartedSandbox(window);
    await window.close();
  }
  return steps.length;
}

async function take(window: VsCodeWindow, step: Step, file: string, folder: string): Promise<void> {
  const started = Date.now();
  try {
    await step.go(window);
    // Out of the way, so that nothing looks hovered.
    if (!step.pointer) await window.page.mouse.move(150, 18);
    await window.screenshot(file);
    await step.leave?.(window);
  } catch (error) {
    await window.screenshot(path.join(folder, `failed-${path.basename(file)}`));
    throw new Error(
      `${path.basename(file, '.png')}: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
  console.log(`  ${path.basename(file)} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

async function main(folder: string | undefined, wanted: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error('Name the folder for the pictures.');
  const pick = <T extends string>(all: readonly T[]): readonly T[] => {
    const some = all.filter((one) => wanted.includes(one));
    return some.length > 0 ? some : all;
  };
  let pictures = 0;
  for (const theme of pick(['light', 'dark'] as const)) {
    for (const name of pick(Object.keys(chapters))) {
      console.log(`The tour, ${name}, ${theme}:`);
      pictures += await walk(theme, chapters[name] ?? [], path.resolve(folder));
    }
  }
  console.log(`${pictures} pictures in ${path.resolve(folder)}`);
}

main(process.argv[2], process.argv.slice(3))
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(stopAll);
