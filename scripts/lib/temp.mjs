// Temporary folders that are removed when this process ends.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** @type {Set<string>} */
const folders = new Set();

/** A new empty folder with a short path (sockets are made in some of them). @param {string} [name] */
export function tempFolder(name = 'x') {
  if (folders.size === 0) process.on('exit', removeAll);
  const folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), `cw-${name}-`));
  folders.add(folder);
  return folder;
}

/** @param {string} folder */
export function removeFolder(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    folders.delete(folder);
  } catch {
    // A server that is just ending may still write; the end of this process tries once more.
  }
}

function removeAll() {
  for (const folder of [...folders]) removeFolder(folder);
}
