// The host tests in a desktop VS Code that @vscode/test-electron downloads:
//   node scripts/test-desktop.mjs [VERSION...] [--grep TEXT]
// For machines with internet access. On Linux without a display: xvfb-run -a npm run test:desktop
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll, buildOne } from './build.mjs';
import { lastLine, oneFailure, readCounts, sum } from './lib/counts.mjs';
import { makeScene } from './lib/host-run.mjs';
import { whenStarted } from './lib/main.mjs';
import { hostsFolder, root } from './lib/paths.mjs';
import { setUp } from './lib/setup.mjs';
import { removeFolder, tempFolder } from './lib/temp.mjs';

whenStarted(import.meta.url, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string' } },
  });
  await setUp([]);
  const { downloadAndUnzipVSCode, runTests } = await import('@vscode/test-electron');
  await buildAll({ tests: false });
  const bundle = await buildOne('host-tests', path.join(tempFolder('bundle'), 'index.cjs'));

  const all = [];
  for (const version of positionals.length > 0 ? positionals : ['1.103.2', 'stable']) {
    const folder = tempFolder('desk');
    const scene = makeScene(folder, 'desktop', { bundle, grep: values.grep });
    const userDataDir = path.join(folder, 'u');
    mkdirSync(userDataDir);
    console.log(`\n── host tests, desktop VS Code ${version}`);
    const cachePath = path.join(hostsFolder, 'desktop');
    const vscodeExecutablePath = await downloadAndUnzipVSCode({ version, cachePath });
    const why = await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath: scene.stub,
      launchArgs: [
        scene.workspace,
        ...['--disable-extensions', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
        ...['--user-data-dir', userDataDir, '--extensions-dir', path.join(folder, 'e')],
        // No keyring on a build machine; secrets then live in VS Code's own encrypted file.
        '--password-store=basic',
      ],
    }).then(
      () => undefined,
      (error) => String(error),
    );
    const counts =
      readCounts(scene.resultFile) ?? oneFailure(version, why ?? 'The run ended without a result.');
    all.push(counts);
    console.log(`── ${version}: ${lastLine(counts)}`);
    removeFolder(folder);
  }
  const total = sum(all);
  console.log(lastLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
});
