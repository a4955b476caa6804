// When a graph of neighbors pays: all vectors compared (`flat`) against `int8_hnsw` with its candidates compared again, for
// catalogues of several sizes, in Elasticsearch by itself. CPU is that of its process; searches one after the other.
//   export $(npm run --silent services:up)
//   node tools/bench/neighbors-on-services.mjs [--items 4000,25000,50000] [--dims 384] [--searches 600]
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { machine, quantile } from './gateway.mjs';
import { servicesLine } from './on-services.mjs';

const { values: options } = parseArgs({
  options: {
    items: { type: 'string', default: '4000,25000,50000' },
    dims: { type: 'string', default: '384' },
    searches: { type: 'string', default: '600' },
  },
});
const [dims, searches] = [Number(options.dims), Number(options.searches)];
const url = process.env.ELASTICSEARCH_URL;
if (!url) throw new Error('no ELASTICSEARCH_URL: export $(npm run --silent services:up)');
const INDEX = `bench-neighbors-${process.pid}`;
const BATCH = 500;
/** The server looks at its own CPU time once a second. */
const STATS_MS = 1_100;

console.log(`neighbors by comparing all and by a graph, ${dims} dims; ${machine()}, ${await servicesLine(url)}`);
console.log('   items  kind       write ms CPU  k=100: ms CPU  p50 ms  recall@10  k=300: ms CPU  p50 ms  recall@10');
try {
  for (const items of options.items.split(',').map(Number)) {
    const vectors = clustered(items);
    const nearest = [];
    for (const type of ['flat', 'int8_hnsw']) {
      const write = await cpuOf(() => fill(type, vectors), items);
      const columns = [];
      for (const k of [100, 300]) {
        await search(vectors, k, Math.ceil(searches / 2));
        let found;
        const cpu = await cpuOf(async () => (found = await search(vectors, k, searches)), searches);
        // Those of `flat`, which come first, are all there are.
        nearest[k] ??= found.tens;
        const same = found.tens.flatMap((ten, n) => ten.filter((id) => nearest[k][n].includes(id)));
        const recall = same.length / found.tens.flat().length;
        columns.push(
          `${cpu.toFixed(2).padStart(13)} ${quantile(found.took, 0.5).toFixed(1).padStart(7)} ${recall.toFixed(3).padStart(10)}`,
        );
      }
      console.log(
        `${String(items).padStart(8)}  ${type.padEnd(10)} ${write.toFixed(2).padStart(12)} ${columns.join(' ')}`,
      );
    }
  }
} finally {
  await ask('DELETE', INDEX);
}

async function ask(method, path, body, type = 'application/json') {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(`${url}/${path}`, { method, headers: { 'content-type': type }, body: text });
  if (!answer.ok && method !== 'DELETE') throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return await answer.json();
}

async function fill(type, vectors) {
  await ask('DELETE', INDEX);
  const near = { type: 'dense_vector', dims, similarity: 'max_inner_product', index_options: { type } };
  const settings = { number_of_shards: 1, number_of_replicas: 0 };
  await ask('PUT', INDEX, { settings, mappings: { properties: { near } } });
  for (let from = 0; from < vectors.length; from += BATCH) {
    const rows = vectors.slice(from, from + BATCH).flatMap((vector, i) => [
      { index: { _id: `i${from + i}` } }, //
      { near: [...vector] },
    ]);
    const body = `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;
    await ask('POST', `${INDEX}/_bulk?filter_path=errors`, body, 'application/x-ndjson');
  }
  await ask('POST', `${INDEX}/_refresh`);
}

async function search(vectors, k, times) {
  const [took, tens] = [[], []];
  for (let n = 0; n < times; n++) {
    const knn = { field: 'near', query_vector: [...vectors[(n * 7) % vectors.length]], k, num_candidates: 2 * k };
    const startedAt = performance.now();
    const found = await ask('POST', `${INDEX}/_search?filter_path=hits.hits._id`, {
      size: k,
      _source: false,
      knn: { ...knn, rescore_vector: { oversample: 2 } },
    });
    took.push(performance.now() - startedAt);
    tens.push(found.hits.hits.slice(0, 10).map(({ _id }) => _id));
  }
  return { took, tens };
}

/** Milliseconds of the server's CPU that each of so many took. */
async function cpuOf(work, count) {
  const total = async () => {
    await pause(STATS_MS);
    const { nodes } = await ask('GET', '_nodes/stats/process');
    return Object.values(nodes).reduce((sum, { process }) => sum + process.cpu.total_in_millis, 0);
  };
  const before = await total();
  await work();
  return ((await total()) - before) / count;
}

/** Vectors of length 1 around two hundred centers, the same in every run. */
function clustered(count) {
  let seed = 1;
  const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
  const centers = Array.from({ length: 200 }, () => Float32Array.from({ length: dims }, normal));
  return Array.from({ length: count }, () => {
    const vector = centers[Math.floor(random() * centers.length)].map((x) => x + 0.8 * normal());
    const length = Math.hypot(...vector);
    return vector.map((x) => x / length);
  });
}
