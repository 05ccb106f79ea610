// What the package may hold, and how large it may be.
import { readFileSync } from 'node:fs';

export const limits = { vsix: 800_000, entry: 60_000 };

/** Everything that may be in the VSIX; a new kind of file has to be named here. */
const mayHold = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package\.json$/,
  /^extension\/package\.nls(\.[a-z-]+)?\.json$/i,
  /^extension\/(readme\.md|changelog\.md|LICENSE(\.txt)?)$/i,
  /^extension\/dist\/[a-z-]+\.(js|css)$/,
  /^extension\/dist\/(codicon\.ttf|NOTICES\.txt)$/,
  /^extension\/media\/[\w/-]+\.(svg|png|md)$/,
  /^extension\/l10n\/[\w.-]+\.json$/,
];

/** What must not be in the entry, since it is loaded at activation. (Imported types leave nothing in it.) */
const lateOnly = [
  /node_modules\/@aws-sdk\//,
  /node_modules\/@smithy\//,
  /node_modules\/openid-client\//,
  /^src\/panel\//,
];

/**
 * @param {{ bytes: number, files: { name: string, bytes: number }[] }} vsix sizes in bytes, files unpacked
 * @returns {string[]} what is wrong with it
 */
export function vsixProblems({ bytes, files }) {
  const problems = [];
  if (bytes > limits.vsix) problems.push(`The VSIX has ${bytes} bytes; ${limits.vsix} are allowed.`);
  for (const { name } of files) {
    if (!mayHold.some((pattern) => pattern.test(name))) problems.push(`The VSIX must not hold ${name}.`);
  }
  const entry = files.find(({ name }) => name === 'extension/dist/extension.js');
  if (!entry) problems.push('The VSIX has no dist/extension.js.');
  else if (entry.bytes > limits.entry) {
    problems.push(`dist/extension.js has ${entry.bytes} bytes; ${limits.entry} are allowed.`);
  }
  return problems;
}

/**
 * @param {import('esbuild').Metafile} meta of the entry bundle
 * @returns {string[]} what is in it and must not be
 */
export function entryProblems(meta) {
  return Object.values(meta.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(
        ([file, { bytesInOutput }]) => bytesInOutput > 0 && lateOnly.some((pattern) => pattern.test(file)),
      )
      .map(([file]) => `The entry holds ${file}, which must be loaded on first use.`),
  );
}

/**
 * Names and unpacked sizes of the files of a zip archive.
 * @param {string} file
 */
export function zipEntries(file) {
  const data = readFileSync(file);
  const end = data.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0) throw new Error(`${file} is no zip archive`);
  const count = data.readUInt16LE(end + 10);
  let at = data.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    const bytes = data.readUInt32LE(at + 24);
    const nameLength = data.readUInt16LE(at + 28);
    const name = data.toString('utf8', at + 46, at + 46 + nameLength);
    at += 46 + nameLength + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
    return { name, bytes };
  });
}
