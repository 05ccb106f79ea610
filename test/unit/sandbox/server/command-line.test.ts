import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';
import { parseArguments } from '../../../../sandbox/arguments';

const MAIN = path.resolve(__dirname, '../../../../sandbox/main.ts');

function run(...argv: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--import', 'tsx', MAIN, ...argv]);
}

describe('sandbox command line', function () {
  this.timeout(20_000);

  it('prints one line of JSON, serves, and stops on SIGTERM', async () => {
    const child = run('--port', '0');
    const output = text(child.stdout);
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { api, control, userPools } = JSON.parse(line) as Record<string, string>;
    assert.ok(api && control && userPools);
    assert.equal((await fetch(`${control}/clock`)).status, 200);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 0);
    assert.equal((await output).trim(), line);
    await assert.rejects(fetch(`${control}/clock`));
  });

  it('ends with one clear line when its port is taken', async () => {
    const squatter = createServer();
    squatter.listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    assert.ok(address !== null && typeof address === 'object');
    const child = run('--port', String(address.port));
    const [errors, output] = await Promise.all([text(child.stderr), text(child.stdout)]);
    squatter.close();
    assert.equal(child.exitCode ?? ((await once(child, 'exit')) as [number])[0], 1);
    assert.equal(output, '');
    assert.match(errors, new RegExp(`^Port ${address.port} on 127\\.0\\.0\\.1 is taken\\.[^\\n]*\\n$`));
  });

  it('reads its arguments', () => {
    assert.deepEqual(parseArguments([]), { port: 4566, seed: true });
    assert.deepEqual(parseArguments(['--port', '0', '--idle-exit', '30', '--no-seed']), {
      port: 0,
      seed: false,
      idleExitSeconds: 30,
    });
  });

  for (const argv of [['--port', 'x'], ['--port', '65535'], ['--port', '-1'], ['--nonsense'], ['--port']]) {
    it(`refuses ${argv.join(' ')}`, () => {
      assert.throws(() => parseArguments(argv), /Usage: sandbox/);
    });
  }
});
