/**
 * Metrics and tests of @attune/evaluation against Python packages, on the same random data, in one run.
 *
 *   npm run build && node tools/bench/metrics.mjs
 *
 * Installs the packages into a throw-away environment; PYTHON names one that has them. Ends with 1 where a figure is
 * off by more than its tolerance: rounding, or, where both sides draw, what draws make likely.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { machine, ROOT } from './gateway.mjs';
import { inFolder, pythonWith } from './peer.mjs';

const {
  auc,
  averagePrecision,
  calibration,
  estimate,
  FullRanking,
  gradedNdcg,
  hitRate,
  holm,
  logLoss,
  mae,
  meanOf,
  mrr,
  ndcg,
  precision,
  randomizationTest,
  recall,
  recallOfAll,
  rmse,
  shareOf,
  signedRankTest,
  uniform,
} = createRequire(import.meta.url)(join(ROOT, 'libs', 'evaluation', 'dist'));

const PACKAGES = ['ranx==0.3.21', 'scikit-learn==1.9.1', 'scipy==1.17.1', 'statsmodels==0.15.0'];
const USERS = 2000;
const ITEMS = 300;
const SHOWN = 200;
const CUTS = [10, 100];
const LIST_METRICS = { hitRate, precision, recall, recallOfAll, map: averagePrecision, mrr, ndcg };
const ROUNDING = 1e-9;

const random = uniform(7);
const below = (n) => Math.floor(random() * n);
const many = (n, make) => Array.from({ length: n }, make);

const world = makeWorld();
const figures = measure();
const peer = await inFolder(askPeer);
report();

/** Users with a random order of the catalogue and 1 to 40 wanted items of grades 1 to 3; clicks, ratings and pairs. */
function makeWorld() {
  const users = many(USERS, () => {
    const luck = many(ITEMS, random);
    const ranked = [...luck.keys()].sort((a, b) => luck[b] - luck[a]);
    const grades = Object.fromEntries(many(1 + below(40), () => [`i${below(ITEMS)}`, 1 + below(3)]));
    return { ids: ranked.slice(0, SHOWN).map((row) => `i${row}`), grades, ranked, ties: many(ITEMS, () => below(20)) };
  });
  // What is shown by a fair model that is too sure of itself.
  const probabilities = many(5000, random);
  const labels = probabilities.map((p) => (random() < 0.2 + 0.6 * p ? 1 : 0));
  const actual = many(5000, () => 1 + below(5));
  const before = many(500, () => below(6) / 5);
  return {
    cuts: CUTS,
    users,
    clicks: { probabilities, coarse: probabilities.map((p) => Math.round(p * 20) / 20), labels },
    ratings: { actual, predicted: actual.map((value) => value + 2 * random() - 1) },
    pairs: { before, after: before.map((value) => value + (below(7) - 2.7) / 10) },
    shares: [81, 263, 1, 29, 0, 20],
    p: [0.04, 0.01, 0.5, 0.03, 0.012],
  };
}

function bounds({ low, high }) {
  return [low, high];
}

/** Name, values and tolerance of each figure. */
function measure() {
  const { users, clicks, ratings, pairs, shares, p } = world;
  const wanted = users.map(({ grades }) => new Set(Object.keys(grades)));
  const gains = users.map(({ grades }) => new Map(Object.entries(grades)));
  const names = CUTS.flatMap((k) => Object.keys(LIST_METRICS).map((name) => ({ name, k })));
  const ofLists = () => names.map(({ name, k }) => users.map(({ ids }, u) => LIST_METRICS[name](ids, wanted[u], k)));
  ofLists();
  const startedAt = process.cpuUsage();
  const lists = ofLists();
  const { user, system } = process.cpuUsage(startedAt);
  const full = rankFully();
  const bins = calibration(clicks.probabilities, clicks.labels);
  const signed = signedRankTest(pairs.before, pairs.after);
  const { low, high } = estimate(ratings.predicted);
  return {
    cpuSeconds: (user + system) / 1e6,
    rows: [
      ...names.map(({ name, k }, i) => [`${name}@${k}`, lists[i]]),
      ...names.map(({ name, k }) => [`${name}@${k}, full ranking`, full.distinct.values(`${name}@${k}`)]),
      ...CUTS.map((k) => [`graded NDCG@${k}`, users.map(({ ids }, u) => gradedNdcg(ids, gains[u], k))]),
      ['AUC by user, ties', full.tied.values('auc')],
      ['AUC of clicks', [auc(clicks.probabilities, clicks.labels), auc(clicks.coarse, clicks.labels)]],
      ['log loss', [logLoss(clicks.probabilities, clicks.labels)]],
      ['calibration error', [bins.error]],
      ['reliability bins', bins.bins.flatMap(({ predicted, observed }) => [predicted, observed])],
      ['RMSE, MAE', [rmse(ratings.predicted, ratings.actual), mae(ratings.predicted, ratings.actual)]],
      ['Wilson intervals', [0, 2, 4].flatMap((i) => bounds(shareOf(shares[i], shares[i + 1]))), 1e-6],
      ['signed-rank z without its sign, p', [Math.abs(signed.z), signed.p]],
      ['Holm', holm(p)],
      ['randomization test p', [randomizationTest(pairs.before, pairs.after, { permutations: 100_000 })], 0.005],
      ['bootstrap interval', [low, high], 0.005],
    ],
  };
}

/** All items ranked by scores that differ, and by scores of 20 values. */
function rankFully() {
  const distinct = new FullRanking(ITEMS, CUTS);
  const tied = new FullRanking(ITEMS, CUTS);
  for (const { ranked, ties, grades } of world.users) {
    const wanted = Object.keys(grades).map((id) => Number(id.slice(1)));
    const scores = new Float32Array(ITEMS);
    ranked.forEach((row, place) => (scores[row] = -place));
    distinct.add({ scores, wanted });
    tied.add({ scores: Float32Array.from(ties), wanted });
  }
  return { distinct, tied };
}

function askPeer(folder) {
  const options = { input: JSON.stringify(world), encoding: 'utf8', maxBuffer: 2 ** 30 };
  const script = join(ROOT, 'tools', 'bench', 'metrics_peer.py');
  return JSON.parse(ran(spawnSync(pythonWith(PACKAGES, folder), [script], options)));
}

function ran({ status, error, stdout, stderr }) {
  if (status !== 0) throw error ?? new Error(stderr);
  return stdout;
}

function report() {
  console.log(`${USERS} users, ${ITEMS} items; ${machine()}; ${peer.versions.join(', ')}`);
  console.log('| figure | values | mean, Attune | mean, peer | largest difference |\n|---|---|---|---|---|');
  for (const [name, ours, tolerance = ROUNDING] of figures.rows) {
    const theirs = peer.figures[name];
    const gaps = ours.map((value, i) => Math.abs(value - theirs[i]));
    const largest = gaps.reduce((most, gap) => (gap > most ? gap : most), 0);
    const wrong = theirs.length !== ours.length || gaps.some((gap) => !(gap <= tolerance));
    if (wrong) process.exitCode = 1;
    const means = [ours, theirs].map((values) => meanOf(values).toFixed(6)).join(' | ');
    console.log(`| ${name} | ${ours.length} | ${means} | ${largest.toExponential(1)}${wrong ? ' **off**' : ''} |`);
  }
  const [ours, theirs] = [figures.cpuSeconds, peer.cpuSeconds].map((value) => value.toFixed(3));
  console.log(
    `\n${Object.keys(LIST_METRICS).length * CUTS.length} list metrics: ${ours} CPU s; ranx, once compiled, ${theirs}`,
  );
}
