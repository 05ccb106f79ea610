// The licences of the packages that are bundled into dist/, as their authors ask for.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * @param {string} root
 * @param {Record<string, import('esbuild').Metafile>} metas
 * @returns {string} one paragraph per licence text, with all packages under it
 */
export function notices(root, metas) {
  const folders = new Set(
    Object.values(metas).flatMap((meta) =>
      Object.values(meta.outputs).flatMap(({ inputs }) =>
        Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => {
          const found = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file);
          return found && bytesInOutput > 0 ? [found[0]] : [];
        }),
      ),
    ),
  );
  // The icon font is copied, not bundled.
  folders.add('node_modules/@vscode/codicons');
  /** @type {Map<string, string[]>} */
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const place = path.join(root, folder);
    const { name, version, license } = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8'));
    const text = licenceText(place) ?? String(license);
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}`]);
  }
  return [...byText]
    .map(([text, names]) => `${names.join('\n')}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} folder */
function licenceText(folder) {
  if (!existsSync(folder)) return undefined;
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying)(\.|$)/i.test(name));
  const texts = files
    .sort()
    .map((name) => readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
  return texts.length > 0 ? texts.join('\n\n') : undefined;
}
