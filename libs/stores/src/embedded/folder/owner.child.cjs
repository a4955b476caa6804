// A second process for the tests: opens the folder argv[2], prints the outcome, and holds it until it is killed.
const { openDataFolder } = require('../../../dist/embedded/folder/data-folder.js');

openDataFolder(process.argv[2], { address: 'http://127.0.0.1:1', pid: process.pid, now: () => 0 }).then(
  () => {
    process.stdout.write('OWNER\n');
    setInterval(() => undefined, 60_000);
  },
  (error) => process.stdout.write(`${error.code} ${error.details?.owner?.pid}\n`),
);
