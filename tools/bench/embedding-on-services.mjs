// From POST /v1/items until every item is found by its vector, on Elasticsearch and Redis: against the bare text model on
// as many texts before and after, round by round; and with one and two workers against an embedding service that gives each of
// them so many texts a second.
//   export $(npm run --silent services:up)
//   node tools/bench/embedding-on-services.mjs [--texts 4000] [--rounds 5] [--rate 200]
// A round that does not count goes before: servers run for days, and a Java machine that has just begun is several times as
// slow.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { machine, quantile, ROOT } from './gateway.mjs';
import { onServices } from './on-services.mjs';

const { openBulkEncoder } = createRequire(join(ROOT, 'libs', 'server', 'package.json'))('@attune/inference');
const { values: options } = parseArgs({
  options: {
    texts: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '5' },
    rate: { type: 'string', default: '200' },
  },
});
const [count, rounds, rate] = [Number(options.texts), Number(options.rounds), Number(options.rate)];
const COLORS = ['red', 'blue', 'green', 'white', 'black', 'yellow', 'pink'];
const THINGS = ['enamel mug', 'reading lamp', 'wool scarf', 'water bottle', 'scented candle', 'lunch box', 'tea towel'];
const MANNERS = ['with stripes', 'for the garden', 'in a gift box', 'of recycled paper', 'hand painted', 'extra large'];
const title = (n) =>
  `${COLORS[n % COLORS.length]} ${THINGS[n % THINGS.length]} ${MANNERS[n % MANNERS.length]}, number ${n}`;
/** Items of a round, whose texts no other round has. */
const itemsOf = (round) =>
  Array.from({ length: count }, (_, i) => count * round + i).map((n) => ({ id: `i${n}`, title: title(n) }));

const MODEL = join(ROOT, 'assets', 'models', 'all-MiniLM-L6-v2');
const surface = {
  surface: 'home',
  retrieve: [{ use: 'popular' }],
  filter: ['where', 'availability', 'seen'].map((use) => ({ use })),
  score: [{ use: 'popularity' }],
  rank: { use: 'weighted', config: { popularity: 1 } },
};

console.log(`${count} items a round, each with a text of its own; ${machine()}`);
await besideTheBareModel();
const service = await limitedService();
const [one, two] = [await limited(1), await limited(2)];
service.close();
console.log(
  `a service of ${rate} texts/s for each worker: one ${one.toFixed(0)} items/s, two ${two.toFixed(0)} items/s, ${(two / one).toFixed(2)} ×`,
);

/** Prints how fast items are found, and the bare model right before and after in a thread of its own, as a worker has it. */
async function besideTheBareModel() {
  const encoder = await openBulkEncoder(MODEL);
  const bare = async (round) => {
    const titles = itemsOf(round).map((item) => item.title);
    const startedAt = performance.now();
    for (let from = 0; from < count; from += 128) await encoder.embed(titles.slice(from, from + 128));
    return perSecond(startedAt);
  };
  await withWorkers({ embedder: { model: MODEL }, workers: 1 }, async (gateway) => {
    await bare(0);
    await foundAfterPut(gateway, 0);
    const ratios = [];
    for (let round = 1; round <= rounds; round++) {
      const before = await bare(round);
      const piped = await foundAfterPut(gateway, round);
      const after = await bare(round);
      ratios.push((2 * piped) / (before + after));
      console.log(
        `  the bare model: ${before.toFixed(0)} and ${after.toFixed(0)} texts/s; from POST to found by vector: ${piped.toFixed(0)} items/s, ${ratios.at(-1).toFixed(2)} ×`,
      );
    }
    console.log(`median ${quantile(ratios, 0.5).toFixed(2)} ×, minimum ${quantile(ratios, 0).toFixed(2)} ×`);
  });
  await encoder.close();
}

/** Items a second with so many workers and the limited service. */
async function limited(workers) {
  const embedder = { use: 'endpoint' };
  return await withWorkers({ embedder, workers, endpoint: service.url }, async (gateway) => {
    // The first items open connections.
    await put(gateway, [{ id: 'first', title: 'first of all' }]);
    await found(gateway, 1);
    return await foundAfterPut(gateway, 0, 1);
  });
}

async function withWorkers({ embedder, workers, endpoint = '' }, work) {
  const shared = onServices();
  const variables = { ATTUNE_CONFIG: configured(embedder), ATTUNE_DEMO: 'off', BENCH_ENDPOINT: endpoint };
  try {
    const gateway = await shared.gateway({ ...variables, ATTUNE_ROLE: 'gateway' });
    for (let n = 0; n < workers; n++) await shared.worker(variables);
    return await work(gateway);
  } finally {
    await shared.close();
  }
}

function perSecond(startedAt) {
  return (1000 * count) / (performance.now() - startedAt);
}

/** Items of a round a second, until all are found. */
async function foundAfterPut(gateway, round, others = 0) {
  const startedAt = performance.now();
  await put(gateway, itemsOf(round));
  await found(gateway, count * (round + 1) + others);
  return perSecond(startedAt);
}

async function put(gateway, all) {
  for (let from = 0; from < all.length; from += 1000)
    await gateway.call('POST', '/v1/items', { items: all.slice(from, from + 1000) });
}

async function found(gateway, wanted) {
  for (;;) {
    const { items: there, spaces } = await gateway.call('GET', '/v1/spaces');
    if (there === wanted && spaces[0].versions[0].missing === 0) return;
    await wait(200);
  }
}

function configured(embedder) {
  const folder = mkdtempSync(join(tmpdir(), 'attune-bench-config-'));
  mkdirSync(join(folder, 'surfaces'));
  writeFileSync(join(folder, 'surfaces', 'home.yaml'), JSON.stringify(surface));
  const plugins = embedder.use === undefined ? [] : [join(import.meta.dirname, 'endpoint-embedder.cjs')];
  const config = { plugins, embedders: [{ id: 'text', ...embedder }], train: [], surfaces: './surfaces' };
  writeFileSync(join(folder, 'attune.config.yaml'), JSON.stringify(config));
  return join(folder, 'attune.config.yaml');
}

/** Answers each client one request after the other, so many texts a second. */
async function limitedService() {
  const DIMS = 64;
  const turns = new Map();
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const { client, texts } = JSON.parse(Buffer.concat(parts));
      const answered = (turns.get(client) ?? Promise.resolve()).then(() => wait((texts.length * 1000) / rate));
      turns.set(client, answered);
      void answered.then(() => response.end(Buffer.from(vectorsOf(texts, DIMS).buffer)));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

function vectorsOf(texts, dims) {
  const data = new Float32Array(texts.length * dims);
  texts.forEach((text, row) => (data[row * dims + (text.length % dims)] = 1));
  return data;
}
