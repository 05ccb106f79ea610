// Walks the main job by itself and leaves a picture of each step, once in light and once in dark:
//   npm start -- --tour FOLDER
// A picture is taken only of what was seen to be so; a step that fails ends the tour with an error.
import path from 'node:path';
import { stopAll } from '../../scripts/lib/exec.mjs';
import { type Step, tourSteps } from './tour-steps';
import { endStartedSandbox } from './vscode-sandbox';
import { VsCodeWindow } from './vscode-window';

type Theme = 'light' | 'dark';

const themeNames: Record<Theme, string> = { light: 'Light 2026', dark: 'Dark 2026' };

async function walk(theme: Theme, folder: string): Promise<number> {
  const window = await VsCodeWindow.open({
    settings: { 'workbench.colorTheme': themeNames[theme], 'window.autoDetectColorScheme': false },
  });
  const steps = tourSteps.filter((step) => step.only === undefined || step.only === theme);
  try {
    for (const step of steps) {
      const number = String(tourSteps.indexOf(step) + 1).padStart(2, '0');
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
    await window.page.mouse.move(150, 18);
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

async function main(folder: string | undefined): Promise<void> {
  if (folder === undefined) throw new Error('Name the folder for the pictures.');
  let pictures = 0;
  for (const theme of ['light', 'dark'] as const) {
    console.log(`The tour, ${theme}:`);
    pictures += await walk(theme, path.resolve(folder));
  }
  console.log(`${pictures} pictures in ${path.resolve(folder)}`);
}

main(process.argv[2])
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(stopAll);
