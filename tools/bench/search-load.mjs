// Latency and cost of personalised searches with facets on the demo shop, at a fixed rate: two words of a title, a customer,
// three facets. How load is made: paced-load.mjs.
//   node tools/bench/search-load.mjs [--seconds 20] [--rate 30] [--data <folder of a started demo>]
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, ROOT, startGateway } from './gateway.mjs';
import { loadHead, loadRow, pacedLoad } from './paced-load.mjs';

const { readDemoEvents, readDemoItems } = createRequire(import.meta.url)(join(ROOT, 'libs', 'demo', 'dist'));
const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    rate: { type: 'string', default: '30' },
    data: { type: 'string' },
  },
});
const SHOP = join(ROOT, 'assets', 'online-retail-2011');
const FACETS = ['categories', 'attributes.color', 'price'];
const users = [...new Set(readDemoEvents(SHOP, { lastDay: new Date() }).map(({ userId }) => userId))];
const queries = readDemoItems(SHOP).map(({ title }) => title.split(' ').slice(-2).join(' '));
const gateway = await startGateway({}, { folder: options.data, quiet: options.data !== undefined });
console.log(`searches on the demo, ${queries.length} queries, ${users.length} customers in turn; ${machine()}`);
// A server that has been up for a while: its code is compiled after some thousand searches.
await load(80, 10);

console.log(loadHead('searches', 'degraded'));
for (const rate of [Number(options.rate), 100]) {
  const run = await load(rate, Number(options.seconds));
  const degraded = run.answers.filter((answer) => answer.degraded.length > 0).length;
  console.log(loadRow(`${rate}/s`, run, String(degraded)));
}
await gateway.stop();

function load(rate, seconds) {
  return pacedLoad(gateway, { rate, seconds, call: search });
}

async function search(turn) {
  const query = queries[(turn * 7) % queries.length];
  const answer = await gateway.call('POST', '/v1/search', {
    query,
    userId: users[turn % users.length],
    facets: FACETS,
  });
  if (answer.facets.length !== FACETS.length) throw new Error(`${answer.facets.length} facets for ${query}`);
  return answer;
}
