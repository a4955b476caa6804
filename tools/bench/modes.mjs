// The same shop embedded and on services: how many of the ten best items are the same, and whether a filter gives the same
// set. On the demo, or on a catalogue: a file of NDJSON items, which may be gzipped.
//   export $(npm run --silent services:up)
//   node tools/bench/modes.mjs [--requests 300] [--items <file>] [--quick]
// With --quick texts are embedded by their letters: a large catalogue takes minutes, and neighbors are searched all the same.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { inParallel, jobEnded, machine, startGateway } from './gateway.mjs';
import { EMBEDDED, onServices, servicesLine } from './on-services.mjs';
import { patientShop } from './patient-shop.mjs';

const { values: options } = parseArgs({
  options: {
    requests: { type: 'string', default: '300' },
    items: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const count = Number(options.requests);
const shared = onServices();
console.log(`one shop in two modes; ${machine()}, ${await servicesLine(shared.elasticsearch)}`);
const variables = {
  ATTUNE_CONFIG: patientShop({ isQuick: options.quick }),
  ATTUNE_DEMO: options.items === undefined ? 'on' : 'off',
};
try {
  const embedded = await startGateway({ ...variables, ...EMBEDDED });
  const distributed = await shared.gateway(variables);
  const modes = [embedded, distributed];
  const items = options.items === undefined ? await itemsOf(embedded) : await importItems(modes);
  const titles = sample(items, count).map(({ title }) => title);
  const queries = titles.map((title) => title.split(/\s+/).slice(0, 2).join(' '));
  await compare('search', queries, (query) => ['POST', '/v1/search', { query, limit: 10 }]);
  await compare('similar items', sample(items, count), ({ id }) => [
    'GET',
    `/v1/items/${encodeURIComponent(id)}/similar?limit=10`,
  ]);
  if (options.items === undefined) {
    const users = sample(await usersOf(embedded), count);
    await compare('home slate', users, (userId) => ['POST', '/v1/recommendations', { surface: 'home', userId }]);
  }
  await compareFilters(items, queries);
  await embedded.stop();

  async function compare(what, asked, request) {
    const overlaps = await inParallel(asked, 2, async (one) => {
      const [a, b] = await Promise.all(modes.map((mode) => mode.call(...request(one))));
      // A catalogue without events has no models: they are missing on both sides.
      const missed = [...a.degraded, ...b.degraded].filter(({ code }) => code !== 'ARTIFACT_MISSING');
      if (missed.length > 0) throw new Error(JSON.stringify(missed));
      const ids = new Set(b.items.map(({ id }) => id));
      const same = a.items.filter(({ id }) => ids.has(id)).length;
      return a.items.length + b.items.length === 0 ? 1 : same / Math.max(a.items.length, b.items.length);
    });
    const mean = overlaps.reduce((sum, one) => sum + one, 0) / overlaps.length;
    const spread = Math.sqrt(overlaps.reduce((sum, one) => sum + (one - mean) ** 2, 0) / overlaps.length);
    const half = (1.96 * spread) / Math.sqrt(overlaps.length);
    const whole = overlaps.filter((one) => one === 1).length;
    const range = `[${(mean - half).toFixed(3)}, ${Math.min(1, mean + half).toFixed(3)}]`;
    console.log(`${what}: overlap@10 ${mean.toFixed(3)} ${range}, ${whole} of ${overlaps.length} the same ten`);
  }

  /** Everything that a filter lets through and a query finds, where no page cuts it off. */
  async function compareFilters(all, texts) {
    const brands = [
      ...new Set(all.flatMap(({ brand, categories = [] }) => [...categories, ...(brand ? [brand] : [])])),
    ];
    const prices = all.map(({ price }) => price?.amount ?? 0).sort((a, b) => a - b);
    const quarter = prices[Math.floor(prices.length / 4)];
    const filters = [
      ...sample(brands, 20).map((name) => ({ $or: [{ categories: name }, { brand: name }] })),
      { 'price.amount': { $lte: quarter } },
      { 'price.amount': { $gt: quarter, $lt: prices[Math.floor(prices.length / 2)] } },
      { $not: { 'price.amount': { $gt: prices[2] } } },
      { tags: { $exists: false } },
    ];
    let [compared, different] = [0, 0];
    for (const [i, filter] of filters.entries()) {
      const body = { query: texts[i % texts.length], filter, limit: 200 };
      const found = await Promise.all(modes.map((mode) => mode.call('POST', '/v1/search', body)));
      if (found.some(({ total }) => total > 200)) continue;
      const [a, b] = found.map((slate) =>
        slate.items
          .map(({ id }) => id)
          .sort()
          .join('\n'),
      );
      compared += 1;
      if (a !== b) different += 1;
    }
    console.log(`filters: ${compared} compared, ${different} with another set`);
  }
} finally {
  await shared.close();
}

async function importItems(modes) {
  const bytes = readFileSync(options.items);
  const text = (options.items.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  const items = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const mode of modes)
    for (let from = 0; from < items.length; from += 1_000) {
      const { jobId } = await mode.call('POST', '/v1/items', { items: items.slice(from, from + 1_000) });
      if (jobId !== undefined && from + 1_000 >= items.length) await jobEnded(mode, jobId);
    }
  return items;
}

async function itemsOf(mode) {
  const { items } = await mode.call('POST', '/v1/recommendations', { surface: 'email', limit: 200, userId: 'nobody' });
  return items.map(({ item }) => item);
}

async function usersOf(mode) {
  const { jobId } = await mode.call('POST', '/v1/jobs', { type: 'recommend', surface: 'home', limit: 1 });
  await jobEnded(mode, jobId);
  const lines = await (await fetch(`${mode.url}/v1/jobs/${jobId}/result`)).text();
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).userId);
}

/** Every so many, the same in each run. */
function sample(list, most) {
  const step = Math.max(1, list.length / most);
  return Array.from({ length: Math.min(most, list.length) }, (_, i) => list[Math.floor(i * step)]);
}
