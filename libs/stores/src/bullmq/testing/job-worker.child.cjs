// A process for the tests to kill: does jobs of the Redis argv[2] under the prefix argv[3] with results in the folder
// argv[4], none of which ever ends, and prints what has begun. `embed` jobs are split into parts named `old …`: argv[5]
// of them, after which the plan ends, or with argv[6] = 'planning' does not.
const fs = require('node:fs');
const { openBullJobQueue } = require('../../../dist/bullmq/open-job-queue.js');
const { JobResults } = require('../../../dist/jobs/job-results.js');

const [, , url, prefix, folder, parts, mode] = process.argv;
const never = () => new Promise(() => undefined);
const say = (what) => void fs.writeSync(1, `${what}\n`);
const laneOf = (type) => ({ train: 'learning', embed: 'catalogue' })[type];

const train = ({ id }) => {
  say(`job ${id}`);
  return never();
};
const embed = {
  size: async () => Number(parts),
  async *plan() {
    for (let n = 0; n < Number(parts); n++) yield { name: `old ${n}` };
    if (mode === 'planning') await never(say('planning'));
  },
  part({ name }) {
    say(`part ${name}`);
    return never();
  },
};

async function main() {
  await openBullJobQueue({
    redis: { url, prefix },
    tenant: 'north/süd {1}',
    lanes: { learning: {}, catalogue: {} },
    laneOf,
    named: { usersOf: () => [], withoutUsers: (request) => request },
    results: await JobResults.open(folder, { shared: true }),
    clock: { now: () => Date.now() },
    newId: () => 'none',
    works: { train, embed },
    stalledAfterMs: 1_000,
    warn: say,
  });
  say('ready');
}

main().catch((error) => {
  fs.writeSync(2, `${error.stack}\n`);
  process.exit(1);
});
