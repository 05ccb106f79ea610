import * as l10n from '@vscode/l10n';
import { getL10nPseudoLocalized, type l10nJsonFormat } from '@vscode/l10n-dev';
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';
import { asText, bundleFile, collect, sources } from '../../scripts/l10n.mjs';
import { configureText } from '../../src/core/text';
import { formatAgo } from '../../src/core/time';

describe('texts for translation', function () {
  this.timeout(20_000);

  it('are all in l10n/bundle.l10n.json, and nothing else is', async () => {
    const expected = await collect(sources().values());
    assert.ok(Object.keys(expected).length > 100, 'the sentences of src/ were found');
    const text = existsSync(bundleFile) ? readFileSync(bundleFile, 'utf8') : '{}';
    const stored = JSON.parse(text) as l10nJsonFormat;
    const drift = [
      ...Object.keys(expected)
        .filter((key) => !(key in stored))
        .map((key) => `missing: ${key}`),
      ...Object.keys(stored)
        .filter((key) => !(key in expected))
        .map((key) => `no longer used: ${key}`),
    ];
    assert.deepEqual(drift, [], 'l10n/bundle.l10n.json is behind src/: run npm run l10n');
    assert.equal(text, asText(expected), 'l10n/bundle.l10n.json was edited by hand: run npm run l10n');
  });

  it('stand whole and literally in each call, since only such are found', () => {
    const literal = /^\(\s*(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.|\$(?!\{))*`)\s*[,)]/;
    const hidden = [...sources()].flatMap(([file, text]) =>
      [...text.matchAll(/\bl10n\.t(?=\()/g)]
        .map(({ index }) => text.slice(index + 'l10n.t'.length))
        .filter((call) => !literal.test(call) && !/^\(\s*\{\s*message:/.test(call))
        .map((call) => `${file}: l10n.t${call.slice(0, 60)}`),
    );
    assert.deepEqual(hidden, []);
  });

  it('count their placeholders from {0} without a gap', async () => {
    const gaps = messagesOf(await collect(sources().values())).filter((message) => {
      const numbers = placeholders(message).map((name) => Number(name.slice(1, -1)));
      return Math.max(-1, ...numbers) + 1 !== new Set(numbers).size;
    });
    assert.deepEqual(gaps, []);
  });

  describe('in a pseudo-locale', () => {
    const files = [path.join(root, 'package.nls.json'), bundleFile].filter((file) => existsSync(file));

    for (const file of files) {
      it(`${path.basename(file)} keeps the placeholders of every text, and changes its words`, () => {
        const source = JSON.parse(readFileSync(file, 'utf8')) as l10nJsonFormat;
        const pseudo = getL10nPseudoLocalized(source);
        assert.deepEqual(Object.keys(pseudo), Object.keys(source));
        const broken = Object.entries(source).filter(([key, message]) => {
          const [before, after] = [textOf(message), textOf(pseudo[key])];
          const same = placeholders(before).join() === placeholders(after).join();
          return !same || (/[a-z]{3}/i.test(before.replace(/\{\d+\}|\$\([^)]*\)/g, '')) && after === before);
        });
        assert.deepEqual(broken, []);
      });
    }

    it('reaches the sentences of the core', async () => {
      const plain = formatAgo(5 * 60_000);
      const pseudo = getL10nPseudoLocalized(await collect(sources().values()));
      configureText({ contents: pseudo });
      try {
        assert.notEqual(formatAgo(5 * 60_000), plain);
        assert.match(formatAgo(5 * 60_000), /5/);
        assert.equal(l10n.t('{0} ago', 'x'), textOf(pseudo['{0} ago']).replace('{0}', 'x'));
      } finally {
        configureText({ contents: {} });
      }
    });
  });
});

function messagesOf(bundle: l10nJsonFormat): string[] {
  return Object.values(bundle).map(textOf);
}

function textOf(message: l10nJsonFormat[string] | undefined): string {
  return typeof message === 'string' ? message : (message?.message ?? '');
}

function placeholders(text: string): string[] {
  return (text.match(/\{\d+\}/g) ?? []).sort();
}
