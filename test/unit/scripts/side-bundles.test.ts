import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { sideBundlePlugin } from '../../../scripts/lib/side-bundles.mjs';

describe('the side bundles', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'side-'));
    write('src/aws/index.ts', "export const heavy = 'the SDK'; export interface Client { id: string }");
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
      plugins: [sideBundlePlugin(root)],
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
});
