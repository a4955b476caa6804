// NDCG@10 of /v1/search over graded judgements (TSV files `<name>.queries.tsv` and `<name>.qrels.tsv`), beside a
// vector-only run of the same server.
//   node tools/bench/search.mjs --judgements <folder>/online-retail-2011
//   node tools/bench/search.mjs --judgements <folder>/zh-litemall --items <folder>/products.jsonl.gz
// Without `--items` the bundled demo shop is searched. Items are JSON, one a line: id, title, brief, category, price,
// attributes.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { jobEnded, machine, ROOT, startGateway } from './gateway.mjs';
import { mean, meanInterval } from './intervals.mjs';
import { ndcg, readJudgements } from './judgements.mjs';
import { askedAgain, whole } from './whole.mjs';

const { values: options } = parseArgs({
  options: { judgements: { type: 'string' }, items: { type: 'string' }, verbose: { type: 'boolean' } },
});
if (options.judgements === undefined) throw new Error('name the judgements: --judgements <folder>/<name>');
const { queries, gradesOf } = readJudgements(options.judgements);

const config = mkdtempSync(join(tmpdir(), 'attune-config-'));
cpSync(join(ROOT, 'config'), config, { recursive: true });
// The vector-only twin: the same surface with nothing but meaning, in the space of the query's language.
writeFileSync(
  join(config, 'surfaces', 'search-by-vectors.yaml'),
  `surface: search-by-vectors
retrieve: [{ use: content-knn, limit: 300 }]
filter: [{ use: where }, { use: availability }, { use: seen }]
score: [{ use: content-similarity }]
rank: { use: weighted, config: { content-similarity: 1 } }
`,
);
const environment = { ATTUNE_CONFIG: join(config, 'attune.config.yaml'), ...(options.items && { ATTUNE_DEMO: 'off' }) };
const gateway = await startGateway(environment, { quiet: false });
if (options.items !== undefined) {
  const { jobId } = await gateway.call('POST', '/v1/items', { items: readItems(options.items) });
  await jobEnded(gateway, jobId);
}
const idsOf = ({ items }) => items.map(({ id }) => id);
const perQuery = { search: [], vectors: [] };
for (const [qid, query] of queries) {
  const judged = gradesOf(qid);
  const found = await whole(() => gateway.call('POST', '/v1/search', { query, limit: 10 }));
  const byVectors = { surface: 'search-by-vectors', query, limit: 10, seen: 'include' };
  const twin = await whole(() => gateway.call('POST', '/v1/recommendations', byVectors));
  perQuery.search.push(ndcg(idsOf(found), judged));
  perQuery.vectors.push(ndcg(idsOf(twin), judged));
  if (options.verbose)
    console.log(`${query}\t${perQuery.search.at(-1).toFixed(3)}\t${perQuery.vectors.at(-1).toFixed(3)}`);
}
await gateway.stop();
rmSync(config, { recursive: true });

const differences = perQuery.search.map((value, i) => value - perQuery.vectors[i]);
const [low, high] = meanInterval(differences);
console.log(`search, ${queries.length} queries of ${options.judgements.split('/').at(-1)}; ${machine()}`);
console.log(`NDCG@10 search ${mean(perQuery.search).toFixed(4)}, vectors only ${mean(perQuery.vectors).toFixed(4)}`);
console.log(`asked again for want of time: ${askedAgain} of ${2 * queries.length}`);
console.log(`difference ${mean(differences).toFixed(4)} [95 % interval ${low.toFixed(3)}, ${high.toFixed(3)}]`);

function readItems(file) {
  const bytes = readFileSync(file);
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trim().split('\n');
  return lines.map((line) => {
    const { id, title, brief, category, price, attributes } = JSON.parse(line);
    return {
      id,
      title,
      ...(brief && { description: brief }),
      categories: category,
      attributes,
      price: { amount: price, currency: 'CNY' },
    };
  });
}
