const { readdirSync, rmSync } = require('node:fs');
const { join } = require('node:path');

/** Ends the servers that tests left behind, and removes what the run wrote. */
module.exports = async () => {
  const folder = process.env.ATTUNE_E2E_RUN;
  for (const pid of readdirSync(join(folder, 'pids'))) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
};
