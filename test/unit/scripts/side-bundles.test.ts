import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import { deferredPlugin, sideBundlePlugin } from '../../../scripts/lib/side-bundles.mjs';

describe('the side bundles', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'side-'));
    write('src/aws/index.ts', "export const heavy = 'the SDK'; export interface Client { id: string }");
    write('src/parse.ts', "export const parse = (text: string) => 'parsed ' + text; export const other = 1");
    write('src/deferred.ts', "export { parse } from './parse';\n");
    write('src/core/diagnosis/index.ts', "export const explain = 'explanations'");
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }

  async function bundle(entry: string): Promise<string> {
    const result = await build({
      absWorkingDir: root,
      entryPoints: [entry],
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      supported: { 'dynamic-import': false },
      logLevel: 'silent',
      plugins: [deferredPlugin(root), sideBundlePlugin(root)],
    });
    return result.outputFiles[0]?.text ?? '';
  }

  for (const specifier of ['./aws', './aws/index']) {
    it(`are required on first use for import('${specifier}')`, async () => {
      write('src/extension.ts', `export const load = () => import('${specifier}')`);
      const text = await bundle('src/extension.ts');
      assert.match(text, /require\("\.\/aws\.js"\)/);
      assert.doesNotMatch(text, /the SDK|import\(/);
    });
  }

  it('are refused when the entry imports one statically, however deep', async () => {
    write('src/extension.ts', "export { x } from './services'");
    write('src/services.ts', "import { heavy } from './aws'; export const x = heavy");
    await assert.rejects(
      bundle('src/extension.ts'),
      /src\/services\.ts imports the side bundle src\/aws\/index\.ts/,
    );
  });

  it('may give their types to anyone', async () => {
    write(
      'src/extension.ts',
      "import { Client } from './aws'; export const id = (client: Client) => client.id",
    );
    assert.doesNotMatch(await bundle('src/extension.ts'), /aws/);
  });

  it('are shared among each other, not copied', async () => {
    write('src/aws/index.ts', "import { explain } from '../core/diagnosis'; export const x = explain");
    const text = await bundle('src/aws/index.ts');
    assert.match(text, /require\("\.\/diagnosis\.js"\)/);
    assert.doesNotMatch(text, /explanations/);
  });

  it('are loaded at the first call of what the entry defers', async () => {
    write('src/extension.ts', "export { read } from './settings'");
    write(
      'src/settings.ts',
      "import { parse } from './parse'; export const read = () => parse('x') + parse('y')",
    );
    const loads: string[] = [];
    const parse = (text: string) => `<${text}>`;
    const module = { exports: {} as { read: () => string } };
    const requireOf = (name: string) => {
      loads.push(name);
      return { parse };
    };
    const text = await bundle('src/extension.ts');
    assert.doesNotMatch(text, /parsed/);
    compileFunction(text, ['module', 'require'])(module, requireOf);
    assert.deepEqual(loads, []);
    assert.equal(module.exports.read(), '<x><y>');
    assert.deepEqual(loads, ['./deferred.js']);
  });

  it('hold what is deferred for everybody else as ever', async () => {
    write('src/aws/index.ts', "import { parse } from '../parse'; export const x = parse('x')");
    assert.match(await bundle('src/aws/index.ts'), /parsed/);
    assert.match(await bundle('src/deferred.ts'), /parsed/);
  });

  it('are refused when the entry uses of a deferred module what is not deferred', async () => {
    write('src/extension.ts', "import { other } from './parse'; export const x = other");
    await assert.rejects(
      bundle('src/extension.ts'),
      /No matching export in "deferred:.*" for import "other"/,
    );
  });
});
