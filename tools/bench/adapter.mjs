/**
 * Vectors of texts adapted to what people do, beside the same vectors as they are: NDCG@10 of the next item, for items
 * that nobody had touched before, and for known ones. The whole catalogue is ranked but for the items of the history.
 *
 *   npm run build && node tools/bench/adapter.mjs [--data FOLDER] [--model FOLDER] [--seed 1] [--json]
 *
 * FOLDER of the data holds `items.jsonl.gz` (id, title, brand, description) and `next_item.tsv.gz` (split, user,
 * history, target), which are not ours to pass on (default ../shared/data/amazon-office). Split by time: what `valid`
 * knows of before its first target is learned from while options are chosen, with its targets to choose by; then all of
 * `valid` is learned from, and `test` is asked once. Vectors are kept in a temporary folder. Intervals are 95 %
 * bootstrap over cases.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { machine, ROOT } from './gateway.mjs';
import { ratioInterval } from './intervals.mjs';

const require = createRequire(import.meta.url);
const lib = (name) => require(join(ROOT, 'libs', name, 'dist'));
const { adapterInterests, adaptVectors, fitTextAdapter, sequencesOf, startTextAdapter } = lib('algorithms');
const { estimate, estimateDifference, FullRanking, uniform } = lib('evaluation');
const { onnxGraphRuntime, openTextEncoder } = lib('inference');
const { cleanText } = lib('text');

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(ROOT, '../shared/data/amazon-office') },
    model: { type: 'string', default: join(ROOT, 'assets/models/all-MiniLM-L6-v2') },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
/** Where texts of an item are taken from, and how much each field counts in an item's vector. */
const FIELDS = {
  title: ({ title }) => title,
  named: ({ brand, title }) => `${brand} ${title}`,
  description: ({ title, description }) => (description || title).slice(0, 800),
  brand: ({ brand, title }) => brand || title,
};
const TEXTS = { title: { title: 1 }, named: { named: 1 }, whole: { named: 1, description: 0.7, brand: 0.3 } };
const DECAYS = [0.4, 0.5, 0.6, 0.7];
const EPOCHS = 4;

const rows = linesOf('items.jsonl.gz').map((line) => JSON.parse(line));
const cases = casesOf(linesOf('next_item.tsv.gz').slice(1));
const vectors = await vectorsOf(rows);
const items = rows.length;
const early = learnedFrom(firstOf(cases.valid).map(({ history }) => history));
const late = learnedFrom(wholeOf(cases.valid));
const newInValidation = newOnes(cases.valid, early);
const say = (line) => (options.json ? console.error(line) : console.log(line));

say(`${machine()}; ${items} items, ${cases.test.length} cases of test`);
const plain = chooseUnlearned('plain', plainModel);
const whitened = chooseUnlearned('whitened', (texts) => startTextAdapter(vectors[texts]));
const adapted = await chooseAdapted(whitened);
const fitted = await fitLate(adapted);
report({
  plain: [{ ...plainModel(plain.texts), decay: plain.asked }, plain],
  whitened: [{ ...startTextAdapter(vectors[whitened.texts]), decay: whitened.asked }, whitened],
  adapted: [fitted.model, adapted],
});

function linesOf(name) {
  return gunzipSync(readFileSync(join(options.data, name)))
    .toString('utf8')
    .trim()
    .split('\n');
}

function casesOf(lines) {
  const all = lines.map((line) => {
    const [split, user, history, target] = line.split('\t');
    return { split, user, history: history.split(' ').map(Number), target: Number(target) };
  });
  return Object.fromEntries(['valid', 'test'].map((name) => [name, all.filter(({ split }) => split === name)]));
}

function firstOf(all) {
  return [...new Map([...all].reverse().map((one) => [one.user, one])).values()];
}

/** Everything that users of these cases did, in order. */
function wholeOf(all) {
  const users = new Map();
  for (const { user, history, target } of all) users.set(user, [...(users.get(user) ?? history), target]);
  return [...users.values()];
}

function learnedFrom(lists) {
  return { sequences: sequencesOf(lists, items), seen: new Set(lists.flat()) };
}

/** Of each way to combine fields: sums of their vectors. */
async function vectorsOf(catalogue) {
  const folder = join(tmpdir(), 'attune-bench-adapter');
  mkdirSync(folder, { recursive: true });
  const encoder = await openTextEncoder(options.model);
  const { dims } = encoder;
  const ofField = {};
  for (const [field, textOf] of Object.entries(FIELDS)) {
    const texts = catalogue.map((item) => cleanText(textOf(item)));
    const digest = createHash('sha256')
      .update(`${encoder.digest}\n${texts.join('\n')}`)
      .digest('hex')
      .slice(0, 16);
    const file = join(folder, `${digest}.f32`);
    if (!existsSync(file)) writeFileSync(file, new Uint8Array((await encoder.embed(texts, 'document')).buffer));
    ofField[field] = new Float32Array(new Uint8Array(readFileSync(file)).buffer);
  }
  await encoder.close();
  const sum = (weights) =>
    Float32Array.from({ length: catalogue.length * dims }, (_, i) =>
      Object.entries(weights).reduce((total, [field, weight]) => total + weight * ofField[field][i], 0),
    );
  return Object.fromEntries(Object.entries(TEXTS).map(([name, weights]) => [name, { values: sum(weights), dims }]));
}

/** NDCG@10 of each case. */
function judged(adapted, some, hidden = []) {
  const ranking = new FullRanking(items, [10]);
  for (const { history, target } of some) {
    const scores = adapterInterests(adapted, { rows: history });
    ranking.add({ scores, wanted: [target], excluded: [...history, ...hidden] });
  }
  return ranking.values('ndcg@10');
}

/** Those that ask for an item that nobody had touched. Where it is in the history it is not ranked: left out. */
function newOnes(some, { seen }) {
  return some.filter(({ history, target }) => !seen.has(target) && !history.includes(target));
}

function validated(adaptedVectors) {
  return estimate(judged(adaptedVectors, newInValidation)).mean;
}

function bestOf(tries) {
  return tries.reduce((best, one) => (one.validation > best.validation ? one : best));
}

/** Cosines of the encoder's vectors as they come. */
function plainModel(texts) {
  const { dims } = vectors[texts];
  const factor = Float32Array.from({ length: dims * dims }, (_, i) => (i % (dims + 1) === 0 ? 1 : 0));
  const same = { weights: new Float32Array(dims * dims), bias: new Float32Array(dims) };
  const whitening = { dims, center: new Float32Array(dims), factor };
  return { dims, whitening, items: same, history: same, last: 10, decay: 1 };
}

/** A try for each decay that a history may be asked with. */
function triesOf(model, learned) {
  const adaptedVectors = adaptVectors(model, vectors[learned.texts]);
  return DECAYS.map((asked) => ({ ...learned, asked, validation: validated({ ...adaptedVectors, decay: asked }) }));
}

/** The texts and the decay that suit a model which has learned nothing. */
function chooseUnlearned(name, modelOf) {
  return told(name, bestOf(Object.keys(TEXTS).flatMap((texts) => triesOf(modelOf(texts), { texts }))));
}

/** On the texts that suit the whitened vectors. */
async function chooseAdapted({ texts }) {
  const tries = [];
  await fit(early, { texts }, async ({ epoch, snapshot }) => {
    tries.push(...triesOf(snapshot(), { texts, stopAfter: epoch }));
    return true;
  });
  return told('adapted', bestOf(tries));
}

function fit({ sequences }, { texts }, onEpoch) {
  const random = uniform(Number(options.seed));
  return fitTextAdapter(vectors[texts], sequences, { epochs: EPOCHS, random, onEpoch }, onnxGraphRuntime());
}

async function fitLate({ texts, stopAfter, asked }) {
  const before = process.cpuUsage();
  const model = await fit(late, { texts }, async ({ epoch }) => epoch < stopAfter);
  const { user, system } = process.cpuUsage(before);
  return { model: { ...model, decay: asked }, cpuSeconds: (user + system) / 1e6 };
}

function told(name, best) {
  say(`${name}: ${JSON.stringify(best)}`);
  return best;
}

function report(models) {
  const slices = {
    'new items, whole catalogue': [newOnes(cases.test, late), []],
    'new items, among new items': [newOnes(cases.test, late), [...late.seen]],
    'known items, whole catalogue': [
      cases.test.filter(({ history, target }) => late.seen.has(target) && !history.includes(target)),
      [],
    ],
  };
  const results = Object.entries(slices).map(([slice, [some, hidden]]) => {
    const values = Object.entries(models).map(([name, [model, { texts }]]) => [
      name,
      judged(adaptVectors(model, vectors[texts]), some, hidden),
    ]);
    return { slice, cases: some.length, ...compared(Object.fromEntries(values)) };
  });
  if (options.json)
    console.log(
      JSON.stringify({
        node: process.version,
        machine: machine(),
        cpuSeconds: fitted.cpuSeconds,
        plain,
        whitened,
        adapted,
        results,
      }),
    );
  say(`fitted in ${fitted.cpuSeconds.toFixed(1)} CPU s`);
  for (const { slice, cases: count, figures, gains } of results) {
    say(`\n${slice}, ${count} cases: NDCG@10`);
    for (const [name, { mean, low, high }] of Object.entries(figures))
      say(`  ${name.padEnd(10)} ${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`);
    for (const [name, { difference, ratio, interval }] of Object.entries(gains))
      say(
        `  adapted - ${name}: ${difference.mean.toFixed(4)} [${difference.low.toFixed(4)}, ${difference.high.toFixed(4)}], ` +
          `ratio ${ratio.toFixed(3)} [${interval.map((end) => end.toFixed(3)).join(', ')}]`,
      );
  }
}

/** Figures with intervals, and what adapting gains on the two others, case by case. */
function compared(values) {
  const figures = Object.fromEntries(Object.entries(values).map(([name, all]) => [name, estimate(all)]));
  const gains = ['plain', 'whitened'].map((name) => [
    name,
    {
      difference: estimateDifference(values[name], values.adapted),
      ratio: figures.adapted.mean / figures[name].mean,
      interval: ratioInterval(values.adapted, values[name]),
    },
  ]);
  return { figures, gains: Object.fromEntries(gains) };
}
