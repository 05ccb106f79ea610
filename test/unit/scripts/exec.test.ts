import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { keep, run } from '../../../scripts/lib/exec.mjs';

const posixOnly = process.platform === 'win32' ? it.skip : it;
const idle = 'setInterval(() => {}, 1000)';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 8_000; !condition();) {
    if (Date.now() > deadline) throw new Error('It did not come about within 8 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('run', () => {
  it('gives the output, and rejects with it when the program fails', async () => {
    const { stdout } = await run(process.execPath, ['-e', 'console.log("out")']);
    assert.equal(stdout.trim(), 'out');
    await assert.rejects(
      run(process.execPath, ['-e', 'console.error("why"); process.exit(3)']),
      /code 3\n[^]*why/,
    );
    await assert.rejects(run('no-such-program-here', []), /cannot be started/);
  });
});

describe('keep', () => {
  it('hands over lines whole, and ends the program and its children on stop', async () => {
    const lines: string[] = [];
    const program = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', '${idle}'], { stdio: 'ignore' });
      process.stdout.write('first ');
      setTimeout(() => console.log('half\\n' + child.pid), 10);
      ${idle}`;
    const kept = keep(process.execPath, ['-e', program], { onLine: (line: string) => lines.push(line) });
    await until(() => lines.length === 2);
    assert.equal(lines[0], 'first half');
    const grandchild = Number(lines[1]);
    assert.ok(isAlive(grandchild));
    await kept.stop();
    await until(() => !isAlive(grandchild) && !isAlive(kept.pid));
  });

  it('tells of a program that ends by itself', async () => {
    const kept = keep(process.execPath, ['-e', 'console.error("bad"); process.exit(4)']);
    assert.equal(await kept.exited, 4);
    await until(() => kept.output().includes('bad'));
  });

  posixOnly('leaves nothing behind when the script itself is killed', async () => {
    const exec = path.resolve('scripts/lib/exec.mjs');
    const script = `import(${JSON.stringify(exec)}).then(({ keep }) =>
      keep(process.execPath, ['-e', 'console.log(process.pid); ${idle}'], { onLine: (line) => console.log(line) }))`;
    const starter = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(starter.stdout, 'data')) as [Buffer];
    const server = Number(line.toString());
    assert.ok(isAlive(server));
    starter.kill('SIGKILL');
    await until(() => !isAlive(server));
  });
});
