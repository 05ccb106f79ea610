// The side bundles: built one file each, loaded on first use. The entry reaches them by import() only.
import { existsSync } from 'node:fs';
import path from 'node:path';

/** @type {readonly { name: string, source: string }[]} */
export const sideBundles = [
  { name: 'workbench', source: 'src/workbench.ts' },
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
