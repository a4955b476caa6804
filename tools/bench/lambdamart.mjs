/**
 * LambdaMART against LightGBM's lambdarank on synthetic ranking data: CPU seconds of training, binning included, in
 * turns in one run, and NDCG@10 on test groups of the same world, at the same parameters.
 *
 *   npm run build && node tools/bench/lambdamart.mjs [rows = 200000] [columns = 20] [rounds = 3]
 *
 * LightGBM is installed into an environment that is removed afterwards; PYTHON names an interpreter that has it. 100 trees of 31 leaves; groups of 50 to 150 rows, grades 0 to 4; 4 % of
 * the numbers are missing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { median } from './cpu-time.mjs';
import { inFolder, machine, startPeer } from './peer.mjs';

const { fitLambdaMart, treeScores } = createRequire(import.meta.url)('../../libs/algorithms');
const PACKAGES = ['lightgbm==4.7.0'];
const [rows, columns, rounds] = [200_000, 20, 3].map((usual, i) => Number(process.argv[2 + i] ?? usual));
const TREES = 100;
const LEAVES = 31;
const GRADES = 5;

const random = chance(1);
const train = world(rows, random);
const test = world(rows / 4, random);
await inFolder(async (folder) => {
  const peer = await startPeer('lambdamart_peer.py', { packages: PACKAGES, folder });
  await peer.ask(setUp(folder));
  const ours = [];
  const theirs = [];
  let scores;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    const model = fitLambdaMart(train, { trees: TREES, leaves: LEAVES, random: chance(7) });
    const used = process.cpuUsage(before);
    ours.push((used.user + used.system) / 1e6);
    scores = treeScores(model, test.features);
    theirs.push((await peer.ask({})).cpuSeconds);
  }
  peer.stop();
  const answered = readFileSync(join(folder, 'scores.f32'));
  const peerScores = new Float32Array(answered.buffer, answered.byteOffset, answered.length / 4);
  report({ name: 'attune', seconds: ours, scores }, { name: peer.name, seconds: theirs, scores: peerScores });
});

/** Numbers of which a few matter, also together, and grades by the five fifths of what they say with noise. */
function world(count, random) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const features = Float32Array.from({ length: count * columns }, (_, i) => {
    const value = normal();
    return i % 3 === 1 ? Math.round(2 * value) : value;
  });
  const at = (row, column) => features[row * columns + (column % columns)];
  const worth = Float64Array.from({ length: count }, (_, row) => {
    const together = at(row, 0) * at(row, 1) + Math.sin(2 * at(row, 2)) + (at(row, 3) > 0.5 ? at(row, 4) : 0);
    return together + 0.5 * at(row, 5) + Math.abs(at(row, 6)) + 1.5 * normal();
  });
  const sorted = worth.slice().sort();
  const limits = Array.from({ length: GRADES - 1 }, (_, g) => sorted[Math.floor((count * (g + 1)) / GRADES)]);
  const grades = Float32Array.from(worth, (value) => limits.filter((limit) => value >= limit).length);
  const groups = [0];
  while (groups.at(-1) < count) groups.push(Math.min(count, groups.at(-1) + 50 + Math.floor(random() * 101)));
  for (let i = 0; i < features.length; i++) if (random() < 0.04) features[i] = NaN;
  return { features, columns, grades, groups: Int32Array.from(groups) };
}

/** Writes the data where the peer reads them; what it is told first. */
function setUp(folder) {
  const save = (name, array) => writeFileSync(join(folder, name), new Uint8Array(array.buffer));
  save('train.f32', train.features);
  save('test.f32', test.features);
  save('grades.f32', train.grades);
  save('groups.i32', train.groups);
  const params = { objective: 'lambdarank', num_leaves: LEAVES, learning_rate: 0.1, num_threads: 1, verbosity: -1 };
  return { folder, columns, params, trees: TREES };
}

function report(ours, theirs) {
  console.log(`${machine()}; ${rows} rows, ${columns} columns`);
  for (const { name, seconds, scores } of [ours, theirs])
    console.log(
      `${name}: min ${Math.min(...seconds).toFixed(2)}, median ${median(seconds).toFixed(2)} CPU s, ` +
        `NDCG@10 ${meanNdcg(test, scores).toFixed(4)}`,
    );
  const ratios = ours.seconds.map((seconds, i) => seconds / theirs.seconds[i]);
  console.log(`ratio: min ${Math.min(...ratios).toFixed(2)}, median ${median(ratios).toFixed(2)}`);
}

/** Mean NDCG@10 over groups, gains 2^grade − 1. */
function meanNdcg({ grades, groups }, scores) {
  const dcg = (list) => list.slice(0, 10).reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
  let sum = 0;
  for (let g = 0; g + 1 < groups.length; g++) {
    const of = Array.from(grades.subarray(groups[g], groups[g + 1]), (grade, i) => ({ grade, at: groups[g] + i }));
    const best = dcg(of.map(({ grade }) => grade).sort((a, b) => b - a));
    const order = of.sort((a, b) => scores[b.at] - scores[a.at]).map(({ grade }) => grade);
    sum += best === 0 ? 1 : dcg(order) / best;
  }
  return sum / (groups.length - 1);
}

function chance(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
