/**
 * CPU time of each kernel of libs/numeric in WebAssembly and in the plain TypeScript that stands in for it, in turns,
 * and how far their results are apart; then the int8 scan beside one of the same vectors in float32, and iALS by
 * threads.
 *
 *   npm run build && node tools/bench/kernels.mjs [rounds = 7] [--json]
 */
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { cpuMs, show, summary, timed } from './cpu-time.mjs';
import { comparedScan, indexOf } from './int8-scan.mjs';
import { chance, clustered, floats, identity, madeSquare, sparse } from './made-data.mjs';

const require = createRequire(import.meta.url);
const {
  gram,
  invertSpd,
  openFactorPair,
  openRatingDescent,
  rowProducts,
  solveRow,
  topK,
} = require('../../libs/numeric');
const { fitIals } = require('../../libs/algorithms');

const args = process.argv.slice(2).filter((arg) => arg !== '--json');
const json = process.argv.includes('--json');
const rounds = Number(args[0] ?? 7);

const DIMS = 64;
const matrix = sparse(6000, 1500, 240_000);
const factors = floats(1500 * DIMS, 2);
const square = madeSquare(700);
const vectors = clustered(20_000, 384);

/** Each makes what a round repeats: from nothing to numbers that both kinds must agree on. */
const kernels = {
  'dot: 6,000 rows × 64 by a vector, 20 times': () => {
    const [rows, vector] = [floats(6000 * DIMS, 3), floats(DIMS, 4)];
    return repeated(20, () => rowProducts(rows, vector));
  },
  'Gram accumulation: 6,000 rows × 64': () => {
    const pair = pairOf(DIMS);
    pair.write('rows', floats(6000 * DIMS, 5));
    return () => pair.gram('rows', 1);
  },
  'Cholesky: 6,000 rows × 64, 240,000 entries': () => solving(0),
  'CG, 3 steps: the same rows': () => solving(3),
  'fold-in: one row of 40 entries × 64, Cholesky, 50 times': () => {
    const { indices, values } = matrix.row(0);
    const system = { factors, gram: identity(DIMS), dims: DIMS };
    return repeated(50, () => solveRow(system, { indices, values }, 1));
  },
  'inverse: 700 × 700 (EASE)': () => () => {
    const copy = square.slice();
    invertSpd(copy, 700);
    return copy;
  },
  'int8 scan and top-k: 20,000 × 384, k 10, 5 times': () => {
    const index = indexOf(vectors);
    return repeated(5, (i) => index.search(vectors.row(i * 7), 10).scores);
  },
  'top-k: 10 of 100,000 scores, 20 times': () => {
    const scores = floats(100_000, 8);
    return repeated(20, () => Float32Array.from(topK(scores, 10)));
  },
  'sparse product: XᵀX of 6,000 × 1,500, 240,000 entries': () => () => gram(matrix),
  'rating descent: one round of 240,000 ratings × 64': () => {
    const descent = openRatingDescent(matrix, DIMS, { mean: 0.5, rate: 0.005, penalty: 0.02, gain: 1 });
    const { width } = descent;
    return () => {
      for (let i = 0; i < 1500; i++) descent.items.set(factors.subarray(i * DIMS, (i + 1) * DIMS), i * width);
      descent.factor.set(factors.subarray(0, DIMS));
      for (let user = 0; user < 6000; user++) descent.learn(user, 0);
      return descent.items.slice(0, 1500 * DIMS);
    };
  },
};

const { version } = require('assemblyscript/package.json');
const machine = `${cpus()[0].model} x ${cpus().length}, node ${process.version}, assemblyscript ${version}`;
const load = loadavg()[0];
if (!json) console.log(`${machine}; load ${load.toFixed(1)}; ${rounds} rounds, CPU ms`);
const report = {
  machine,
  load,
  rounds,
  kernels: Object.entries(kernels).map(([name, make]) => told(compared(name, make))),
  scan: toldScan(comparedScan()),
  threads: [1, 2].map((threads) => toldThreads(fittedBy(threads))),
};
if (json) console.log(JSON.stringify(report));

function compared(name, make) {
  const [fast, plain] = [make(), withoutWebAssembly(make)];
  const times = { wasm: [], plain: [] };
  let [ours, theirs] = [];
  // The first round has the engine's compiler in it.
  for (let round = 0; round <= rounds; round++) {
    const a = timed(fast);
    const b = withoutWebAssembly(() => timed(plain));
    [ours, theirs] = [a.result, b.result];
    if (round === 0) continue;
    times.wasm.push(a.ms);
    times.plain.push(b.ms);
  }
  const [wasm, inPlain] = [summary(times.wasm), summary(times.plain)];
  return { name, wasm, plain: inPlain, ratio: wasm.median / inPlain.median, difference: relative(ours, theirs) };
}

function told(line) {
  const { name, wasm, plain, ratio, difference } = line;
  if (!json)
    console.log(
      `${name}: WebAssembly ${show(wasm)}; plain ${show(plain)}; ratio ${ratio.toFixed(2)}; ` +
        `difference ${difference.toExponential(0)}`,
    );
  return line;
}

function toldScan(found) {
  const { int8, float32, ratio, recall, codesOnly } = found;
  if (!json)
    console.log(
      `100,000 × 384, k 10: int8 scan, re-scored ${show(int8)}; float32 scan ${show(float32)}; ` +
        `ratio ${ratio.toFixed(2)}; recall@10 ${recall.toFixed(3)}, of the codes alone ${codesOnly.toFixed(3)}`,
    );
  return found;
}

function fittedBy(threads) {
  const data = sparse(12_000, 6_000, 1_000_000);
  const [cpu, wall] = [[], []];
  let start;
  const progress = (done) => {
    if (done % (12_000 + 6_000) !== 0 || done === start?.done) return;
    if (start !== undefined) {
      cpu.push(cpuMs() - start.cpu);
      wall.push(performance.now() - start.at);
    }
    start = { done, cpu: cpuMs(), at: performance.now() };
  };
  const options = { dims: DIMS, steps: 3, lambda: 5, alpha0: 1, nu: 0, random: chance(9), iterations: rounds, threads };
  fitIals(data, { ...options, progress });
  return { threads, cpu: summary(cpu.slice(1)), wall: summary(wall.slice(1)) };
}

function toldThreads(fitted) {
  const { threads, cpu, wall } = fitted;
  if (!json)
    console.log(`iALS, an iteration, 1 M pairs, dims 64, ${threads} threads: CPU ${show(cpu)}; wall ${show(wall)}`);
  return fitted;
}

function solving(steps) {
  const pair = pairOf(DIMS);
  pair.write('columns', factors);
  pair.gram('columns', 0.1);
  const piece = { first: 0, offsets: matrix.indptr, indices: matrix.indices, values: matrix.values };
  const [start, ridges] = [floats(6000 * DIMS, 6), new Float32Array(6000).fill(1)];
  return () => {
    pair.write('rows', start);
    pair.solve('rows', { ...piece, ridges }, steps);
    return pair.read('rows');
  };
}

function pairOf(dims) {
  return openFactorPair({ rows: 6000, columns: 1500, dims });
}

/** The result of the last of so many calls. */
function repeated(times, work) {
  return () => {
    let result;
    for (let i = 0; i < times; i++) result = work(i);
    return result;
  };
}

function withoutWebAssembly(work) {
  const own = globalThis.WebAssembly;
  globalThis.WebAssembly = undefined;
  try {
    return work();
  } finally {
    globalThis.WebAssembly = own;
  }
}

/** Norm of the difference over the norm. */
function relative(actual, expected) {
  let [difference, norm] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference += (actual[i] - expected[i]) ** 2;
    norm += expected[i] ** 2;
  }
  return Math.sqrt(difference / norm);
}
