/**
 * What each model costs as a plugin: CPU seconds of its training, size of its artifact, milliseconds of its retriever and its
 * scorer as the trace tells them, and CPU time of the process for a whole slate with it.
 *
 *   npm run build && node tools/bench/plugins.mjs [--only ease,ials] [--slates 150] [--json]
 *
 * In the demo shop (3,791 items), a slate after the other for 1,500 customers, who rated 60 items each; retrievers propose 300,
 * scorers are asked about 500 candidates. Ratings, clicks on slates, and the countries of customers are made up by chance: they are
 * for timing, not for quality, and what learns from them is not examined. Transformers, deepfm and text-adapter learn for two epochs.
 * Of rankers see lambdamart.mjs.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from './cpu-time.mjs';
import { jobEnded, machine, ROOT, startGateway } from './gateway.mjs';
import { pages } from './held-out-shop.mjs';
import { chance } from './made-data.mjs';

const require = createRequire(import.meta.url);
const { BUILT_IN_PLUGINS } = require(join(ROOT, 'libs/plugins/dist'));
const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    slates: { type: 'string', default: '150' },
    json: { type: 'boolean', default: false },
  },
});
const { readDemoEvents, readDemoItems } = require(join(ROOT, 'libs/demo/dist'));
const DEMO = join(ROOT, 'assets/online-retail-2011');
const LAST_DAY = new Date('2011-12-09T23:59:59Z');
const SLATES = Number(options.slates);
const RATED = 60;
const WARMING = 50;
let turn = 0;
/** Customers who are shown a slate that they click on. */
const SHOWN = 1500;
const HARD_MS = 20_000;
const TWO = { epochs: 2 };
/** What trainers are told here; each other one its defaults. */
const TRAINED_WITH = {
  sasrec: { config: TWO },
  bert4rec: { config: TWO },
  xlnet4rec: { config: TWO },
  deepfm: { config: { ...TWO, gate: 0 } },
  'bayesian-fm': { config: { gate: 0 } },
  svd: { config: { gate: 0 } },
  'knn-baseline': { config: { gate: 0 } },
  ials: { index: true },
  'text-adapter': { config: TWO, index: true },
  'popular-by-segment': { config: { attribute: 'country', minUsers: 5 } },
};
/** Steps of a model that are not named like its trainer. */
const MORE_STEPS = { ials: ['ials-knn'] };

const wanted = options.only?.split(',');
const ofKind = (kind) => BUILT_IN_PLUGINS.filter((plugin) => plugin.kind === kind).map(({ id }) => id);
const trainers = ofKind('trainer').filter((id) => id !== 'lambdamart' && (wanted?.includes(id) ?? true));
const steps = trainers.flatMap((id) => [id, ...(MORE_STEPS[id] ?? [])]);
const [retrievers, scorers] = ['retriever', 'scorer'].map((kind) => steps.filter((id) => ofKind(kind).includes(id)));

const say = (line) => (options.json ? console.error(line) : console.log(line));
const folder = mkdtempSync(join(tmpdir(), 'attune-bench-plugins-'));
const shop = await startGateway({ ATTUNE_CONFIG: writeShop(), ATTUNE_DEMO: 'off' }, { folder: join(folder, 'data') });
try {
  const users = await prepare();
  say(`${machine()}; the demo shop, ${SLATES} slates a plugin`);
  const trained = [];
  say('\ntrained            CPU s     MB');
  for (const id of trainers) trained.push(await train(id));
  const asked = [];
  say('\nasked                       trace ms: min  median   CPU ms a slate');
  // The first slates of all are dearer than those after them.
  await ask('home', users);
  for (const [kind, ids] of Object.entries({ retriever: ['popular', ...retrievers], scorer: scorers }))
    for (const id of ids) asked.push(await step(kind, id, users));
  if (options.json) console.log(JSON.stringify({ machine: machine(), slates: SLATES, trained, asked }));
} finally {
  await shop.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** A configuration with all trainers, and a surface for each step. */
function writeShop() {
  const surfaces = join(folder, 'surfaces');
  mkdirSync(surfaces);
  const config = {
    plugins: [],
    embedders: [{ id: 'text', model: join(ROOT, 'assets/models/all-MiniLM-L6-v2') }],
    train: trainers.map((use) => ({ use, ...TRAINED_WITH[use] })),
    surfaces: './surfaces',
  };
  const popular = { use: 'popular', limit: 500, hardMs: HARD_MS };
  const write = (surface, retrieve, score) => {
    const names = [...retrieve, ...score].map(({ use }) => use);
    const rank = { use: 'weighted', config: Object.fromEntries(names.map((name) => [name, 1])) };
    const filter = ['where', 'availability', 'seen'].map((use) => ({ use, hardMs: HARD_MS }));
    const pipeline = { surface, deadlineMs: 20_000, retrieve, filter, score, rank, fallback: { use: 'popular' } };
    writeFileSync(join(surfaces, `${surface}.yaml`), JSON.stringify(pipeline));
  };
  const own = (use) => ({ use, limit: 300, hardMs: HARD_MS });
  write('home', [popular], []);
  for (const id of ['popular', ...retrievers]) write(`retriever-${id}`, [own(id)], []);
  for (const id of scorers) write(`scorer-${id}`, [popular], [{ use: id, hardMs: HARD_MS }]);
  const file = join(folder, 'attune.config.yaml');
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** The shop, and countries, ratings and clicks; resolves with its customers. */
async function prepare() {
  const catalogue = readDemoItems(DEMO, { lastDay: LAST_DAY });
  const baskets = readDemoEvents(DEMO, { lastDay: LAST_DAY });
  let embedding;
  for (const page of pages(catalogue)) embedding = await shop.call('POST', '/v1/items', { items: page });
  for (const page of pages(baskets)) await shop.call('POST', '/v1/events', { events: page });
  await jobEnded(shop, embedding.jobId);
  const userIds = [...new Set(baskets.map(({ userId }) => userId))];
  const random = chance(1);
  const users = userIds.map((id) => ({ id, attributes: { country: random() < 0.5 ? 'FR' : 'DE' } }));
  for (const page of pages(users)) await shop.call('POST', '/v1/users', { users: page });
  const events = [];
  for (const [n, userId] of userIds.slice(0, SHOWN).entries()) {
    const { slateId, items } = await shop.call('POST', '/v1/recommendations', { surface: 'home', userId, limit: 20 });
    for (const [k, { id: itemId }] of items.entries())
      if (random() < 0.2) events.push({ id: `c-${n}-${k}`, type: 'click', userId, itemId, slateId, position: k + 1 });
    for (let k = 0; k < RATED; k++) {
      const { id: itemId } = catalogue[Math.floor(random() * catalogue.length)];
      events.push({ id: `r-${n}-${k}`, type: 'rating', userId, itemId, value: 1 + Math.floor(5 * random()) });
    }
  }
  for (const page of pages(events)) await shop.call('POST', '/v1/events', { events: page });
  return userIds.slice(0, SHOWN);
}

async function train(id) {
  const before = shop.cpuSeconds();
  const { jobId } = await shop.call('POST', '/v1/jobs', { type: 'train', use: [id] });
  const told = await jobEnded(shop, jobId).then(
    ({ counts, errors = [] }) => (counts.ok === 1 ? undefined : errors.join('; ')),
    (error) => error.message,
  );
  const result = { id, cpuSeconds: shop.cpuSeconds() - before, mb: artifactMb(id), ...(told && { failed: told }) };
  const figures = told ?? result.mb.toFixed(2).padStart(6);
  say(`${id.padEnd(20)} ${result.cpuSeconds.toFixed(2).padStart(6)} ${figures}`);
  return result;
}

function artifactMb(id) {
  const at = join(shop.data, 'tenants/default/artifacts', id);
  if (!existsSync(at)) return NaN;
  const files = readdirSync(at).filter((name) => name.endsWith('.artifact'));
  return Math.max(...files.map((name) => statSync(join(at, name)).size)) / 1e6;
}

async function step(kind, id, users) {
  const { cpuMs, traced, missed } = await ask(`${kind}-${id}`, users, id);
  const result = { kind, id, minMs: Math.min(...traced), medianMs: median(traced), cpuMs, missed };
  const cells = [result.minMs, result.medianMs, result.cpuMs].map((ms) => ms.toFixed(3).padStart(9));
  say(`${kind.padEnd(10)} ${id.padEnd(20)} ${cells.join(' ')}${missed > 0 ? `   ${missed} slates without it` : ''}`);
  return result;
}

/** Asks for slates of the next users: what is worked out for a history is kept for the steps that share it. */
async function ask(surface, users, plugin) {
  const slate = (userId) => shop.call('POST', '/v1/recommendations', { surface, userId, limit: 20, trace: true });
  for (const userId of next(users, WARMING)) await slate(userId);
  const chosen = next(users, SLATES);
  const traced = [];
  let missed = 0;
  const before = shop.cpuSeconds();
  for (const userId of chosen) {
    const { trace, degraded } = await slate(userId);
    if (degraded.some((one) => one.plugin === plugin)) missed += 1;
    const told = trace.stages.flatMap(({ plugins }) => plugins).filter((one) => one.plugin === plugin);
    traced.push(told.reduce((sum, { ms }) => sum + ms, 0));
  }
  return { cpuMs: (1e3 * (shop.cpuSeconds() - before)) / SLATES, traced, missed };
}

/** The next so many of a list, which begins anew at its end. */
function next(list, count) {
  turn += count;
  return Array.from({ length: count }, (_, i) => list[(turn + i) % list.length]);
}
