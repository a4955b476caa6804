const { mkdirSync, mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** One folder for everything that a test run writes. */
module.exports = async () => {
  process.env.ATTUNE_E2E_RUN = mkdtempSync(join(tmpdir(), 'attune-e2e-'));
  mkdirSync(join(process.env.ATTUNE_E2E_RUN, 'pids'));
};
