// Gram matrix and inverse of EASE (X^T X of random sessions plus lambda), and numpy's on one thread in the same run when
// `import scipy` works in the Python named by PYTHON (default python3). Usage:
// node tools/bench/numeric-ease.mjs [items=3800] [repeats=3]. Needs `npm run build`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

const { Csr, gram, invertSpd } = createRequire(import.meta.url)('../../libs/numeric');
const items = Number(process.argv[2] ?? 3800);
const repeats = Number(process.argv[3] ?? 3);
const users = items;
const seconds = () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;

let state = 1;
const chance = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;

const rows = [];
const cols = [];
for (let user = 0; user < users; user++)
  for (let i = 0; i < 40; i++) {
    rows.push(user);
    cols.push(Math.floor(items * chance() ** 2)); // popular items have low numbers
  }

const timed = (work) => {
  const start = seconds();
  const result = work();
  return [seconds() - start, result];
};

console.log(`${cpus()[0].model} x ${cpus().length}, node ${process.version}; ${users} users, ${items} items`);
const grams = [];
const inverses = [];
for (let i = 0; i < repeats; i++) {
  const [gramSeconds, matrix] = timed(() => gram(Csr.fromTriplets({ rows, cols }, users, items)));
  for (let j = 0; j < items; j++) matrix[j * items + j] += 100;
  grams.push(gramSeconds);
  inverses.push(timed(() => invertSpd(matrix, items))[0]);
}
const NUMPY = `
import sys, time, json, numpy as np, scipy.sparse as sp
path, users, items, repeats = sys.argv[1], *map(int, sys.argv[2:])
rows, cols = np.fromfile(path, dtype=np.int32).reshape(2, -1)
grams, inverses = [], []
for i in range(repeats):
    start = time.process_time()
    x = sp.csr_matrix((np.ones(len(rows), np.float32), (rows, cols)), shape=(users, items))
    g = (x.T @ x).toarray(); grams.append(time.process_time() - start)
    g[np.diag_indices(items)] += 100
    start = time.process_time(); np.linalg.inv(g); inverses.append(time.process_time() - start)
print(json.dumps(dict(grams=grams, inverses=inverses, version=np.__version__)))
`;

/** Seconds of numpy in f32; undefined where this Python has it not. */
function runNumpy() {
  const python = process.env.PYTHON ?? 'python3';
  if (spawnSync(python, ['-c', 'import scipy']).status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'attune-ease-'));
  try {
    const path = join(folder, 'pairs.i32');
    writeFileSync(path, Int32Array.from([...rows, ...cols]));
    const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
    const run = spawnSync(python, ['-c', NUMPY, path, users, items, repeats].map(String), { encoding: 'utf8', env });
    if (run.status !== 0) throw new Error(`numpy run failed: ${run.stderr}`);
    return JSON.parse(run.stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[sorted.length >> 1] };
}

const line = (name, { min, median }) =>
  console.log(`${name}: min ${min.toFixed(2)} CPU s, median ${median.toFixed(2)} CPU s`);
line('gram', summary(grams));
line('invertSpd', summary(inverses));
const numpy = runNumpy();
if (numpy === undefined)
  console.log('numpy: not installed for this Python (set PYTHON to one that has numpy and scipy)');
else {
  line(`numpy ${numpy.version} gram`, summary(numpy.grams));
  line(`numpy ${numpy.version} inverse`, summary(numpy.inverses));
  const whole = (a, b) => summary(a.map((seconds, i) => seconds + b[i]));
  const [ours, theirs] = [whole(grams, inverses), whole(numpy.grams, numpy.inverses)];
  const ratio = (field) => (ours[field] / theirs[field]).toFixed(2);
  console.log(`ratio to numpy, both together: min ${ratio('min')}, median ${ratio('median')}`);
}
