// How large the package and its bundles are, beside the limits and beside others.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { limits } from '../scripts/lib/package-gates.mjs';
import { vsix } from '../scripts/lib/paths.mjs';
import { ensureHost } from '../scripts/lib/vscode.mjs';
import { measure } from './support/report';
import { builtIn } from './support/peers';
import { unzip } from './support/zip';

/** What each bundle is there for, and when it is loaded. */
const bundles: Readonly<Record<string, string>> = {
  'extension.js': 'at activation',
  'deferred.js': 'with the first connection that is read',
  'workbench.js': 'at the first gesture',
  'aws.js': 'at the first call to AWS',
  'diagnosis.js': 'at the first failure',
  'verify.js': 'at the first signature check',
  'oauth.js': 'at the first browser sign-in',
  'inspector.js': 'with the first Inspector',
  'panel.js': 'in the Inspector’s page',
  'panel.css': 'in the Inspector’s page',
  'sandbox.js': 'in a process of its own',
};

/** VSIX sizes in bytes, rounded, taken from the registry once; they are not measured in this run. */
const otherPackages: readonly (readonly [string, number])[] = [
  ['LocalStack', 76_000],
  ['yokawasa JWT decoder', 371_000],
  ['arbs-io JWT decoder', 1_000_000],
  ['REST Client', 1_400_000],
  ['Azure Storage', 2_100_000],
  ['necatiarslan aws-s3', 16_400_000],
];

measure(async () => {
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run npm run package`);
  const bytes = statSync(vsix).size;
  const files = unzip(vsix).map(({ name, data, packed }) => ({
    name: name.replace(/^extension\//, ''),
    bytes: data.length,
    gzip: gzipSync(data).length,
    packed,
  }));
  const shown = files
    .filter(({ name }) => /^dist\/[\w-]+\.(js|css)$/.test(name))
    .map((file) => ({ ...file, name: file.name.slice('dist/'.length) }))
    .sort((a, b) => order(a.name) - order(b.name) || a.name.localeCompare(b.name));
  const host = await ensureHost('current');
  const entries = builtIn.flatMap(({ folder, name }) => {
    const file = entryOf(path.join(host.root, 'extensions', folder));
    return file ? [{ name, bytes: statSync(file).size, gzip: gzipSync(readFileSync(file)).length }] : [];
  });
  const limit = (name: string): number | string => (name === 'extension.js' ? limits.entry : '');
  return {
    tables: [
      {
        title: 'Files of the package, minified, bytes',
        columns: ['', 'bytes', 'gzip', 'limit', 'loaded'],
        rows: shown.map(({ name, bytes: size, gzip }) => [
          name,
          size,
          gzip,
          limit(name),
          bundles[name] ?? '',
        ]),
      },
      {
        title: `Entries of VS Code ${host.vscode}’s built-in extensions, bytes`,
        columns: ['', 'bytes', 'gzip'],
        rows: entries.map(({ name, bytes: size, gzip }) => [name, size, gzip]),
      },
      {
        title: 'VSIX, bytes',
        columns: ['', 'bytes', 'limit'],
        rows: [
          ['Cognito Workbench', bytes, limits.vsix],
          ...otherPackages.map(([name, size]) => [name, `about ${size.toLocaleString('en')}`, '']),
        ],
        notes: [
          'Ours is read from dist/cognito-workbench.vsix; the other packages were measured earlier, not in this run.',
        ],
      },
    ],
    figures: {
      vsix: bytes,
      limits,
      files,
      builtInEntries: entries,
      otherPackages: { source: 'measured earlier', bytes: Object.fromEntries(otherPackages) },
    },
  };
});

function order(name: string): number {
  const at = Object.keys(bundles).indexOf(name);
  return at < 0 ? Number.MAX_SAFE_INTEGER : at;
}

/** The file that an extension's manifest names as "main". */
function entryOf(folder: string): string | undefined {
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest)) return undefined;
  const { main } = JSON.parse(readFileSync(manifest, 'utf8')) as { main?: string };
  const candidates = main ? [main, `${main}.js`].map((file) => path.join(folder, file)) : [];
  return candidates.find((file) => existsSync(file) && statSync(file).isFile());
}
