// Collects the sentences of src/ into l10n/bundle.l10n.json, from which translations are made: npm run l10n
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { whenStarted } from './lib/main.mjs';
import { root } from './lib/paths.mjs';

/** @typedef {import('@vscode/l10n-dev').l10nJsonFormat} Bundle */

export const bundleFile = path.join(root, 'l10n', 'bundle.l10n.json');

/** Every TypeScript file of src/ by its path from the root, with forward slashes. @returns {Map<string, string>} */
export function sources() {
  const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .sort();
  return new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
}

/** How src/ gets at its sentences; a file that does otherwise is read by itself. */
const imports = ["import * as l10n from '@vscode/l10n';", "import * as vscode from 'vscode';"];

/**
 * The sentences of these files, sorted, so that a change of one shows as a change of one line.
 * @param {Iterable<string>} texts
 * @returns {Promise<Bundle>}
 */
export async function collect(texts) {
  const { getL10nJson } = await import('@vscode/l10n-dev');
  const [joined, single] = [[...imports], /** @type {string[]} */ ([])];
  for (const text of texts) {
    if (!text.includes('l10n')) continue;
    const rest = imports.reduce((left, line) => left.replaceAll(line, ''), text);
    const otherwise = /\bfrom '(@vscode\/l10n|vscode)'/.test(rest);
    (otherwise ? single : joined).push(otherwise ? text : rest);
  }
  // The search costs far more for each import than for each line: as one text it takes a tenth of the time.
  const files = [joined.join('\n'), ...single].map((contents) => ({ contents, extension: '.ts' }));
  const found = await getL10nJson(files);
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @param {Bundle} bundle */
export function asText(bundle) {
  return `${JSON.stringify(bundle, null, 2)}\n`;
}

whenStarted(import.meta.url, async () => {
  const bundle = await collect(sources().values());
  mkdirSync(path.dirname(bundleFile), { recursive: true });
  writeFileSync(bundleFile, asText(bundle));
  console.log(`${Object.keys(bundle).length} sentences in ${path.relative(root, bundleFile)}`);
});
