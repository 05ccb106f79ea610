// Activation in the real extension host: the packaged extension beside VS Code's own, in the same run.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../scripts/lib/browser.mjs';
import { vsix } from '../scripts/lib/paths.mjs';
import { tempFolder } from '../scripts/lib/temp.mjs';
import { ensureHost } from '../scripts/lib/vscode.mjs';
import { installExtension } from '../scripts/lib/vscode-server.mjs';
import type { ProbeConfig, ProbeResult } from './activation/probe-types';
import { installFloor, runRound } from './activation/round';
import { builtIn } from './support/peers';
import { measure, type Table } from './support/report';
import { spreadOf, spreadText, type Spread } from './support/stats';

const ROUNDS = 5;
/** Milliseconds. VS Code waits 10 s for the probe; the measurements themselves need about one. */
const SETTLE = 4_000;
const BETWEEN = 300;
const OURS = 'cognito-workbench.cognito-workbench';
/** In the order in which a person's first steps load them. */
const SIDE_BUNDLES = [
  'deferred.js',
  'workbench.js',
  'aws.js',
  'diagnosis.js',
  'verify.js',
  'oauth.js',
  'inspector.js',
];

/** One connection, so that the tree and the settings have something to read. It is called by nobody here. */
const settings = {
  'workbench.startupEditor': 'none',
  // Less going on in the background.
  'chat.disableAIFeatures': true,
  'cognitoWorkbench.connections': [
    {
      id: 'example',
      name: 'Example',
      userPool: { userPoolId: 'us-east-1_Sandbox01', clientId: '5websandboxclient0notesapp' },
      identityPool: { identityPoolId: 'us-east-1:5a4db0c0-1d3a-4e5f-9a0b-000000000001' },
      s3: { locations: ['s3://notes-app-uploads/public/'] },
    },
  ],
};

measure(async () => {
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run npm run package`);
  const host = await ensureHost('current');
  const folder = tempFolder('bench');
  const extensionsDir = path.join(folder, 'extensions');
  await installExtension({ host, file: vsix, extensionsDir, dataDir: path.join(folder, 'install') });
  const floor = installFloor(extensionsDir);
  const names = new Map([
    [OURS, 'Cognito Workbench'],
    [floor, 'an extension that does nothing'],
    ...builtIn.map(({ id, name }) => [id, name] as const),
  ]);
  const ids = [...names.keys()];
  const browser = await launchBrowser();
  const rounds: ProbeResult[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const probe = {
        ids: turn(ids, round),
        settle: SETTLE,
        between: BETWEEN,
        loadOf: OURS,
        load: SIDE_BUNDLES,
      };
      rounds.push(
        (await runRound({
          entry: path.join('activation', 'probe.ts'),
          probe: probe satisfies Omit<ProbeConfig, 'result'>,
          host,
          browser,
          extensionsDir,
          settings,
        })) as ProbeResult,
      );
    }
  } finally {
    await browser.close();
  }
  const results = ids.map((id) => resultOf(id, names.get(id) ?? id, rounds));
  if (!results.find(({ id }) => id === OURS)?.total) {
    throw new Error(`Nothing was measured of ${OURS}: ${JSON.stringify(rounds, null, 2)}`);
  }
  const loads = SIDE_BUNDLES.map((file) => ({
    file,
    total: spreadOf(
      rounds
        .flatMap((round) => round.loads.filter((one) => one.file === file))
        .map((one) => one.milliseconds),
    ),
  }));
  return {
    tables: [activationTable(host.vscode, results), loadTable(loads)],
    figures: { vscode: host.vscode, activation: results, loads, rounds },
  };
});

/** Zigzag through the list, one further each round: nobody stands twice at the same place or after the same one. */
function turn(ids: readonly string[], round: number): string[] {
  const zigzag = ids.map((_, place) => (place % 2 === 0 ? place / 2 : ids.length - (place + 1) / 2));
  return zigzag.map((step) => ids[(step + round) % ids.length] ?? '');
}

interface Result {
  readonly id: string;
  readonly name: string;
  readonly total: Spread | undefined;
  readonly host: Readonly<Record<'load' | 'call' | 'finish', number>> | undefined;
  readonly skipped: readonly string[];
}

function resultOf(id: string, name: string, rounds: readonly ProbeResult[]): Result {
  const mine = rounds.flatMap(({ activations }) => activations.filter((one) => one.id === id));
  const times = mine.flatMap(({ milliseconds }) => (milliseconds === undefined ? [] : [milliseconds]));
  const figures = mine.flatMap(({ host }) => (host ? [host] : []));
  const median = (part: 'load' | 'call' | 'finish'): number =>
    spreadOf(figures.map((figure) => figure[part])).median;
  return {
    id,
    name,
    total: times.length > 0 ? spreadOf(times) : undefined,
    host:
      figures.length > 0
        ? { load: median('load'), call: median('call'), finish: median('finish') }
        : undefined,
    skipped: mine.flatMap(({ skipped }) => (skipped ? [skipped] : [])),
  };
}

function activationTable(vscode: string, results: readonly Result[]): Table {
  const sorted = [...results].sort((a, b) => (a.total?.median ?? Infinity) - (b.total?.median ?? Infinity));
  return {
    title: `Activation in VS Code ${vscode}`,
    columns: ['', 'total, ms', 'load code', 'call activate', 'finish', 'rounds'],
    rows: sorted.map(({ name, total, host, skipped }) => [
      name,
      total ? spreadText(total) : (skipped[0] ?? ''),
      ...(host ? [host.load, host.call, host.finish] : ['', '', '']),
      total?.runs ?? 0,
    ]),
    notes: [
      `Median (range) of ${ROUNDS} fresh servers with fresh profiles; ours is the installed VSIX, with one connection in the settings.`,
      'Total is performance.now() around getExtension(id).activate() in the extension host, for extensions not active before.',
      'An extension with "*" asks for all of them, one after the other with a rest between, in an order that changes each',
      'round, 4 s after it was started itself; until it is done, VS Code holds back everything that waits for',
      'onStartupFinished, ours too. "Active before": VS Code itself had asked for it by then.',
      'The three figures beside are VS Code’s own ("Startup Performance"), in whole ms.',
      `Aim: below media-preview. ${verdict(results)}`,
    ],
  };
}

function verdict(results: readonly Result[]): string {
  const median = (id: string): number => results.find((one) => one.id === id)?.total?.median ?? Number.NaN;
  const [ours, theirs] = [median(OURS), median('vscode.media-preview')];
  if (!(theirs > 0)) return 'It was not measured in this run.';
  return `${ours < theirs ? 'Reached' : 'Missed'}: ${ours.toFixed(1)} ms beside ${theirs.toFixed(1)} ms.`;
}

function loadTable(loads: readonly { file: string; total: Spread }[]): Table {
  return {
    title: 'Loading the side bundles, once per window, at their first use',
    columns: ['', 'require(), ms'],
    rows: loads.map(({ file, total }) => [file, spreadText(total)]),
    notes: ['In the same hosts after the activations, in this order, minified as packaged.'],
  };
}
