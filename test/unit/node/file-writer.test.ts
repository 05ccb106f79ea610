import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileWriter } from '../../../src/node/file-writer';

describe('the file writer', () => {
  let folder = '';
  let goal = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'writer-'));
    goal = join(folder, 'photo.png');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('puts the file in place when it is whole, not before', async () => {
    const writer = await createFileWriter(goal);
    await writer.write(bytes('first, '));
    await writer.write(bytes('then'));
    assert.ok(!(await readdir(folder)).includes('photo.png'));
    await writer.finish();
    assert.equal(await readFile(goal, 'utf8'), 'first, then');
    assert.deepEqual(await readdir(folder), ['photo.png']);
  });

  it('writes chunks of any size whole', async () => {
    const writer = await createFileWriter(goal);
    const chunk = Buffer.alloc(3_000_001, 7);
    await writer.write(chunk);
    await writer.write(chunk.subarray(0, 1));
    await writer.finish();
    assert.ok((await readFile(goal)).equals(Buffer.alloc(3_000_002, 7)));
  });

  it('leaves what was there as it was, and nothing half-written, when given up', async () => {
    await writeFile(goal, 'the old one');
    const writer = await createFileWriter(goal);
    await writer.write(bytes('half of the n'));
    await writer.discard();
    assert.equal(await readFile(goal, 'utf8'), 'the old one');
    assert.deepEqual(await readdir(folder), ['photo.png']);
  });

  it('takes the place of what was there', async () => {
    await writeFile(goal, 'the old one, which is longer');
    const writer = await createFileWriter(goal);
    await writer.write(bytes('the new one'));
    await writer.finish();
    assert.equal(await readFile(goal, 'utf8'), 'the new one');
  });

  it('leaves nothing where the goal turns out to be a folder', async () => {
    await mkdir(join(goal, 'inside'), { recursive: true });
    const writer = await createFileWriter(goal);
    await writer.write(bytes('x'));
    await assert.rejects(writer.finish());
    await writer.discard();
    assert.deepEqual(await readdir(folder), ['photo.png']);
  });

  it('keeps two downloads to one goal apart', async () => {
    const [one, two] = [await createFileWriter(goal), await createFileWriter(goal)];
    await one.write(bytes('aaaa'));
    await two.write(bytes('bb'));
    await one.write(bytes('AAAA'));
    await two.discard();
    await one.finish();
    assert.equal(await readFile(goal, 'utf8'), 'aaaaAAAA');
    assert.deepEqual(await readdir(folder), ['photo.png']);
  });

  it('says at once where it cannot write', async () => {
    await assert.rejects(createFileWriter(join(folder, 'not', 'there', 'file')), { code: 'ENOENT' });
  });
});
