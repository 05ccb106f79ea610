import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Disposable } from '../../../src/core/ports';
import type { SandboxDescription } from '../../../src/core/sandbox';
import { sandboxProcess } from '../../../src/node/sandbox-process';
import { failsWith } from '../../support/failures';
import { serve } from '../../support/local-server';

const root = join(__dirname, '../../..');

describe('the sandbox as a process', function () {
  this.timeout(30_000);
  let bundles = '';
  let script = '';
  let folder = '';
  const cleanUps: (() => unknown)[] = [];

  before(async () => {
    bundles = await mkdtemp(join(tmpdir(), 'sandbox-bundle-'));
    script = join(bundles, 'sandbox.js');
    const entryPoints = [join(root, 'sandbox/main.ts')];
    await build({ entryPoints, outfile: script, bundle: true, platform: 'node', target: 'node20' });
  });
  after(() => rm(bundles, { recursive: true, force: true }));
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'sandbox-')), 'storage');
  });
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
    await rm(join(folder, '..'), { recursive: true, force: true });
  });

  /** A window's way to the sandbox; `idleExitSeconds` 0 ends it with its last lease. */
  const window = (idleExitSeconds = 0) => sandboxProcess(script, folder, { idleExitSeconds });

  async function started(): Promise<SandboxDescription> {
    const description = await window().start();
    cleanUps.push(() => window().stop(description.control));
    return description;
  }
  async function leased(control: string, onGone: () => void = () => undefined): Promise<Disposable> {
    const lease = await window().lease(control, onGone);
    cleanUps.push(() => lease.dispose());
    return lease;
  }
  const answers = async ({ control }: SandboxDescription): Promise<boolean> =>
    fetch(`${control}/description`).then(
      ({ ok }) => ok,
      () => false,
    );
  /** Resolves when the process has let go of its port. */
  async function ending({ api }: SandboxDescription): Promise<() => Promise<void>> {
    const socket = connect(Number(new URL(api).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    return async () => void (await closed);
  }

  it('starts, tells where it is, and leaves a record that other windows find', async () => {
    const description = await started();
    assert.equal(await answers(description), true);
    assert.equal(description.userPools[0]?.id, 'us-east-1_Sandbox01');
    assert.deepEqual(await window().recorded(), description);
    if (process.platform !== 'win32') {
      assert.equal((await stat(join(folder, 'sandbox.json'))).mode & 0o077, 0, 'for its owner alone');
    }
    await window().forget();
    assert.equal(await window().recorded(), undefined);
    assert.equal(await answers(description), true);
  });

  it('lives as long as one window holds it', async () => {
    const description = await started();
    const ended = await ending(description);
    const [one, two] = [await leased(description.control), await leased(description.control)];
    one.dispose();
    assert.equal(await answers(description), true);
    two.dispose();
    await ended();
    assert.equal(await answers(description), false);
    await failsWith(
      window().lease(description.control, () => undefined),
      'sandbox.gone',
    );
  });

  it('waits for a window that comes back, as after a reload', async () => {
    const description = await window(600).start();
    cleanUps.push(() => window().stop(description.control));
    (await leased(description.control)).dispose();
    await leased(description.control);
    assert.equal(await answers(description), true);
  });

  it('ends when it is told to, and every window hears of it, once', async () => {
    const description = await started();
    let gone = 0;
    const heard = new Promise<void>((resolve) => {
      void leased(description.control, () => {
        gone += 1;
        resolve();
      });
    });
    let own = 0;
    const given = await leased(description.control, () => (own += 1));
    given.dispose();
    const ended = await ending(description);
    await window().stop(description.control);
    await Promise.all([heard, ended()]);
    assert.equal(gone, 1);
    assert.equal(own, 0, 'who let go hears nothing');
    await window().stop(description.control);
  });

  it('says what kept it from starting', async () => {
    await writeFile(
      script.replace('.js', '-broken.js'),
      'console.error("port taken, sorry"); process.exit(3);',
    );
    const broken = sandboxProcess(script.replace('.js', '-broken.js'), folder);
    const { data } = await failsWith(broken.start(), 'sandbox.failed');
    assert.equal(data['detail'], 'port taken, sorry');
    await writeFile(script.replace('.js', '-silent.js'), 'process.exitCode = 4;');
    const silent = sandboxProcess(script.replace('.js', '-silent.js'), folder);
    assert.equal((await failsWith(silent.start(), 'sandbox.failed')).data['detail'], 'exit code 4');
    await failsWith(sandboxProcess(join(bundles, 'not-there.js'), folder).start(), 'sandbox.failed');
    assert.equal(await broken.recorded(), undefined);
  });

  it('is not taken at its word', async () => {
    for (const line of ['{"api":"http://127.0.0.1:1"}', 'not JSON', 'null']) {
      const odd = script.replace('.js', '-odd.js');
      await writeFile(odd, `console.log(${JSON.stringify(line)}); setInterval(() => undefined, 1000);`);
      await failsWith(sandboxProcess(odd, folder).start(), 'sandbox.failed');
      assert.equal(await sandboxProcess(odd, folder).recorded(), undefined, 'no record of it');
    }
  });

  it('can be given up while it starts, and is gone then', async () => {
    const slow = script.replace('.js', '-slow.js');
    const mark = join(bundles, 'pid');
    await writeFile(
      slow,
      `require('fs').writeFileSync(${JSON.stringify(mark)}, String(process.pid)); setInterval(() => undefined, 1000);`,
    );
    const abort = new AbortController();
    const start = sandboxProcess(slow, folder).start(abort.signal);
    const pid = await eventually(async () => {
      const text = await readFile(mark, 'utf8');
      assert.match(text, /^\d+$/);
      return Number(text);
    });
    abort.abort();
    await failsWith(start, 'cancelled');
    await eventually(async () => {
      assert.throws(() => process.kill(pid, 0));
      return true;
    });
  });

  it('is not found in a record that is broken, or of something else', async () => {
    const description = await started();
    for (const text of ['', '{', 'null', '{"api":1}']) {
      await writeFile(join(folder, 'sandbox.json'), text);
      assert.equal(await window().recorded(), undefined);
    }
    const other = await serve((_request, response) => response.writeHead(404).end());
    cleanUps.push(() => other.close());
    await failsWith(
      window().lease(`${other.url}/_sandbox`, () => undefined),
      'sandbox.gone',
    );
    assert.equal(await answers(description), true);
  });
});

/** Looks until the look succeeds; the test's own limit ends it. */
async function eventually<T>(look: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await look();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
