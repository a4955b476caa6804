/**
 * Vectors of texts adapted to what people do, beside the same vectors as they are: NDCG@10 of the next item, for items
 * that nobody had touched before, and for known ones. The whole catalogue is ranked but for the items of the history.
 *
 *   npm run build && node tools/bench/adapter.mjs [--data FOLDER] [--model FOLDER] [--seed 1] [--json]
 *
 * FOLDER of the data holds `items.jsonl.gz` (id, title, brand, description) and `next_item.tsv.gz` (split, user,
 * history, target; by time), which are not ours to pass on (default ../shared/data/amazon-office). Options are chosen on
 * `valid`, in three windows of time, each from what was known before it; the best are those of the highest geometric
 * mean of new items' NDCG and known ones', so that a per cent of either counts the same. Then all of `valid` is learned
 * from, and `test` is asked once. All three are also chosen with a lift for new items (`newItemLifts`). Vectors are kept
 * in a temporary folder. Intervals are 95 % bootstrap over cases.
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
const { adapterInterests, adaptVectors, fitTextAdapter, newItemLifts, sequencesOf, startTextAdapter } =
  lib('algorithms');
const { estimate, estimateDifference, FullRanking, meanOf, uniform } = lib('evaluation');
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
const DECAYS = [0.4, 0.5, 0.6];
const LIFTS = [0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15];
const EPOCHS = 4;
const WINDOWS = 3;
/** What is set beside what on the test. */
const PAIRS = [
  ['adapted', 'plain'],
  ['adapted', 'whitened'],
  ['adapted, lifted', 'plain'],
  ['adapted, lifted', 'whitened'],
  ['adapted, lifted', 'plain, lifted'],
  ['adapted, lifted', 'whitened, lifted'],
];
/** Of known items, every so many cases are validated with: there are plenty. */
const THINNED = 6;

const rows = linesOf('items.jsonl.gz').map((line) => JSON.parse(line));
const cases = casesOf(linesOf('next_item.tsv.gz').slice(1));
const vectors = await vectorsOf(rows);
const items = rows.length;
const windows = Array.from({ length: WINDOWS }, (_, at) => windowOf(at));
const late = learnedBefore(cases.valid.length);
const say = (line) => (options.json ? console.error(line) : console.log(line));

say(`${machine()}; ${items} items, ${cases.test.length} cases of test`);
const plain = chosen('plain', unlearnedTries(plainModel));
const whitened = chosen('whitened', unlearnedTries(startOf));
const adapted = chosen('adapted', await adaptedTries(whitened[0].texts));
const fitted = await fitLate(adapted);
report([
  ...plain.map((choice) => ({ ...choice, model: plainModel(choice.texts) })),
  ...whitened.map((choice) => ({ ...choice, model: startOf(choice.texts) })),
  ...adapted.map((choice) => ({ ...choice, model: fitted.snapshots[choice.epochs] })),
]);

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

/** What `valid` knows before one of its cases: of users without an earlier one, the history of their first. */
function learnedBefore(end) {
  const users = new Map();
  cases.valid.forEach(({ user, history, target }, at) => {
    if (at < end) users.set(user, [...(users.get(user) ?? history), target]);
    else if (!users.has(user)) users.set(user, history);
  });
  const lists = [...users.values()];
  return { sequences: sequencesOf(lists, items), seen: new Set(lists.flat()) };
}

/** A part of `valid` to choose by. */
function windowOf(at) {
  const [from, to] = [at, at + 1].map((n) => Math.floor((cases.valid.length * n) / WINDOWS));
  const learned = learnedBefore(from);
  const { fresh, known } = parted(cases.valid.slice(from, to), learned);
  return { ...learned, fresh, known: known.filter((_, i) => i % THINNED === 0) };
}

/** Cases that ask for an item that nobody had touched, and others. Items of the history are not ranked: left out. */
function parted(some, { seen }) {
  const asked = some.filter(({ history, target }) => !history.includes(target));
  return {
    fresh: asked.filter(({ target }) => !seen.has(target)),
    known: asked.filter(({ target }) => seen.has(target)),
  };
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

/** NDCG@10 of each case, for each lift of new items. */
function judged(model, some, { learned, lifts, hidden = [] }) {
  const raised = lifts.map((lift) => newItemLifts(learned.sequences, lift));
  const rankings = lifts.map(() => new FullRanking(items, [10]));
  for (const { history, target } of some) {
    const interests = adapterInterests(model, { rows: history });
    rankings.forEach((ranking, i) => {
      const scores = interests.map((interest, row) => interest + raised[i][row]);
      ranking.add({ scores, wanted: [target], excluded: [...history, ...hidden] });
    });
  }
  return rankings.map((ranking) => ranking.values('ndcg@10'));
}

/** Cosines of the encoder's vectors as they come. */
function plainModel(texts) {
  const { dims } = vectors[texts];
  const factor = Float32Array.from({ length: dims * dims }, (_, i) => (i % (dims + 1) === 0 ? 1 : 0));
  const same = { weights: new Float32Array(dims * dims), bias: new Float32Array(dims) };
  const whitening = { dims, center: new Float32Array(dims), factor };
  return { dims, whitening, items: same, history: same, last: 10, decay: 1 };
}

function startOf(texts) {
  return startTextAdapter(vectors[texts]);
}

/** A try for each decay and lift, with vectors as a model has them in each window. */
function triesOf(ofWindows, about) {
  return DECAYS.flatMap((decay) => {
    const means = (name) => {
      const values = windows.map((learned, w) =>
        judged({ ...ofWindows[w], decay }, learned[name], { learned, lifts: LIFTS }),
      );
      return LIFTS.map((_, i) => meanOf(values.flatMap((ofLifts) => [...ofLifts[i]])));
    };
    const [fresh, known] = [means('fresh'), means('known')];
    return LIFTS.map((lift, i) => ({ ...about, decay, lift, fresh: fresh[i], known: known[i] }));
  });
}

/** Of all texts, with models that have learned nothing. */
function unlearnedTries(modelOf) {
  return Object.keys(TEXTS).flatMap((texts) => {
    const same = adaptVectors(modelOf(texts), vectors[texts]);
    return triesOf(new Array(WINDOWS).fill(same), { texts });
  });
}

/** After each epoch, on the texts that suit the whitened vectors. */
async function adaptedTries(texts) {
  const fits = [];
  for (const learned of windows) fits.push((await fit(learned, texts)).snapshots);
  return Array.from({ length: EPOCHS }, (_, i) => i + 1).flatMap((epochs) => {
    const ofWindows = fits.map((snapshots) => adaptVectors(snapshots[epochs], vectors[texts]));
    return triesOf(ofWindows, { texts, epochs });
  });
}

/** Models by the epoch. */
async function fit({ sequences }, texts) {
  const random = uniform(Number(options.seed));
  const snapshots = [];
  const onEpoch = async ({ epoch, snapshot }) => {
    snapshots[epoch] = snapshot();
    return true;
  };
  const before = process.cpuUsage();
  await fitTextAdapter(vectors[texts], sequences, { epochs: EPOCHS, random, onEpoch }, onnxGraphRuntime());
  const { user, system } = process.cpuUsage(before);
  return { snapshots, cpuSeconds: (user + system) / 1e6 };
}

function fitLate([{ texts }]) {
  return fit(late, texts);
}

/** The best without a lift, and the best of all. */
function chosen(name, tries) {
  const worth = ({ fresh, known }) => Math.sqrt(fresh * known);
  const bestOf = (some) => some.reduce((best, one) => (worth(one) > worth(best) ? one : best));
  return [
    { name, ...bestOf(tries.filter(({ lift }) => lift === 0)) },
    { name: `${name}, lifted`, ...bestOf(tries) },
  ].map((choice) => {
    say(JSON.stringify(choice));
    return choice;
  });
}

function report(models) {
  const { fresh, known } = parted(cases.test, late);
  const slices = {
    'new items, whole catalogue': [fresh, []],
    'new items, among new items': [fresh, [...late.seen]],
    'known items, whole catalogue': [known, []],
  };
  const results = Object.entries(slices).map(([slice, [some, hidden]]) => {
    const values = models.map(({ name, model, texts, decay, lift }) => {
      const own = { ...adaptVectors(model, vectors[texts]), decay };
      return [name, judged(own, some, { learned: late, lifts: [lift], hidden })[0]];
    });
    return { slice, cases: some.length, ...compared(Object.fromEntries(values)) };
  });
  const { cpuSeconds } = fitted;
  const choices = [...plain, ...whitened, ...adapted];
  if (options.json)
    console.log(JSON.stringify({ node: process.version, machine: machine(), cpuSeconds, choices, results }));
  say(`fitted in ${cpuSeconds.toFixed(1)} CPU s`);
  results.forEach(tell);
}

function tell({ slice, cases: count, figures, gains }) {
  say(`\n${slice}, ${count} cases: NDCG@10`);
  for (const [name, { mean, low, high }] of Object.entries(figures))
    say(`  ${name.padEnd(16)} ${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`);
  for (const { of, to, difference, ratio, interval } of gains)
    say(
      `  ${of} - ${to}: ${difference.mean.toFixed(4)} [${difference.low.toFixed(4)}, ${difference.high.toFixed(4)}], ` +
        `ratio ${ratio.toFixed(3)} [${interval.map((end) => end.toFixed(3)).join(', ')}]`,
    );
}

/** Figures with intervals, and what adapting gains on the others, case by case. */
function compared(values) {
  const figures = Object.fromEntries(Object.entries(values).map(([name, all]) => [name, estimate(all)]));
  const gains = PAIRS.map(([of, to]) => ({
    of,
    to,
    difference: estimateDifference(values[to], values[of]),
    ratio: figures[of].mean / figures[to].mean,
    interval: ratioInterval(values[of], values[to]),
  }));
  return { figures, gains };
}
