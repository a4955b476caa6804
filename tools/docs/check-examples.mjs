// Checks the YAML of the guides: members and ranges by their schemas, plugins and their options by the plugins.
//   node tools/docs/check-examples.mjs
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const ROOT = join(fileURLToPath(import.meta.url), '..', '..', '..');
const load = createRequire(import.meta.url);
const { BUILT_IN_PLUGINS } = load(join(ROOT, 'libs/plugins/dist/index.js'));
const { pipelineSchema } = load(join(ROOT, 'libs/engine/dist/index.js'));
const { configSchema } = load(join(ROOT, 'libs/server/dist/config/config.schema.js'));

const KINDS = {
  retrieve: 'retriever',
  filter: 'filter',
  score: 'scorer',
  rank: 'ranker',
  rerank: 'reranker',
  explain: 'explainer',
  train: 'trainer',
};
const SCHEMAS = [pipelineSchema.partial(), configSchema.partial()];

const faults = [];
let checked = 0;
for (const file of readdirSync(join(ROOT, 'docs', 'guides')).filter((name) => name.endsWith('.md'))) {
  const guide = readFileSync(join(ROOT, 'docs', 'guides', file), 'utf8');
  const own = new Set([...guide.matchAll(/\bid: '([a-z-]+)'/g)].map(([, id]) => id));
  for (const [, text] of guide.matchAll(/^```yaml\n([\s\S]*?)^```/gm)) {
    for (const fault of faultsOf(parse(text), own)) faults.push(`${file}: ${fault}`);
  }
}
console.log(`${checked} examples, ${faults.length} faults`);
for (const fault of faults) console.log(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

/** What is wrong with one example; nothing where it is neither a pipeline nor a configuration. */
function faultsOf(example, own) {
  const keys = Object.keys(Object(example));
  const schema = SCHEMAS.find(({ shape }) => keys.length > 0 && keys.every((key) => key in shape));
  if (schema === undefined) return [];
  checked += 1;
  const issues = schema.safeParse(example).error?.issues ?? [];
  return [
    ...issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    ...Object.entries(KINDS).flatMap(([key, kind]) =>
      [example[key] ?? []].flat().flatMap((step) => stepFaults(kind, step, own)),
    ),
  ];
}

function stepFaults(kind, { use, config }, own) {
  if (own.has(use)) return [];
  const plugin = BUILT_IN_PLUGINS.find((one) => one.kind === kind && one.id === use);
  if (plugin === undefined) return [`there is no ${kind} '${use}'`];
  const issues = plugin.config.safeParse(config ?? {}).error?.issues ?? [];
  return issues.map(({ path, message }) => `${use}: ${path.join('.')}: ${message}`);
}
