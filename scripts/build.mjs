// Builds what runs: the extension's entry and its side bundles, the sandbox, the panel, and the bundle of host tests.
//   node scripts/build.mjs [--production] [--watch] [--no-tests]
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { whenStarted } from './lib/main.mjs';
import { notices } from './lib/notices.mjs';
import { dist, out, root } from './lib/paths.mjs';
import { deferredPlugin, sideBundles, sideBundlePlugin } from './lib/side-bundles.mjs';
import { vscodeOnce } from './lib/vscode-once.mjs';

/**
 * @typedef {import('esbuild').BuildOptions} BuildOptions
 * @typedef {{ production?: boolean, tests?: boolean, log?: (line: string) => void }} Wishes
 * @typedef {{ name: string, source: string, options: BuildOptions }} Bundle
 */

/** @param {string} file */
const inRoot = (file) => path.join(root, file);

/** @param {boolean} production @returns {BuildOptions} */
function common(production) {
  return {
    bundle: true,
    absWorkingDir: root,
    logLevel: 'warning',
    metafile: true,
    legalComments: 'none',
    minify: production,
    sourcemap: production ? false : 'linked',
    define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
  };
}

/** @param {boolean} production @returns {BuildOptions} */
function forNode(production) {
  return {
    ...common(production),
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // ES modules first: the UMD builds that some packages name as "main" cannot be shaken.
    mainFields: ['module', 'main'],
    external: ['vscode'],
    // A native import() of a file is slow in the extension host; this turns it into a deferred require.
    supported: { 'dynamic-import': false },
  };
}

/** @param {boolean} production @returns {Bundle[]} */
function bundles(production) {
  const plugins = [deferredPlugin(root), sideBundlePlugin(root), vscodeOnce()];
  const node = forNode(production);
  const l10n = { '@vscode/l10n': inRoot('src/host/l10n.ts') };
  return [
    {
      name: 'extension',
      source: 'src/extension.ts',
      options: { ...node, plugins, tsconfig: 'src/tsconfig.json', alias: l10n },
    },
    ...sideBundles.map(({ name, source }) => ({
      name,
      source,
      options: {
        ...node,
        plugins,
        tsconfig: 'src/tsconfig.json',
        ...(name === 'deferred' ? { alias: l10n } : {}),
      },
    })),
    { name: 'sandbox', source: 'sandbox/main.ts', options: { ...node, tsconfig: 'sandbox/tsconfig.json' } },
    {
      name: 'panel',
      source: 'src/panel/app/main.ts',
      options: {
        ...common(production),
        platform: 'browser',
        format: 'iife',
        target: 'es2022',
        tsconfig: 'src/panel/app/tsconfig.json',
      },
    },
  ];
}

/** The test bundle holds mocha too: mocha is an ES module, and require of one may hang in older hosts. @returns {Bundle} */
function hostTests() {
  return {
    name: 'host-tests',
    source: 'test/host/index.ts',
    options: {
      ...forNode(false),
      tsconfig: 'test/tsconfig.json',
      sourcemap: 'inline',
      logOverride: { 'require-resolve-not-external': 'silent' },
      external: ['vscode', 'playwright-core', 'esbuild', 'fsevents'],
      plugins: [hostTestFiles()],
    },
  };
}

/** `import 'host-tests'` stands for all test files under test/host. @returns {import('esbuild').Plugin} */
function hostTestFiles() {
  return {
    name: 'host-test-files',
    setup(build) {
      build.onResolve({ filter: /^host-tests$/ }, () => ({ path: 'host-tests', namespace: 'host-tests' }));
      build.onLoad({ filter: /.*/, namespace: 'host-tests' }, () => {
        const files = readdirSync(inRoot('test/host'), { recursive: true, encoding: 'utf8' })
          .filter((file) => file.endsWith('.test.ts'))
          .sort();
        const contents = files.map(
          (file) => `require(${JSON.stringify(`./${file.replaceAll('\\', '/')}`)});`,
        );
        return { contents: contents.join('\n'), resolveDir: inRoot('test/host'), loader: 'js' };
      });
    },
  };
}

/** The font stays a file of its own beside the style sheets. @type {import('esbuild').Plugin} */
const keepFont = {
  name: 'keep-font',
  setup(build) {
    build.onResolve({ filter: /codicon\.ttf/ }, () => ({ path: './codicon.ttf', external: true }));
  },
};

/** The style sheet of the panel and the icon font. @param {boolean} production */
async function buildStyles(production) {
  const { build } = await import('esbuild');
  const source = inRoot('src/panel/app/panel.css');
  if (existsSync(source)) {
    await build({
      ...common(production),
      metafile: false,
      entryPoints: [source],
      outfile: path.join(dist, 'panel.css'),
      plugins: [keepFont],
    });
  }
  const icons = inRoot('node_modules/@vscode/codicons/dist');
  copyFileSync(path.join(icons, 'codicon.ttf'), path.join(dist, 'codicon.ttf'));
  await build({
    ...common(production),
    sourcemap: false,
    metafile: false,
    entryPoints: [path.join(icons, 'codicon.css')],
    outfile: path.join(dist, 'codicon.css'),
    plugins: [keepFont],
  });
}

/**
 * Builds everything whose source exists, and writes out/meta.json: the metafile of each bundle by name.
 * @param {Wishes} [wishes]
 * @returns {Promise<Record<string, import('esbuild').Metafile>>}
 */
export async function buildAll({ production = false, tests = !production, log = console.log } = {}) {
  const { build } = await import('esbuild');
  const started = Date.now();
  mkdirSync(dist, { recursive: true });
  mkdirSync(out, { recursive: true });

  /** @type {Record<string, import('esbuild').Metafile>} */
  const meta = {};
  /** @type {string[]} */
  const broken = [];
  for (const bundle of [...bundles(production), ...(tests ? [hostTests()] : [])]) {
    if (!existsSync(inRoot(bundle.source))) {
      log(`skipped ${bundle.name}: ${bundle.source} does not exist`);
      continue;
    }
    try {
      const result = await build({
        ...bundle.options,
        entryPoints: [bundle.source],
        outfile: outputOf(bundle),
      });
      if (result.metafile) meta[bundle.name] = result.metafile;
    } catch {
      // esbuild has said why; the other bundles are built all the same.
      broken.push(bundle.name);
    }
  }
  await buildStyles(production);
  if (production) removeOldOutput(Object.keys(meta));
  if (production) writeFileSync(path.join(dist, 'NOTICES.txt'), notices(root, meta));
  writeFileSync(path.join(out, 'meta.json'), JSON.stringify(meta));
  if (broken.length > 0) throw new Error(`Not built: ${broken.join(', ')}`);
  log(
    `built ${Object.keys(meta).join(', ') || 'nothing'} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  return meta;
}

/**
 * Builds one bundle alone, without minifying it.
 * @param {string} name
 * @param {string} [outfile]
 * @returns {Promise<string>} the file
 */
export async function buildOne(name, outfile) {
  const { build } = await import('esbuild');
  const bundle = [...bundles(false), hostTests()].find((one) => one.name === name);
  if (!bundle) throw new Error(`There is no bundle named ${name}`);
  const file = outfile ?? outputOf(bundle);
  await build({ ...bundle.options, entryPoints: [bundle.source], outfile: file });
  return file;
}

/** @param {Bundle} bundle */
function outputOf(bundle) {
  if (bundle.name === 'host-tests') return path.join(out, 'test', 'host', 'index.cjs');
  return path.join(dist, `${bundle.name}.js`);
}

/** A bundle or map of an earlier build must not slip into the package. @param {string[]} names */
function removeOldOutput(names) {
  for (const file of readdirSync(dist)) {
    const known = file.endsWith('.js') && names.includes(file.slice(0, -3));
    if (/\.(js|map)$/.test(file) && !known) rmSync(path.join(dist, file));
  }
}

async function watch() {
  const { context } = await import('esbuild');
  await buildStyles(false);
  for (const bundle of [...bundles(false), hostTests()]) {
    if (!existsSync(inRoot(bundle.source))) continue;
    const watched = await context({
      ...bundle.options,
      entryPoints: [bundle.source],
      outfile: outputOf(bundle),
      logLevel: 'info',
    });
    await watched.watch();
  }
  console.log('[watch] build finished');
}

whenStarted(import.meta.url, async () => {
  const flags = new Set(process.argv.slice(2));
  if (flags.has('--watch')) await watch();
  else
    await buildAll({
      production: flags.has('--production'),
      tests: !flags.has('--production') && !flags.has('--no-tests'),
    });
});
