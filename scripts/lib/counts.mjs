// Counts of tests, as every kind of run gives them.
import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {{ title: string, message: string }} Failure
 * @typedef {{ passed: number, failed: number, skipped: number, failures: Failure[] }} Counts
 */

/** @returns {Counts} */
export function none() {
  return { passed: 0, failed: 0, skipped: 0, failures: [] };
}

/** Something that could not even be counted. @param {string} title @param {string} message @returns {Counts} */
export function oneFailure(title, message) {
  return { passed: 0, failed: 1, skipped: 0, failures: [{ title, message }] };
}

/** @param {Counts[]} all @returns {Counts} */
export function sum(all) {
  return all.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
      failures: [...total.failures, ...one.failures],
    }),
    none(),
  );
}

/** The last line of a run. @param {Counts} counts */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** What a run left in its file; nothing when it ended before. @param {string} file @returns {Counts | undefined} */
export function readCounts(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
