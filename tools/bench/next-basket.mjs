// Protocol (d): the next basket of every customer of the demo shop, asked over HTTP as of the moment of the basket.
//   node tools/bench/next-basket.mjs [--split test|validation] [--surface home] [--config config/attune.config.yaml]
// `test` holds out each customer's last basket; `validation` the one before (and drops the last): weights are chosen there.
// Models are trained without the held-out baskets; afterwards these are sent as events too, so that counts as of a
// moment are what they were then. Recall is hits / min(10, size of the basket).
import { parseArgs } from 'node:util';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inParallel, jobEnded, machine, ROOT, startGateway } from './gateway.mjs';

const { readDemoEvents, readDemoItems } = createRequire(import.meta.url)(join(ROOT, 'libs', 'demo', 'dist'));
const { values: options } = parseArgs({
  options: {
    split: { type: 'string', default: 'test' },
    surface: { type: 'string', default: 'home' },
    config: { type: 'string', default: join(ROOT, 'config', 'attune.config.yaml') },
  },
});
const K = 10;
const FOLDER = join(ROOT, 'assets', 'online-retail-2011');
const lastDay = new Date('2011-12-09T23:59:59Z');

const baskets = readDemoEvents(FOLDER, { lastDay });
const items = readDemoItems(FOLDER, { lastDay }).map(({ groupId, ...item }) => ({
  ...item,
  ...(groupId && { groupId }),
}));
const ofCustomer = Map.groupBy?.(baskets, ({ userId }) => userId) ?? group(baskets);
const held = heldOut(ofCustomer, options.split);
const dropped = new Set(
  options.split === 'validation'
    ? [...ofCustomer.values()].map((all) => all.at(-1).id).filter((id, i) => [...ofCustomer.values()][i].length >= 2)
    : [],
);
const heldIds = new Set(held.map(({ basket }) => basket.id));

const gateway = await startGateway({ ATTUNE_DEMO: 'off', ATTUNE_CONFIG: options.config }, { quiet: false });
const embedding = await sendItems();
await sendEvents(baskets.filter(({ id }) => !heldIds.has(id) && !dropped.has(id)));
await jobEnded(gateway, embedding);
await jobEnded(gateway, (await gateway.call('POST', '/v1/jobs', { type: 'train' })).jobId);
await sendEvents(baskets.filter(({ id }) => heldIds.has(id)));

console.log(`protocol (d), ${options.split}, surface ${options.surface}; ${machine()}`);
console.log('| task | customers | HR@10 [95 % interval] | recall@10 | NDCG@10 | CPU ms a slate |');
console.log('|---|---|---|---|---|---|');
await report('new items only', 'exclude');
await report('whole basket', 'include');
await gateway.stop();

function group(events) {
  const groups = new Map();
  for (const event of events) groups.set(event.userId, [...(groups.get(event.userId) ?? []), event]);
  return groups;
}

function heldOut(customers, split) {
  const back = split === 'test' ? 1 : 2;
  return [...customers.values()]
    .filter((all) => all.length > back)
    .map((all) => {
      const before = all.slice(0, all.length - back);
      return { basket: all[all.length - back], seen: new Set(before.flatMap(({ itemIds }) => itemIds)) };
    });
}

async function sendItems() {
  let jobId;
  for (let from = 0; from < items.length; from += 2000)
    ({ jobId } = await gateway.call('POST', '/v1/items', { items: items.slice(from, from + 2000) }));
  return jobId;
}

async function sendEvents(events) {
  for (let from = 0; from < events.length; from += 2000) {
    const answer = await gateway.call('POST', '/v1/events', { events: events.slice(from, from + 2000) });
    if (answer.rejected.length > 0) throw new Error(JSON.stringify(answer.rejected[0]));
  }
}

async function report(task, seen) {
  const asked = held
    .map(({ basket, seen: known }) => ({
      basket,
      wanted: new Set(basket.itemIds.filter((id) => seen === 'include' || !known.has(id))),
    }))
    .filter(({ wanted }) => wanted.size > 0);
  const cpuBefore = gateway.cpuSeconds();
  const results = await inParallel(asked, 4, async ({ basket, wanted }) => {
    const at = new Date(Date.parse(basket.at) - 1).toISOString();
    const slate = await gateway.call('POST', '/v1/recommendations', {
      surface: options.surface,
      userId: basket.userId,
      seen,
      at,
      limit: K,
    });
    return measures(
      slate.items.map(({ id }) => id),
      wanted,
    );
  });
  const cpuMs = ((gateway.cpuSeconds() - cpuBefore) * 1000) / asked.length;
  const [low, high] = interval(results.map(({ hit }) => hit));
  const mean = (name) => (results.reduce((sum, one) => sum + one[name], 0) / results.length).toFixed(4);
  console.log(
    `| ${task} | ${asked.length} | ${mean('hit')} [${low.toFixed(3)}, ${high.toFixed(3)}] | ${mean('recall')} | ${mean('ndcg')} | ${cpuMs.toFixed(2)} |`,
  );
}

function measures(ids, wanted) {
  const gains = ids.map((id) => (wanted.has(id) ? 1 : 0));
  const hits = gains.reduce((sum, gain) => sum + gain, 0);
  const most = Math.min(K, wanted.size);
  const dcg = (list) => list.reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);
  return { hit: hits > 0 ? 1 : 0, recall: hits / most, ndcg: dcg(gains) / dcg(Array.from({ length: most }, () => 1)) };
}

/** 95 % bootstrap interval of a mean: 1,000 resamples, seeded. */
function interval(values) {
  let state = 42;
  const random = () => (state = (state * 1664525 + 1013904223) >>> 0) / 4294967296;
  const means = Array.from({ length: 1000 }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)];
    return sum / values.length;
  }).sort((a, b) => a - b);
  return [means[25], means[974]];
}
