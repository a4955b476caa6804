// NDCG@10 of /v1/search over graded judgements (TSV files `<name>.queries.tsv` and `<name>.qrels.tsv`), beside a
// vector-only run of the same server.
//   node tools/bench/search.mjs --judgements <folder>/online-retail-2011
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, ROOT, startGateway } from './gateway.mjs';

const { values: options } = parseArgs({ options: { judgements: { type: 'string' } } });
if (options.judgements === undefined) throw new Error('name the judgements: --judgements <folder>/<name>');
const tsv = (file) => readFileSync(file, 'utf8').trim().split('\n').slice(1).map((line) => line.split('\t'));
const queries = tsv(`${options.judgements}.queries.tsv`);
const grades = new Map();
for (const [qid, product, grade] of tsv(`${options.judgements}.qrels.tsv`)) {
  if (!grades.has(qid)) grades.set(qid, new Map());
  grades.get(qid).set(product, Number(grade));
}

const config = mkdtempSync(join(tmpdir(), 'attune-config-'));
cpSync(join(ROOT, 'config'), config, { recursive: true });
// The vector-only twin: the same surface with nothing but meaning.
writeFileSync(
  join(config, 'surfaces', 'vectors.yaml'),
  `surface: vectors
retrieve: [{ use: content-knn, limit: 300 }]
filter: [{ use: where }, { use: availability }, { use: seen }]
score: [{ use: content-similarity }]
rank: { use: weighted, config: { content-similarity: 1 } }
`,
);
const gateway = await startGateway({ ATTUNE_CONFIG: join(config, 'attune.config.yaml') }, { quiet: false });
const perQuery = { search: [], vectors: [] };
for (const [qid, query] of queries) {
  const judged = grades.get(qid) ?? new Map();
  const found = await gateway.call('POST', '/v1/search', { query, limit: 10 });
  const twin = await gateway.call('POST', '/v1/recommendations', { surface: 'vectors', query, limit: 10, seen: 'include' });
  perQuery.search.push(ndcg(found.items, judged));
  perQuery.vectors.push(ndcg(twin.items, judged));
}
await gateway.stop();
rmSync(config, { recursive: true });

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const differences = perQuery.search.map((value, i) => value - perQuery.vectors[i]);
const [low, high] = interval(differences);
console.log(`search, ${queries.length} queries of ${options.judgements.split('/').at(-1)}; ${machine()}`);
console.log(`NDCG@10 search ${mean(perQuery.search).toFixed(4)}, vectors only ${mean(perQuery.vectors).toFixed(4)}`);
console.log(`difference ${mean(differences).toFixed(4)} [95 % interval ${low.toFixed(3)}, ${high.toFixed(3)}]`);

/** Gain 2^grade − 1, ideal over all judged products. */
function ndcg(items, judged) {
  const dcg = (list) => list.reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
  const ideal = [...judged.values()].sort((a, b) => b - a).slice(0, 10);
  return dcg(items.map(({ id }) => judged.get(id) ?? 0)) / dcg(ideal);
}

function interval(values) {
  let state = 42;
  const random = () => ((state = (state * 1664525 + 1013904223) >>> 0) / 4294967296);
  const means = Array.from({ length: 2000 }, () => mean(values.map(() => values[Math.floor(random() * values.length)]))).sort((a, b) => a - b);
  return [means[50], means[1949]];
}
