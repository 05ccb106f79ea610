import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { entryProblems, limits, vsixProblems, zipEntries } from '../../../scripts/lib/package-gates.mjs';
import { withoutPictures } from '../../../scripts/package.mjs';

const good = [
  { name: '[Content_Types].xml', bytes: 1 },
  { name: 'extension.vsixmanifest', bytes: 1 },
  { name: 'extension/package.json', bytes: 1 },
  { name: 'extension/package.nls.json', bytes: 1 },
  { name: 'extension/readme.md', bytes: 1 },
  { name: 'extension/LICENSE.txt', bytes: 1 },
  { name: 'extension/dist/extension.js', bytes: limits.entry },
  { name: 'extension/dist/panel.css', bytes: 1 },
  { name: 'extension/media/walkthrough/sign-in.svg', bytes: 1 },
  { name: 'extension/l10n/bundle.l10n.json', bytes: 1 },
];

/** The metafile of a bundle with these inputs, by file and bytes that are left of it. */
function bundleOf(files: Record<string, number>) {
  const inputs = Object.fromEntries(
    Object.entries(files).map(([file, bytesInOutput]) => [file, { bytesInOutput }]),
  );
  const output = { bytes: 1, inputs, imports: [], exports: [] };
  return { inputs: {}, outputs: { 'dist/extension.js': output } };
}

describe('the gates of the package', () => {
  it('let a lean package pass', () => {
    assert.deepEqual(vsixProblems({ bytes: limits.vsix, files: good }), []);
  });

  for (const name of [
    'extension/dist/extension.js.map',
    'extension/src/extension.ts',
    'extension/test/unit/a.test.js',
    'extension/out/meta.json',
    'extension/node_modules/lit/index.js',
    'extension/media/picture.psd',
    'extension/.vscode/settings.json',
    'extension/dist/sub/chunk.js',
  ]) {
    it(`refuse ${name}`, () => {
      const [problem, ...others] = vsixProblems({ bytes: 1, files: [...good, { name, bytes: 1 }] });
      assert.ok(problem?.includes(name));
      assert.equal(others.length, 0);
    });
  }

  it('refuse a VSIX and an entry one byte too large, and a VSIX without entry', () => {
    assert.match(vsixProblems({ bytes: limits.vsix + 1, files: good }).join(), /800001 bytes/);
    const entry = { name: 'extension/dist/extension.js', bytes: limits.entry + 1 };
    assert.match(vsixProblems({ bytes: 1, files: [entry] }).join(), /60001 bytes/);
    assert.match(vsixProblems({ bytes: 1, files: [] }).join(), /no dist\/extension\.js/);
  });

  for (const file of [
    'node_modules/@aws-sdk/client-s3/dist-es/index.js',
    'node_modules/@smithy/core/index.js',
    'node_modules/openid-client/build/index.js',
    'src/panel/host/panel.ts',
  ]) {
    it(`refuse ${file} in the entry`, () => {
      assert.equal(entryProblems(bundleOf({ 'src/extension.ts': 9, [file]: 1 })).length, 1);
    });
  }

  it('let an input pass of which nothing is left', () => {
    assert.deepEqual(entryProblems(bundleOf({ 'src/extension.ts': 9, 'src/panel/protocol.ts': 0 })), []);
  });
});

describe('zipEntries', () => {
  it('reads names and unpacked sizes from the central directory', () => {
    const name = Buffer.from('extension/ü.json');
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50, 0);
    header.writeUInt32LE(12_345, 24);
    header.writeUInt16LE(name.length, 28);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 10);
    const folder = mkdtempSync(path.join(os.tmpdir(), 'zip-'));
    try {
      const file = path.join(folder, 'a.zip');
      writeFileSync(file, Buffer.concat([header, name, end]));
      assert.deepEqual(zipEntries(file), [{ name: 'extension/ü.json', bytes: 12_345 }]);
      writeFileSync(file, 'no archive');
      assert.throws(() => zipEntries(file), /no zip archive/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the README of the package', () => {
  it('has no pictures, and keeps everything else', () => {
    const text =
      '# A\n\n![one](docs/a.png)\n\n<img src="b.png" width="3">\n\n[![c](c.svg)](https://c)\nSee [d](docs/d.md).\n';
    assert.equal(withoutPictures(text), '# A\n\nSee [d](docs/d.md).\n');
  });
});
