// Type checks every project, two at a time: node scripts/types.mjs
import path from 'node:path';
import { whenStarted } from './lib/main.mjs';
import { run } from './lib/exec.mjs';
import { out, root } from './lib/paths.mjs';

/** The longest first, so that both lanes end at about the same time. */
const projects = ['test', 'src', 'sandbox', 'src/panel/app', 'src/core', 'scripts'];

/** @returns {Promise<string[]>} the projects with errors */
export async function checkTypes() {
  const waiting = [...projects];
  /** @type {string[]} */
  const failed = [];
  const lane = async () => {
    for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
      const cache = path.join(out, 'types', `${project.replaceAll('/', '-')}.tsbuildinfo`);
      const args = ['-p', `${project}/tsconfig.json`, '--incremental', '--tsBuildInfoFile', cache];
      const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
      const { code, stdout } = await run(process.execPath, [tsc, ...args], { cwd: root, allowFailure: true });
      if (code === 0) continue;
      failed.push(project);
      console.log(`${project}:\n${stdout.trim()}`);
    }
  };
  await Promise.all([lane(), lane()]);
  return failed;
}

whenStarted(import.meta.url, async () => {
  const failed = await checkTypes();
  if (failed.length > 0) {
    console.log(`Type errors in: ${failed.join(', ')}`);
    process.exitCode = 1;
  }
});
