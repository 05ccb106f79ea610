import { open, rename, rm } from 'node:fs/promises';

/**
 * Writes `path` in chunks (bytes) beside its goal and renames at the end, so that a cancelled or broken download
 * leaves nothing half-written. Throws what the file system throws.
 */
export async function createFileWriter(path: string) {
  const partial = `${path}.${process.pid}.part`;
  const handle = await open(partial, 'w');
  return {
    async write(chunk: Uint8Array): Promise<void> {
      await handle.write(chunk);
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
