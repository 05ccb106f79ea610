// Builds dist/cognito-workbench.vsix and refuses one that is too large or holds what it should not.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { whenStarted } from './lib/main.mjs';
import { run } from './lib/exec.mjs';
import { entryProblems, vsixProblems, zipEntries } from './lib/package-gates.mjs';
import { dist, out, root, vsix } from './lib/paths.mjs';
import { setUp } from './lib/setup.mjs';

/**
 * The README without its pictures: they stand beside the sources, not in the package.
 * @param {string} text
 */
export function withoutPictures(text) {
  return text
    .replace(/<picture>[\s\S]*?<\/picture>/g, '')
    .replace(/<img\b[^>]*>/g, '')
    .replace(/\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)/g, '')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n');
}

/**
 * @returns {Promise<{ file: string, bytes: number }>}
 */
export async function makePackage() {
  mkdirSync(out, { recursive: true });
  mkdirSync(dist, { recursive: true });
  rmSync(vsix, { force: true });
  const readme = path.join(root, 'README.md');
  const lean = path.join(out, 'README.md');
  writeFileSync(
    lean,
    existsSync(readme) ? withoutPictures(readFileSync(readme, 'utf8')) : '# Cognito Workbench\n',
  );
  // vsce runs vscode:prepublish, which is the production build.
  await run(
    process.execPath,
    [
      path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce'),
      ...['package', '--out', vsix, '--no-dependencies', '--allow-missing-repository'],
      ...['--no-rewrite-relative-links', '--readme-path', 'out/README.md'],
      ...(existsSync(path.join(root, 'LICENSE')) ? [] : ['--skip-license']),
    ],
    { cwd: root, timeoutMs: 5 * 60_000 },
  );
  const bytes = statSync(vsix).size;
  const meta = JSON.parse(readFileSync(path.join(out, 'meta.json'), 'utf8'));
  const problems = [...vsixProblems({ bytes, files: zipEntries(vsix) }), ...entryProblems(meta.extension)];
  if (problems.length > 0) throw new Error(`The package is refused:\n${problems.join('\n')}`);
  return { file: vsix, bytes };
}

whenStarted(import.meta.url, async () => {
  await setUp([]);
  const { file, bytes } = await makePackage();
  console.log(`${path.relative(root, file)} (${bytes.toLocaleString('en')} bytes)`);
});
