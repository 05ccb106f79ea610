import assert from 'node:assert/strict';
import path from 'node:path';
import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { roomOf, roomsRule } from '../../../eslint/rooms.mjs';

RuleTester.describe = describe;
RuleTester.it = it;
const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } });
const at = (file: string) => path.join(process.cwd(), file);

/** Arrows of the table, each with an import that must pass. */
const allowed: [file: string, code: string][] = [
  ['src/core/s3/keys.ts', "import * as v from 'valibot'; import * as l10n from '@vscode/l10n'"],
  ['src/core/s3/keys.ts', "import { A } from '../connection/model'; export * from './other'"],
  ['src/aws/s3.ts', "import { S3Client } from '@aws-sdk/client-s3'; import type { P } from '../core/ports'"],
  ['src/aws/s3.ts', "import { H } from '@smithy/node-http-handler'"],
  [
    'src/node/verify.ts',
    "import http from 'node:http'; import { V } from 'aws-jwt-verify/jwk'; import '../core/errors'",
  ],
  [
    'src/host/log.ts',
    "import * as vscode from 'vscode'; import { commands } from '../ids'; import '../core/errors'",
  ],
  [
    'src/ui/tree/view.ts',
    "import { log } from '../../host/log'; import * as vscode from 'vscode'; import '../../ids'",
  ],
  [
    'src/panel/protocol.ts',
    "import type { A } from '../core/errors'; import { type B } from '../core/errors'",
  ],
  ['src/panel/host/panel.ts', "import { x } from '../protocol'; import '../../host/log'; import 'vscode'"],
  [
    'src/panel/app/main.ts',
    "import { html } from 'lit'; import { x } from 'lit/decorators.js'; import '../protocol'",
  ],
  ['src/panel/app/main.ts', "import '@vscode-elements/elements/dist/vscode-tabs'; import '@vscode/l10n'"],
  [
    'src/services.ts',
    "import './ui/tree'; import 'node:fs'; import 'vscode'; const a = () => import('./aws')",
  ],
  ['src/extension.ts', "import { create } from './services'; import 'vscode'"],
  ['sandbox/main.ts', "import http from 'node:http'; import './s3/store'"],
  ['test/unit/x.test.ts', "import 'anything'; import '../../src/core/errors'; import '../../sandbox/main'"],
  ['bench/a.bench.ts', "import '../src/aws'"],
  ['scripts/start.mjs', "import './lib/exec.mjs'; import('playwright-core')"],
];

/** Arrows that are not in the table, by what is said about them. */
const refused: [file: string, code: string, messageId: string][] = [
  ['src/core/a.ts', "import * as vscode from 'vscode'", 'package'],
  ['src/core/a.ts', "import type { Uri } from 'vscode'", 'package'],
  ['src/core/a.ts', "import { readFile } from 'node:fs/promises'", 'package'],
  ['src/core/a.ts', "import { readFile } from 'fs/promises'", 'package'],
  ['src/core/a.ts', "type A = import('vscode').Uri", 'package'],
  ['src/core/a.ts', "export type { S3Client } from '@aws-sdk/client-s3'", 'package'],
  ['src/core/a.ts', "const a = () => import('../aws')", 'room'],
  ['src/core/a.ts', "import fs = require('fs')", 'package'],
  ['src/core/a.ts', "const fs = require('node:fs')", 'package'],
  ['src/core/a.ts', 'const a = (name: string) => import(name)', 'computed'],
  ['src/core/a.ts', "export * from '../host/log'", 'room'],
  ['src/core/a.ts', "import '../ids'", 'room'],
  ['src/core/a.ts', "import data from '../../package.json'", 'nowhere'],
  ['src/core/a.ts', "import 'valibot-extras'", 'package'],
  ['src/aws/a.ts', "import * as vscode from 'vscode'", 'package'],
  ['src/aws/a.ts', "import '../node/files'", 'room'],
  ['src/node/a.ts', "import '../aws/s3'", 'room'],
  ['src/node/a.ts', "import '@aws-sdk/client-s3'", 'package'],
  ['src/ids.ts', "import './core/errors'", 'room'],
  ['src/host/a.ts', "import '../ui/tree'", 'room'],
  ['src/host/a.ts', "import '../aws'", 'room'],
  ['src/host/a.ts', "import 'node:fs'", 'package'],
  ['src/ui/a.ts', "import '../panel/host/panel'", 'room'],
  ['src/ui/a.ts', "import '../aws'", 'room'],
  ['src/ui/a.ts', "import '../services'", 'room'],
  ['src/panel/protocol.ts', "import { make } from '../core/errors'", 'typesOnly'],
  ['src/panel/protocol.ts', "import { type A, make } from '../core/errors'", 'typesOnly'],
  ['src/panel/protocol.ts', "import '../host/log'", 'room'],
  ['src/panel/host/a.ts', "import { html } from 'lit'", 'package'],
  ['src/panel/host/a.ts', "import '../app/main'", 'room'],
  ['src/panel/app/a.ts', "import type { Uri } from 'vscode'", 'package'],
  ['src/panel/app/a.ts', "import '../../host/log'", 'room'],
  ['src/services.ts', "import '../sandbox/main'", 'room'],
  ['src/extension.ts', "import '../test/support/builders'", 'room'],
  ['sandbox/main.ts', "import { sha256 } from '../src/core/digest'", 'room'],
  ['sandbox/main.ts', "import '@aws-sdk/client-s3'", 'package'],
];

/** One finding stands for each file that no rule covers. */
const unknown = ['src/helpers/a.ts', 'src/util.ts', 'src/panel/other.ts', 'src/corex/a.ts'];

tester.run('rooms', roomsRule, {
  valid: allowed.map(([file, code]) => ({ name: `${file}: ${code}`, code, filename: at(file) })),
  invalid: [
    ...refused.map(([file, code, messageId]) => ({
      name: `${file}: ${code}`,
      code,
      filename: at(file),
      errors: [{ messageId }],
    })),
    ...unknown.map((file) => ({
      name: `${file}: in no room`,
      code: 'export {}',
      filename: at(file),
      errors: [{ messageId: 'unknown' }],
    })),
  ],
});

describe('rooms', () => {
  it('knows a folder by its import path too', () => {
    assert.equal(roomOf('src/ids'), 'ids');
    assert.equal(roomOf('src/panel/protocol'), 'panel/protocol');
    assert.equal(roomOf('src/panel'), undefined);
  });
});
