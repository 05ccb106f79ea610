// The hover in the real extension host, on a line of 5 MB and on a short one, beside a provider that answers at once.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../scripts/lib/browser.mjs';
import { vsix } from '../scripts/lib/paths.mjs';
import { removeFolder, tempFolder } from '../scripts/lib/temp.mjs';
import { ensureHost } from '../scripts/lib/vscode.mjs';
import { installExtension } from '../scripts/lib/vscode-server.mjs';
import { runRound } from './activation/round';
import type { HoverConfig, HoverResult } from './hover/probe-types';
import { measure } from './support/report';
import { spreadOf, spreadText } from './support/stats';
import { signer } from './support/token-log';

const BLOCKS = 6;
const ROUNDS = 8;
const OURS = 'cognito-workbench.cognito-workbench';
const LONG = 'line of 5 MB';
const SHORT = 'short line';

measure(async () => {
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run npm run package`);
  const host = await ensureHost('current');
  const folder = tempFolder('hover');
  const browser = await launchBrowser();
  try {
    const extensionsDir = path.join(folder, 'extensions');
    await installExtension({ host, file: vsix, extensionsDir, dataDir: path.join(folder, 'install') });
    const probe: Omit<HoverConfig, 'result'> = {
      files: writeFiles(folder),
      ours: OURS,
      blocks: BLOCKS,
      rounds: ROUNDS,
    };
    const result = (await runRound({
      entry: path.join('hover', 'probe.ts'),
      probe,
      host,
      browser,
      extensionsDir,
      settings: { 'workbench.startupEditor': 'none', 'chat.disableAIFeatures': true },
    })) as HoverResult;
    if (result.failure !== undefined) throw new Error(result.failure);
    const spread = (file: string, who: 'ours' | 'floor') =>
      spreadOf(
        result.samples
          .filter((sample) => sample.file === file && sample.who === who)
          .map(({ milliseconds }) => milliseconds),
      );
    const figures = [LONG, SHORT].map((file) => ({
      file,
      ours: spread(file, 'ours'),
      floor: spread(file, 'floor'),
    }));
    const table = {
      title: `Hover over a token in VS Code ${host.vscode}, vscode.executeHoverProvider`,
      columns: ['', 'Cognito Workbench, ms', 'a provider that answers at once'],
      rows: figures.map(({ file, ours, floor }) => [file, spreadText(ours), spreadText(floor)]),
      notes: [
        `Median (range) of ${BLOCKS * ROUNDS}, ${ROUNDS} in turn in one host, after two each that are not counted; ours is the installed VSIX.`,
        `The long line is JSON of ${result.characters.toLocaleString('en')} characters with the token in its middle.`,
        'Both go from the extension host to the editor and back; what ours adds is finding, decoding and writing.',
      ],
    };
    return { tables: [table], figures: { vscode: host.vscode, characters: result.characters, figures } };
  } finally {
    await browser.close();
    removeFolder(folder);
  }
});

function writeFiles(folder: string): HoverConfig['files'] {
  const token = signer('2f1c0d9e').sign('reader');
  const filler = JSON.stringify({ text: 'some words, and more '.repeat(25) });
  const half = Array.from({ length: 4750 }, () => filler).join(',');
  const texts = { [LONG]: `[${half},"${token}",${half}]`, [SHORT]: `["${token}"]` };
  mkdirSync(folder, { recursive: true });
  return Object.entries(texts).map(([name, text]) => {
    const file = path.join(folder, `${name.replaceAll(' ', '-')}.json`);
    writeFileSync(file, text);
    return { name, path: file, offset: text.indexOf(token) + 50 };
  });
}
