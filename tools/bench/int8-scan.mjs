import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { summary, timed } from './cpu-time.mjs';
import { clustered } from './made-data.mjs';

const { KnnIndex, topK } = createRequire(import.meta.url)('../../libs/numeric');
const QUERIES = 30;
const K = 10;

/**
 * A query of 100,000 × 384: by int8 with all that could be best scored again, and all in float32; and how many of the best
 * ten the codes alone would find.
 */
export function comparedScan() {
  const many = clustered(100_000, 384);
  const [index, float, coded] = [indexOf(many), floatScan(many), codedScan(many)];
  const [int8, float32] = [[], []];
  let [found, foundByCodes] = [0, 0];
  for (let q = 0; q < QUERIES; q++) {
    const query = many.row(q * 997);
    const ours = timed(() => index.search(query, K));
    const exact = timed(() => topK(float(query), K));
    found += shared(ours.result.rows, exact.result);
    foundByCodes += shared(topK(coded(query), K), exact.result);
    // The first has the engine's compiler in it.
    if (q === 0) continue;
    int8.push(ours.ms);
    float32.push(exact.ms);
  }
  const recall = (of) => of / (QUERIES * K);
  const [ours, theirs] = [summary(int8), summary(float32)];
  const ratio = ours.median / theirs.median;
  return { int8: ours, float32: theirs, ratio, recall: recall(found), codesOnly: recall(foundByCodes) };
}

export function indexOf({ count, dims, row }) {
  const index = new KnnIndex(dims);
  for (let i = 0; i < count; i++) index.upsert(i, row(i));
  return index;
}

/** A scan of vectors that lie in WebAssembly memory already, four rows at a time. */
function floatScan({ data, count, dims }) {
  const [at, room] = [65_536, data.byteLength + (count + dims) * 4];
  const memory = new WebAssembly.Memory({ initial: Math.ceil((at + room) / 65_536) });
  const module = new WebAssembly.Module(readFileSync(new URL('../../libs/numeric/dist/kernels.wasm', import.meta.url)));
  const { multiplyRows } = new WebAssembly.Instance(module, { env: { memory, abort: () => {} } }).exports;
  const [query, out] = [at + data.byteLength, at + data.byteLength + dims * 4];
  new Float32Array(memory.buffer, at, data.length).set(data);
  return (vector) => {
    new Float32Array(memory.buffer, query, dims).set(vector);
    multiplyRows(at, count, dims, query, out);
    return new Float32Array(memory.buffer, out, count);
  };
}

/** Products with rows that are rounded to int8, each by its largest number. */
function codedScan({ data, count, dims }) {
  const codes = new Int8Array(count * dims);
  const scales = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    let most = 0;
    for (let i = row * dims; i < (row + 1) * dims; i++) most = Math.max(most, Math.abs(data[i]));
    scales[row] = most / 127;
    for (let i = row * dims; i < (row + 1) * dims; i++) codes[i] = Math.round(data[i] / scales[row]);
  }
  return (query) =>
    scales.map((scale, row) => {
      let sum = 0;
      for (let i = 0; i < dims; i++) sum += codes[row * dims + i] * query[i];
      return sum * scale;
    });
}

function shared(rows, others) {
  return rows.filter((row) => others.includes(row)).length;
}
