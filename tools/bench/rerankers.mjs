// What models that read a query together with each title make of the 50 best of a search: NDCG@10 over graded judgements of
// the demo shop, by the server itself, and the CPU they take.
//   node tools/bench/rerankers.mjs --judgements <folder>/online-retail-2011 --pair-model <folder of a cross-encoder>
//   ATTUNE_LLM_FILE=<model>.gguf node tools/bench/rerankers.mjs --judgements <folder>/online-retail-2011
// Their weight against the score before is chosen for each query on all others (leave one out).
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, ROOT, startGateway } from './gateway.mjs';
import { mean, meanInterval } from './intervals.mjs';
import { ndcg, readJudgements } from './judgements.mjs';

const { uniform } = createRequire(import.meta.url)(join(ROOT, 'libs', 'evaluation', 'dist'));
const { parse } = createRequire(join(ROOT, 'libs', 'server', 'package.json'))('yaml');
const { values: options } = parseArgs({
  options: {
    judgements: { type: 'string' },
    'pair-model': { type: 'string' },
    pool: { type: 'string', default: '50' },
  },
});
if (options.judgements === undefined) throw new Error('name the judgements: --judgements <folder>/<name>');
const pool = Number(options.pool);
const WEIGHTS = [0.2, 0.3, 0.45, 0.6, 1];
const PATIENCE_MS = 60_000;
const SHUFFLES = 50;

const gates = { maxHistory: 100_000, maxLead: 1, minRemainingMs: 0 };
const rerankers = [
  options['pair-model'] && { use: 'cross-encoder', config: { model: resolve(options['pair-model']) } },
  process.env.ATTUNE_LLM_FILE && { use: 'llm-likelihood', config: gates },
].filter(Boolean);
if (rerankers.length === 0) throw new Error('name a model: --pair-model FOLDER, or ATTUNE_LLM_FILE=FILE');

const { queries, gradesOf } = readJudgements(options.judgements);
const config = mkdtempSync(join(tmpdir(), 'attune-config-'));
cpSync(join(ROOT, 'config'), config, { recursive: true });
const search = parse(readFileSync(join(config, 'surfaces', 'search.yaml'), 'utf8'));
const patient = (step) => ({ ...step, hardMs: PATIENCE_MS });
function writeSurface(surface, rerank) {
  const steps = Object.fromEntries(['retrieve', 'filter', 'score'].map((kind) => [kind, search[kind].map(patient)]));
  const whole = { ...search, ...steps, surface, deadlineMs: PATIENCE_MS, rank: patient(search.rank), rerank };
  writeFileSync(join(config, 'surfaces', `${surface}.yaml`), JSON.stringify(whole));
}
writeSurface('before', []);
const surfaceOf = ({ use }, weight) => `${use}-${weight * 100}`;
for (const one of rerankers)
  for (const weight of WEIGHTS)
    writeSurface(surfaceOf(one, weight), [patient({ ...one, config: { ...one.config, pool, weight } })]);

const gateway = await startGateway(
  { ATTUNE_CONFIG: join(config, 'attune.config.yaml'), ATTUNE_LLM_FILE: process.env.ATTUNE_LLM_FILE ?? '' },
  { quiet: false },
);
try {
  console.log(`${queries.length} queries, the ${pool} best of each; ${machine()}`);
  const before = await askAll('before');
  const values = valuesOf(before.lists);
  tell('before', values);
  const random = uniform(42);
  const shuffled = queries.map(([qid], q) =>
    mean(Array.from({ length: SHUFFLES }, () => ndcg(inRandomOrder(before.lists[q], random), gradesOf(qid)))),
  );
  tell('the same in random order', shuffled);
  for (const one of rerankers) await judge(one, { before: values, shuffled, baseMs: before.cpuMs });
} finally {
  await gateway.stop();
  rmSync(config, { recursive: true });
}

async function judge(one, { before, shuffled, baseMs }) {
  const trials = [];
  for (const weight of WEIGHTS) {
    const { lists, cpuMs, degraded } = await askAll(surfaceOf(one, weight));
    if (degraded.length > 0) throw new Error(`${one.use}: ${degraded[0]}`);
    trials.push(valuesOf(lists));
    tell(`${one.use}, weight ${weight}`, trials.at(-1));
    if (trials.length === 1)
      console.log(
        `  CPU of the server, ms a query of ${pool} titles: ${(cpuMs - baseMs).toFixed(0)} more than without`,
      );
  }
  const chosen = queries.map((_, q) => trials[bestWithout(trials, q)][q]);
  tell(`${one.use}, weight chosen on the other queries`, chosen);
  tellDifference('  against before', chosen, before);
  tellDifference('  alone against random order', trials.at(-1), shuffled);
}

/** Place of the trial that is best on all queries but one. */
function bestWithout(trials, q) {
  const sums = trials.map((values) => values.reduce((sum, value, i) => (i === q ? sum : sum + value), 0));
  return sums.indexOf(Math.max(...sums));
}

async function askAll(surface) {
  const lists = [];
  const degraded = [];
  const cpuBefore = gateway.cpuSeconds();
  for (const [, query] of queries) {
    const asked = { surface, query, limit: pool, seen: 'include' };
    const slate = await gateway.call('POST', '/v1/recommendations', asked);
    lists.push(slate.items.map(({ id }) => id));
    degraded.push(...slate.degraded.map(({ plugin, code }) => `${plugin} ${code}`));
  }
  return { lists, degraded, cpuMs: ((gateway.cpuSeconds() - cpuBefore) * 1e3) / queries.length };
}

function valuesOf(lists) {
  return lists.map((ids, q) => ndcg(ids, gradesOf(queries[q][0])));
}

function inRandomOrder(ids, random) {
  const order = [...ids];
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order;
}

function tell(name, values) {
  const [low, high] = meanInterval(values);
  console.log(`${name}: NDCG@10 ${mean(values).toFixed(4)} [${low.toFixed(3)}, ${high.toFixed(3)}]`);
}

function tellDifference(name, ones, others) {
  const [low, high] = meanInterval(ones.map((value, i) => value - others[i]));
  const difference = mean(ones) - mean(others);
  console.log(`${name}: ${difference.toFixed(4)} [95 % interval ${low.toFixed(3)}, ${high.toFixed(3)}]`);
}
