import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/**
 * Writes `path` in chunks (bytes) beside its goal and renames at the end, so that a cancelled or broken download
 * leaves nothing half-written. Throws what the file system throws.
 */
export async function createFileWriter(path: string) {
  // A name of its own: two downloads to one goal must not write into each other.
  const partial = `${path}.${randomUUID().slice(0, 8)}.part`;
  const handle = await open(partial, 'wx');
  return {
    async write(chunk: Uint8Array): Promise<void> {
      // Not `write`, which may take a part of the chunk only.
      await handle.appendFile(chunk);
    },
    async finish(): Promise<void> {
      await handle.close();
      await rename(partial, path);
    },
    async discard(): Promise<void> {
      await handle.close().catch(() => undefined);
      await rm(partial, { force: true });
    },
  };
}
