// Known-item search with and without the person's history, over HTTP as of the moment of each basket: the query is the
// two rarest title words of one item of a customer's last basket, the measure the reciprocal rank of that item, 0 beyond
// place 10.
//   node tools/bench/personalised-search.mjs [--split test|validation] [--seed 42] [--config config/attune.config.yaml]
// `validation` takes the basket before the last: weights are chosen there. Both runs are of one server and differ in
// `personalize` alone. Ceiling: every target that was retrieved at place 1, but for navigational queries, which are left
// as they are.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inParallel, machine, ROOT } from './gateway.mjs';
import { openHeldOutShop } from './held-out-shop.mjs';
import { mean, ratioInterval } from './intervals.mjs';
import { knownItemQueries } from './known-item-queries.mjs';
import { askedAgain, whole } from './whole.mjs';

const { values: options } = parseArgs({
  options: {
    split: { type: 'string', default: 'test' },
    seed: { type: 'string', default: '42' },
    config: { type: 'string', default: join(ROOT, 'config', 'attune.config.yaml') },
  },
});
const { gateway, items, held } = await openHeldOutShop(options);
const asked = knownItemQueries(items, held, Number(options.seed));

const cpuBefore = gateway.cpuSeconds();
const results = await inParallel(asked, 2, async ({ basket, target, query }) => {
  const at = new Date(Date.parse(basket.at) - 1).toISOString();
  const search = (more) =>
    whole(() => gateway.call('POST', '/v1/search', { query, userId: basket.userId, at, limit: 10, ...more }));
  const [own, nobodys] = [await search({}), await search({ personalize: 0, trace: true })];
  const without = reciprocalRank(nobodys, target);
  const intent = nobodys.query.intent ?? 'unknown';
  const found = nobodys.trace.candidates.some(({ id, filteredBy }) => id === target && filteredBy === undefined);
  return {
    intent,
    found,
    own: reciprocalRank(own, target),
    without,
    ceiling: intent === 'navigational' ? without : Number(found),
  };
});
const cpuMs = ((gateway.cpuSeconds() - cpuBefore) * 1000) / (2 * asked.length);
await gateway.stop();

console.log(
  `known-item search, ${options.split}, seed ${options.seed}; CPU ${cpuMs.toFixed(1)} ms a search; ${machine()}`,
);
console.log('| queries | number | MRR@10 without | with history | ratio [95 % interval] | retrieved | ceiling |');
console.log('|---|---|---|---|---|---|---|');
row('all', results);
for (const intent of ['navigational', 'category', 'broad', 'unknown'])
  row(
    intent,
    results.filter((one) => one.intent === intent),
  );
console.log(`asked again for want of time: ${askedAgain} of ${2 * asked.length}`);

function row(name, some) {
  if (some.length === 0) return;
  const of = (what) => some.map((one) => Number(one[what]));
  const [own, without] = [of('own'), of('without')];
  const [low, high] = ratioInterval(own, without);
  const ratio = `${(mean(own) / mean(without)).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
  console.log(
    `| ${name} | ${some.length} | ${mean(without).toFixed(4)} | ${mean(own).toFixed(4)} | ${ratio} | ${mean(of('found')).toFixed(3)} | ${mean(of('ceiling')).toFixed(3)} |`,
  );
}

function reciprocalRank({ items: shown }, target) {
  const place = shown.findIndex(({ id }) => id === target);
  return place < 0 ? 0 : 1 / (place + 1);
}
