// The side bundles: built one file each, loaded on first use. The entry reaches them by import() only.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** @type {readonly { name: string, source: string }[]} */
export const sideBundles = [
  { name: 'deferred', source: 'src/deferred.ts' },
  { name: 'workbench', source: 'src/workbench.ts' },
  { name: 'editor', source: 'src/ui/editor/index.ts' },
  { name: 'aws', source: 'src/aws/index.ts' },
  { name: 'diagnosis', source: 'src/core/diagnosis/index.ts' },
  { name: 'verify', source: 'src/node/verify.ts' },
  { name: 'oauth', source: 'src/node/oauth.ts' },
  { name: 'inspector', source: 'src/panel/host/index.ts' },
];

const entry = 'src/extension.ts';

/**
 * Turns `import('./aws')` and the like into a deferred require of the side bundle. A side bundle may also import another
 * one statically (it is shared, not copied); the entry may not, since that would load it at activation.
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
export function sideBundlePlugin(root) {
  return {
    name: 'side-bundles',
    setup(build) {
      const building = [build.initialOptions.entryPoints ?? []].flat().map(String)[0];
      build.onResolve({ filter: /^\.\.?(\/|$)/ }, (args) => {
        if (args.kind === 'entry-point') return undefined;
        const bundle = sideBundleOf(root, path.resolve(args.resolveDir, args.path));
        if (!bundle || bundle.source === building) return undefined;
        if (args.kind === 'dynamic-import' || building !== entry)
          return { path: `./${bundle.name}.js`, external: true };
        const importer = path.relative(root, args.importer).replaceAll('\\', '/');
        return {
          errors: [
            { text: `${importer} imports the side bundle ${bundle.source} statically; use import() instead` },
          ],
        };
      });
    },
  };
}

/** @param {string} root @param {string} target the imported path, with or without ending */
function sideBundleOf(root, target) {
  const candidates = [target, `${target}.ts`, path.join(target, 'index.ts')];
  return sideBundles.find(({ source }) => {
    const file = path.join(root, source);
    return candidates.includes(file) && existsSync(file);
  });
}

/**
 * In the entry alone: turns the modules that `src/deferred.ts` re-exports into functions that load `deferred.js` at
 * their first call. The sources need not know; a name that is not re-exported there fails the build.
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
export function deferredPlugin(root) {
  return {
    name: 'deferred',
    setup(build) {
      if ([build.initialOptions.entryPoints ?? []].flat().map(String)[0] !== entry) return;
      const modules = deferredModules(root);
      build.onResolve({ filter: /^\.\.?\// }, ({ path: target, resolveDir, namespace, kind }) => {
        if (kind === 'entry-point') return undefined;
        if (namespace === 'deferred') return { path: target, external: true };
        const file = `${path.resolve(resolveDir, target)}.ts`;
        return modules.has(file) ? { path: file, namespace: 'deferred' } : undefined;
      });
      build.onLoad({ filter: /.*/, namespace: 'deferred' }, (args) => {
        const names = modules.get(args.path) ?? [];
        const calls = names.map((name) => `export const ${name} = (...args) => load().${name}(...args);`);
        const load = "let loaded; const load = () => (loaded ??= require('./deferred.js'));";
        return { contents: [load, ...calls].join('\n'), loader: 'js', resolveDir: root };
      });
    },
  };
}

/** The re-exports of `src/deferred.ts`: names by file. @param {string} root @returns {Map<string, string[]>} */
function deferredModules(root) {
  const file = path.join(root, 'src', 'deferred.ts');
  if (!existsSync(file)) return new Map();
  const exports = readFileSync(file, 'utf8').matchAll(/^export \{([^}]*)\} from '([^']+)';/gm);
  return new Map(
    [...exports].map(([, names = '', from = '']) => [
      `${path.resolve(path.dirname(file), from)}.ts`,
      names.split(',').flatMap((name) => name.trim() || []),
    ]),
  );
}
