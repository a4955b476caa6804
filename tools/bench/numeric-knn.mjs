// One exact nearest-neighbor query over 100,000 x 384 (k 100): our index, and faiss IndexFlatIP in the same run when
// `import faiss` works in the Python named by PYTHON (default python3). Usage: node tools/bench/numeric-knn.mjs [rows]
// Needs `npm run build`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

const { KnnIndex } = createRequire(import.meta.url)('../../libs/numeric');
const rows = Number(process.argv[2] ?? 100_000);
const dims = 384;
const k = 100;
const queries = 100;
const seconds = () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;

let state = 1;
const chance = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;

/** Unit vectors around 500 centers. */
function clustered(count) {
  const centers = Float32Array.from({ length: 500 * dims }, chance);
  const data = new Float32Array(count * dims);
  for (let row = 0; row < count; row++) {
    const center = Math.floor((chance() + 0.5) * 500) * dims;
    let squares = 0;
    for (let i = 0; i < dims; i++) squares += (data[row * dims + i] = centers[center + i] + 1.2 * chance()) ** 2;
    for (let i = 0; i < dims; i++) data[row * dims + i] /= Math.sqrt(squares);
  }
  return data;
}

const data = clustered(rows + queries);
const row = (i) => data.subarray(i * dims, (i + 1) * dims);

function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[sorted.length >> 1] };
}

function runOurs() {
  const before = seconds();
  const index = new KnnIndex(dims);
  for (let i = 0; i < rows; i++) index.upsert(i, row(i));
  const build = seconds() - before;
  for (let i = 0; i < 20; i++) index.search(row(rows + i), k);
  const seen = index.rescored;
  const cpu = seconds();
  const times = [];
  const found = [];
  for (let i = 0; i < queries; i++) {
    const start = performance.now();
    const result = index.search(row(rows + i), k);
    times.push(performance.now() - start);
    found.push(result.rows);
  }
  const cpuMs = ((seconds() - cpu) * 1000) / queries;
  const rescored = (index.rescored - seen) / queries;
  return { ...summary(times), cpuMs, found, rescored, build, megabytes: index.byteLength / 2 ** 20 };
}

const FAISS = `
import sys, time, json, numpy as np, faiss
path, rows, queries, dims, k = sys.argv[1], *map(int, sys.argv[2:])
data = np.fromfile(path, dtype=np.float32).reshape(rows + queries, dims)
index = faiss.IndexFlatIP(dims); index.add(data[:rows])
for i in range(20): index.search(data[rows + i:rows + i + 1], k)
times, found, cpu = [], [], time.process_time()
for i in range(queries):
    start = time.perf_counter(); d, ids = index.search(data[rows + i:rows + i + 1], k)
    times.append((time.perf_counter() - start) * 1000); found.append(ids[0].tolist())
cpu = (time.process_time() - cpu) * 1000 / queries
print(json.dumps(dict(times=times, cpuMs=cpu, found=found, version=faiss.__version__)))
`;

function runFaiss() {
  const python = process.env.PYTHON ?? 'python3';
  if (spawnSync(python, ['-c', 'import faiss']).status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'attune-knn-'));
  try {
    const path = join(folder, 'vectors.f32');
    writeFileSync(path, data);
    const args = ['-c', FAISS, path, rows, queries, dims, k].map(String);
    const run = spawnSync(python, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
    if (run.status !== 0) throw new Error(`faiss run failed: ${run.stderr}`);
    const result = JSON.parse(run.stdout);
    return { ...result, ...summary(result.times) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const line = (name, r) =>
  console.log(
    `${name}: min ${r.min.toFixed(2)} ms, median ${r.median.toFixed(2)} ms, CPU ${r.cpuMs.toFixed(2)} ms/query`,
  );
console.log(
  `${cpus()[0].model} x ${cpus().length}, node ${process.version}; ${rows} x ${dims}, k ${k}, ${queries} queries`,
);
const ours = runOurs();
line('KnnIndex', ours);
console.log(
  `  built in ${ours.build.toFixed(2)} CPU s, ${ours.megabytes.toFixed(0)} MB, ${ours.rescored.toFixed(0)} rows rescored beyond k`,
);
const faiss = runFaiss();
if (faiss === undefined) console.log('faiss: not installed for this Python (set PYTHON to one that has faiss-cpu)');
else {
  line(`faiss ${faiss.version} IndexFlatIP`, faiss);
  const same = faiss.found.map((ids, i) => ids.filter((id) => ours.found[i].includes(id)).length / k);
  console.log(`recall against faiss: ${(same.reduce((a, b) => a + b) / queries).toFixed(4)}`);
  const ratio = (field) => (ours[field] / faiss[field]).toFixed(2);
  console.log(`ratio KnnIndex / faiss: min ${ratio('min')}, median ${ratio('median')}, CPU ${ratio('cpuMs')}`);
}
