/**
 * RMSE on users whom models of ratings were learned without: the first half of a user's ratings by time is folded in, the
 * rest is predicted, by SVD, by neighbors and by mean and biases, with the options of the trainers.
 *
 *   npm run build && node tools/bench/rating-fold-in.mjs RATINGS
 *
 * RATINGS has a heading and, in columns by tabs, user, item, rating and time; it may be zipped (.gz). 300 users drawn by a
 * seed are learned from and never asked: damping was chosen on them. The others are asked in five parts, each by models
 * of all ratings but that part's. Intervals are 95 % bootstrap over users.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { ratioInterval } from './intervals.mjs';

const need = createRequire(import.meta.url);
const { fitRatingKnn, fitSvd, foldInBaseline, foldInRatingKnn, foldInSvd, shuffled } = need('../../libs/algorithms');
const { uniform } = need('../../libs/evaluation');

const PARTS = 5;
const CHOSEN_ON = 300;
const SVD = { dims: 50, epochs: 50, rate: 0.005, penalty: 0.08 };
const KNN = { neighbors: 40, userPenalty: 15, damping: 0.3 };
const FORM = { of: 'item', kind: 'baseline', similarity: 'pearson-baseline', mostSimilar: 500 };

const { users, itemCount } = readRatings(process.argv[2]);
const drawn = shuffled(Int32Array.from(users.keys()), uniform(7));
const asked = [...drawn].slice(CHOSEN_ON);
const found = Array.from({ length: PARTS }, (_, part) => {
  const left = new Set(asked.filter((_, k) => k % PARTS === part));
  const predictors = learn([...users.keys()].filter((user) => !left.has(user)));
  return [...left].map((user) => errorsOf(users[user], predictors));
}).flat();
report(found);

/** Each user's ratings, oldest first. */
function readRatings(file) {
  if (file === undefined) throw new Error('name a file of ratings: node tools/bench/rating-fold-in.mjs RATINGS');
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  const rows = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));
  rows.sort((a, b) => Number(a[3]) - Number(b[3]));
  const items = new Map();
  const byUser = new Map();
  for (const [user, item, value] of rows) {
    if (!items.has(item)) items.set(item, items.size);
    if (!byUser.has(user)) byUser.set(user, []);
    byUser.get(user).push({ row: items.get(item), value: Number(value) });
  }
  return { users: [...byUser.values()], itemCount: items.size };
}

/** What is predicted of somebody's items, by what is folded in; of models of some users. */
function learn(of) {
  const rows = of.flatMap((user, place) => users[user].map((rating) => ({ place, ...rating })));
  const ratings = {
    users: Int32Array.from(rows, ({ place }) => place),
    items: Int32Array.from(rows, ({ row }) => row),
    values: Float32Array.from(rows, ({ value }) => value),
    userCount: of.length,
    itemCount,
    scale: rows.reduce(
      ([low, high], { value }) => [Math.min(low, value), Math.max(high, value)],
      [Infinity, -Infinity],
    ),
  };
  const { base, similarities } = fitRatingKnn(ratings, FORM);
  const known = { mean: base.mean, biases: base.items, similarities };
  // As the trainer does: in units of the standard deviation.
  const unit = deviationOf(ratings.values);
  const values = ratings.values.map((value) => value / unit);
  const scaled = { ...ratings, values, scale: ratings.scale.map((value) => Math.fround(value / unit)) };
  const { baseline, items, dims } = fitSvd(scaled, { ...SVD, random: uniform(1) });
  const svd = { mean: baseline.mean, biases: baseline.items, factors: items, dims };
  const inUnits = ({ rows: own, values: given }) => ({ rows: own, values: given.map((value) => value / unit) });
  const clipped = (ratingOf) => (item) => Math.min(ratings.scale[1], Math.max(ratings.scale[0], ratingOf(item)));
  return {
    'mean and biases': (own) => {
      const bias = foldInBaseline(known, KNN.userPenalty, own);
      return clipped((item) => known.mean + bias + known.biases[item]);
    },
    'knn-baseline': (own) => clipped(foldInRatingKnn(known, KNN, own)),
    'knn-baseline without damping': (own) => clipped(foldInRatingKnn(known, { ...KNN, damping: 0 }, own)),
    svd: (own) => {
      const ratingOf = foldInSvd(svd, SVD, inUnits(own));
      return clipped((item) => unit * ratingOf(item));
    },
  };
}

function deviationOf(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Sums of squared errors by model on the second half of a user's ratings. */
function errorsOf(ratings, predictors) {
  const half = Math.floor(ratings.length / 2);
  const [before, after] = [ratings.slice(0, half), ratings.slice(half)];
  const own = { rows: before.map(({ row }) => row), values: before.map(({ value }) => value) };
  const squares = Object.entries(predictors).map(([name, foldIn]) => {
    const ratingOf = foldIn(own);
    return [name, after.reduce((sum, { row, value }) => sum + (ratingOf(row) - value) ** 2, 0)];
  });
  return { count: after.length, ...Object.fromEntries(squares) };
}

function report(perUser) {
  const column = (name) => perUser.map((one) => one[name]);
  const total = (values) => values.reduce((sum, value) => sum + value, 0);
  const told = (of, to) => {
    const interval = ratioInterval(of, to).map((value) => Math.sqrt(value).toFixed(4));
    return `${Math.sqrt(total(of) / total(to)).toFixed(4)} [${interval.join(', ')}]`;
  };
  console.log(`${perUser.length} users, ${total(column('count'))} ratings predicted`);
  for (const name of Object.keys(perUser[0]).filter((key) => key !== 'count'))
    console.log(
      `${name}: RMSE ${told(column(name), column('count'))}, of that of biases ${told(column(name), column('mean and biases'))}`,
    );
}
