// For files that are both a script and a module. (No top-level await: tests load such modules as CommonJS.)
import { pathToFileURL } from 'node:url';

/**
 * Runs `main` if the file with this address was started as a program.
 * @param {string} url import.meta.url of the caller
 * @param {() => Promise<void>} main
 */
export function whenStarted(url, main) {
  if (url !== pathToFileURL(process.argv[1] ?? '').href) return;
  main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
