// Run by the file lock's test, several at once: each visit writes "in" and "out", which must never interleave.
import { appendFile } from 'node:fs/promises';
import { FileLock } from '../../src/node/file-lock';

const [, , folder = '', log = ''] = process.argv;

async function visits(): Promise<void> {
  const lock = new FileLock(folder);
  for (let visit = 0; visit < 10; visit += 1) {
    await lock.run('session', async () => {
      await appendFile(log, `in ${process.pid} ${visit}\n`);
      await appendFile(log, `out ${process.pid} ${visit}\n`);
    });
  }
}

void visits();
