/**
 * How time and memory of iALS grow with its data: at 1x, 4x and 16x, the last 10 M interactions of 1 M users with 200 k
 * items, made from a seed. Each size has a process of its own.
 *
 *   npm run build && node tools/bench/ials-scale.mjs [dims = 64] [iterations = 3] [scales = 1,4,16]
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = fileURLToPath(import.meta.url);
const [dims = '64', iterations = '3', scales = '1,4,16', scale] = process.argv.slice(2);
const FULL = 16;

if (scale === undefined) compareScales();
else console.log(JSON.stringify(measured(Number(scale) / FULL)));

function compareScales() {
  console.log(
    `${cpus()[0].model} x ${cpus().length}, node ${process.version}; dims ${dims}, 3 conjugate gradient steps`,
  );
  const first = {};
  for (const one of scales.split(',')) {
    const child = spawnSync(process.execPath, [path, dims, iterations, scales, one], { encoding: 'utf8' });
    if (child.status !== 0) throw new Error(child.stderr);
    const found = JSON.parse(child.stdout);
    const growth = (name) =>
      `${found[name].toFixed(2)} (x ${(found[name] / (first[name] ??= found[name])).toFixed(1)})`;
    console.log(
      `${one}x: ${found.pairs} pairs, ${found.users} users, ${found.items} items: CPU s an iteration, min ` +
        `${growth('least')}, median ${growth('median')}; data ${found.made.toFixed(1)} CPU s; all ` +
        `${found.all.toFixed(1)} CPU s; most memory ${growth('gigabytes')} GB; loss ${found.losses.join(' > ')}`,
    );
  }
}

function measured(share) {
  const { fitIals } = createRequire(import.meta.url)(join(dirname(path), '../../libs/algorithms'));
  const start = cpuSeconds();
  const matrix = madeMatrix(Math.round(1e6 * share), Math.round(2e5 * share));
  const made = cpuSeconds() - start;
  const marks = [];
  // A round begins where all rows of those before are done, which may be reported several times.
  const progress = (done) => {
    if (done === marks.length * (matrix.rows + matrix.cols)) marks.push(cpuSeconds());
  };
  // What a user does not have weighs twice what he has.
  const penalty = { lambda: 0.01, alpha0: 20 / matrix.cols, nu: 1 };
  const options = { dims: Number(dims), steps: 3, iterations: Number(iterations), ...penalty };
  const { losses } = fitIals(matrix, { ...options, random: chance(42), progress });
  const seconds = marks.slice(1).map((mark, i) => mark - marks[i]);
  const sorted = seconds.sort((a, b) => a - b);
  return {
    pairs: matrix.entries,
    users: matrix.rows,
    items: matrix.cols,
    least: sorted[0],
    median: sorted[sorted.length >> 1],
    made,
    all: cpuSeconds() - start,
    gigabytes: process.resourceUsage().maxRSS / 1e6,
    losses: losses.map((loss) => Math.round(loss)),
  };
}

/** Ten items a user, between 1 and 19, of one of 50 tastes that like popular items in an order of their own. */
function madeMatrix(users, items) {
  const { Csr } = createRequire(import.meta.url)(join(dirname(path), '../../libs/numeric'));
  const random = chance(1);
  const indptr = new Int32Array(users + 1);
  const indices = new Int32Array(users * 19);
  let end = 0;
  for (let user = 0; user < users; user++) {
    const taste = Math.floor(50 * random());
    const owned = new Set();
    for (let left = 1 + Math.floor(19 * random()); left > 0; left--) {
      const rank = Math.floor(items * random() ** 3);
      owned.add(random() < 0.7 ? (rank * 50 + taste) % items : rank);
    }
    indices.set(
      [...owned].sort((a, b) => a - b),
      end,
    );
    indptr[user + 1] = end += owned.size;
  }
  const values = new Float32Array(end).fill(1);
  return Csr.fromArrays({ rows: users, cols: items }, { indptr, indices: indices.slice(0, end), values });
}

function chance(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
