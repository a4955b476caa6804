/**
 * CPU seconds of an iALS iteration, and of a fold-in with the best ten items, on one thread: ours against implicit (C++),
 * in turns, in one run.
 *
 *   npm run build && node tools/bench/ials.mjs pairs.csv[.gz] [rounds = 3]
 *
 * The file has columns `user` and `item`, and may have `part` or `split`, of which `train` counts. Without one, as many
 * pairs as MovieLens 1M has are made from a seed. implicit is installed into a virtual environment that is removed
 * afterwards; PYTHON names an interpreter that has it already.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { median } from './cpu-time.mjs';
import { inFolder, machine, startPeer } from './peer.mjs';

const require = createRequire(import.meta.url);
const { fitIals, ialsInterests } = require('../../libs/algorithms');
const { Csr, topK } = require('../../libs/numeric');

const PACKAGES = ['implicit==0.7.3'];
const ITERATIONS = 6;
const USERS = 1000;
const [file, rounds = '3'] = process.argv.slice(2);

const pairs = file === undefined ? madePairs() : readPairs(file);
const [users, items] = [pairs.rows, pairs.cols].map((rows) => rows.reduce((most, row) => Math.max(most, row), 0) + 1);
const matrix = Csr.fromTriplets(pairs, users, items);
await inFolder(async (folder) => {
  const path = join(folder, 'pairs.i32');
  writeFileSync(path, Int32Array.from([...pairs.rows, ...pairs.cols]));
  await compare(await startPeer('ials_peer.py', { packages: PACKAGES, folder, args: [path] }));
});

async function compare(peer) {
  console.log(`${machine()}; peer: ${peer.name}`);
  console.log(`${matrix.entries} pairs, ${users} users, ${items} items; ${rounds} rounds of ${ITERATIONS} iterations`);
  for (const dims of [64, 128])
    for (const solver of ['cg', 'cholesky']) {
      const [ours, theirs, folds, peerFolds] = [[], [], [], []];
      for (let round = 0; round < Number(rounds); round++) {
        const { seconds, foldIn } = measured(dims, solver);
        const answer = await peer.ask({ dims, cg: solver === 'cg', iterations: ITERATIONS, users: USERS });
        // The first iteration has the engine's compiler in it.
        ours.push(...seconds.slice(1));
        theirs.push(...answer.iterations.slice(1));
        folds.push(foldIn);
        peerFolds.push(answer.foldIn);
      }
      report(`iteration, dims ${dims}, ${solver}`, ours, theirs);
      if (solver === 'cg') report(`fold-in and top 10, dims ${dims}`, folds, peerFolds);
    }
  peer.stop();
}

function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** CPU seconds of each iteration, and of a fold-in. */
function measured(dims, solver) {
  const marks = [];
  // A round begins where all rows of those before are done, which may be reported several times.
  const progress = (done) => {
    if (done === marks.length * (users + items)) marks.push(cpuSeconds());
  };
  // implicit's penalty of 5 a row, its confidence of 2 a pair.
  const options = { dims, solver, steps: 3, iterations: ITERATIONS, lambda: 5, alpha0: 1, nu: 0, random: chance(42) };
  const model = fitIals(matrix, { ...options, progress });
  const before = cpuSeconds();
  for (let user = 0; user < USERS; user++) {
    const { indices, values } = matrix.row(user % users);
    topK(ialsInterests(model, options, { rows: indices, weights: values }), 10);
  }
  const foldIn = (cpuSeconds() - before) / USERS;
  return { seconds: marks.slice(1).map((mark, i) => mark - marks[i]), foldIn };
}

function report(name, ours, theirs) {
  const text = (values) => `min ${show(Math.min(...values))}, median ${show(median(values))}`;
  const ratio = (of) => (of(ours) / of(theirs)).toFixed(2);
  const ratios = `min ${ratio((values) => Math.min(...values))}, median ${ratio(median)}`;
  console.log(`${name}: ours ${text(ours)}; implicit ${text(theirs)}; ratio ${ratios}`);
}

function show(seconds) {
  return seconds < 0.01 ? `${(seconds * 1000).toFixed(3)} CPU ms` : `${seconds.toFixed(3)} CPU s`;
}

function readPairs(path) {
  const bytes = readFileSync(path);
  const records = parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), { columns: true });
  const kept = records.filter((record) => (record.part ?? record.split ?? 'train') === 'train');
  const [userRows, itemRows] = [new Map(), new Map()];
  const rowOf = (rows, id) => rows.get(id) ?? (rows.set(id, rows.size), rows.size - 1);
  return {
    rows: kept.map(({ user }) => rowOf(userRows, user)),
    cols: kept.map(({ item }) => rowOf(itemRows, item)),
  };
}

/** 6,040 users and 3,416 items of very unequal activity and popularity. */
function madePairs() {
  const random = chance(1);
  const pairs = new Set();
  while (pairs.size < 987_000) pairs.add(Math.floor(6040 * random() ** 2) * 3416 + Math.floor(3416 * random() ** 2));
  return { rows: Array.from(pairs, (pair) => Math.floor(pair / 3416)), cols: Array.from(pairs, (pair) => pair % 3416) };
}

function chance(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
