// Latency and cost of a full home slate on the demo shop, at fixed rates; the same while models train; the highest rate
// held at p99 ≤ 100 ms. How load is made: paced-load.mjs.
//   node tools/bench/load.mjs [--seconds 20] [--rate 50] [--data <folder of a started demo>]
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { jobEnded, machine, ROOT, startGateway } from './gateway.mjs';
import { loadHead, loadRow, pacedLoad } from './paced-load.mjs';

const { readDemoEvents } = createRequire(import.meta.url)(join(ROOT, 'libs', 'demo', 'dist'));
const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    rate: { type: 'string', default: '50' },
    data: { type: 'string' },
  },
});
const seconds = Number(options.seconds);
const users = [
  ...new Set(
    readDemoEvents(join(ROOT, 'assets', 'online-retail-2011'), { lastDay: new Date() }).map(({ userId }) => userId),
  ),
];
const gateway = await startGateway({}, { folder: options.data, quiet: options.data !== undefined });
console.log(`home slates on the demo, ${users.length} customers in turn; ${machine()}`);
// A server that has been up for a while: its code is compiled after some thousand slates.
await load(200, 10);

console.log(loadHead('slates'));
console.log(loadRow(`${options.rate}/s`, await load(Number(options.rate), seconds)));

let training = true;
const trained = (async () => {
  while (training) await jobEnded(gateway, (await gateway.call('POST', '/v1/jobs', { type: 'train' })).jobId);
})();
console.log(loadRow(`${options.rate}/s while training`, await load(Number(options.rate), seconds)));
training = false;
await trained;

let held;
for (const rate of [100, 150, 200, 250, 300, 350, 400, 500, 600]) {
  const result = await load(rate, Math.min(seconds, 10));
  console.log(loadRow(`${rate}/s`, result));
  if (result.p99 > 100 || result.rate < rate * 0.95) break;
  held = rate;
}
console.log(
  `highest rate held at p99 ≤ 100 ms: ${held ?? 'below 100'}/s; memory ${JSON.stringify(gateway.memoryMb())} MB`,
);
await gateway.stop();

function load(rate, duration) {
  return pacedLoad(gateway, { rate, seconds: duration, call: ask });
}

async function ask(turn) {
  const userId = users[turn % users.length];
  const slate = await gateway.call('POST', '/v1/recommendations', { surface: 'home', userId });
  if (slate.items.length !== 10) throw new Error(`${slate.items.length} items for ${userId}`);
}
