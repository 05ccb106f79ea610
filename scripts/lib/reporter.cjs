// A mocha reporter: the usual spec on the screen, and the counts in the file named by MOCHA_COUNTS.
// CommonJS, because mocha loads reporters with require.
const { writeFileSync } = require('node:fs');
const { Spec } = require('mocha/lib/reporters/index.cjs');

module.exports = class extends Spec {
  constructor(runner, options) {
    super(runner, options);
    const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
    runner.on('pass', () => (counts.passed += 1));
    runner.on('pending', () => (counts.skipped += 1));
    runner.on('fail', (test, error) => {
      counts.failed += 1;
      counts.failures.push({ title: test.fullTitle(), message: String(error?.message ?? error) });
    });
    runner.on('end', () => {
      const file = process.env['MOCHA_COUNTS'];
      if (file) writeFileSync(file, JSON.stringify(counts));
    });
  }
};
