/**
 * CPU seconds to fit a biased matrix factorization: Attune's SVD and SVD++ against scikit-surprise's, in turns, in one
 * run on the same ratings.
 *
 *   npm run build && node tools/bench/svd.mjs [ratings = 994000] [rounds = 3] [svd|svdpp]
 *
 * scikit-surprise is installed from its registry into an environment that is removed afterwards; PYTHON names one that
 * has it. Ratings are drawn from a seed: users and items of the number MovieLens-1M has, with planted factors. RMSE is
 * of ratings left out of the fit. The peer's SVD++ takes time by the square of a user's ratings: ask for fewer.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { median } from './cpu-time.mjs';
import { inFolder, machine, startPeer } from './peer.mjs';

const { factorPredictor, fitSvd, fitSvdPlusPlus } = createRequire(import.meta.url)('../../libs/algorithms');
const PACKAGES = ['scikit-surprise==1.1.5'];

const [count = '994000', rounds = '3', model = 'svd'] = process.argv.slice(2);
const userCount = 6040;
const itemCount = 3706;
const random = chance(1);
const { train, test } = drawRatings(Number(count));
const fits = { svd: () => fitSvd(train, { random }), svdpp: () => fitSvdPlusPlus(train, { random }) };

await inFolder(async (folder) => {
  save(folder);
  const peer = await startPeer('svd_peer.py', { packages: PACKAGES, folder, args: [folder, model] });
  const ours = [];
  const theirs = [];
  for (let round = 0; round < Number(rounds); round++) {
    ours.push(fitOnce());
    theirs.push(await peer.ask({}));
  }
  report(peer, ours, theirs);
  peer.stop();
});

/** Uniform in [0, 1): a multiplicative sequence of 2^31 - 1 (Park and Miller 1988). */
function chance(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** A tenth for test. Popular items have low numbers; pairs are distinct. */
function drawRatings(wanted) {
  const factors = (rows) => Float32Array.from({ length: rows * 4 }, () => 2 * random() - 1);
  const [users, items] = [factors(userCount), factors(itemCount)];
  const pairs = new Set();
  while (pairs.size < wanted / 0.9)
    pairs.add(Math.floor(userCount * random() ** 1.5) * itemCount + Math.floor(itemCount * random() ** 2));
  const rows = [...pairs]
    .sort((a, b) => a - b)
    .map((pair) => {
      const [user, item] = [Math.floor(pair / itemCount), pair % itemCount];
      let value = 3.5 + 1.5 * (random() - 0.5);
      for (let d = 0; d < 4; d++) value += users[user * 4 + d] * items[item * 4 + d];
      return [user, item, Math.min(5, Math.max(1, Math.round(value)))];
    });
  const inTest = rows.map(() => random() < 0.1);
  const columns = (part) => ({
    users: Int32Array.from(part, ([user]) => user),
    items: Int32Array.from(part, ([, item]) => item),
    values: Float32Array.from(part, ([, , value]) => value),
    userCount,
    itemCount,
    scale: [1, 5],
  });
  return { train: columns(rows.filter((_, k) => !inTest[k])), test: columns(rows.filter((_, k) => inTest[k])) };
}

function fitOnce() {
  const before = process.cpuUsage();
  const fitted = fits[model]();
  const { user, system } = process.cpuUsage(before);
  const { predict } = factorPredictor(fitted);
  const squares = test.values.reduce((sum, value, k) => sum + (predict(test.users[k], test.items[k]) - value) ** 2, 0);
  return { cpuSeconds: (user + system) / 1e6, rmse: Math.sqrt(squares / test.values.length) };
}

function save(folder) {
  for (const [name, { users, items, values }] of Object.entries({ train, test }))
    writeFileSync(
      join(folder, name),
      values.reduce((lines, value, k) => `${lines}${users[k]},${items[k]},${value}\n`, ''),
    );
}

function report(peer, ours, theirs) {
  console.log(`${machine()}; ${model}, ${rounds} rounds`);
  console.log(
    `${train.values.length} ratings of ${userCount} users and ${itemCount} items, ${test.values.length} for test`,
  );
  const line = (name, fitted) => {
    const seconds = fitted.map(({ cpuSeconds }) => cpuSeconds);
    const times = `min ${Math.min(...seconds).toFixed(2)}, median ${median(seconds).toFixed(2)} CPU s`;
    console.log(`${name}: ${times}; RMSE ${median(fitted.map(({ rmse }) => rmse)).toFixed(4)}`);
  };
  line('attune', ours);
  line(peer.name, theirs);
  const ratios = ours.map(({ cpuSeconds }, i) => cpuSeconds / theirs[i].cpuSeconds);
  console.log(`ratio attune / peer: min ${Math.min(...ratios).toFixed(2)}, median ${median(ratios).toFixed(2)}`);
}
