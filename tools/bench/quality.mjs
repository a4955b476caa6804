/**
 * Quality of the models on public data, by the protocols that papers use, beside the figures of other libraries.
 *
 *   npm run bench:quality -- rating|strong|next-item|next-basket|search|clicks [--data FOLDER] [--minutes N a data set] [--only NAME] [--json]
 *
 * FOLDER holds the splits, which are not ours to pass on (default ../shared/data/splits), beside the judgements of search
 * (../search-silver), MovieLens 100K with its fields (../ml-100k) and, if there is one, a cross-encoder (../../models). The
 * shop of next-basket is the demo's. Options are chosen on validation; the figures are of the test. Figures of the others were measured on the same files, or published (docs/evaluation/models.md).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RUNS } from './quality-runs.mjs';

const root = join(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: join(root, '../shared/data/splits') },
    minutes: { type: 'string' },
    only: { type: 'string' },
    models: { type: 'string' },
    trials: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [protocol] = positionals;
const runs = RUNS[protocol]?.filter(({ data }) => values.only === undefined || data.startsWith(values.only));
if (runs === undefined || runs.length === 0) {
  console.error(`name one of ${Object.keys(RUNS).join(', ')}; --only takes the beginning of a file's name`);
  process.exit(2);
}
const say = (line) => (values.json ? console.error(line) : console.log(line));
say(`${cpus()[0].model} x ${cpus().length}, node ${process.version}`);

const results = runs.map((run) => ({ ...run, result: evaluate(run) }));
if (values.json) console.log(JSON.stringify({ protocol, node: process.version, cpu: cpus()[0].model, results }));

function evaluate({ data, minutes, bars, ...run }) {
  const files = inputsOf({ data, ...run });
  const digest = createHash('sha256');
  for (const file of files) digest.update(readFileSync(file));
  const budget = values.minutes ?? String(minutes);
  say(`\n${data} (sha256 ${digest.digest('hex').slice(0, 12)}…), ${budget} minutes`);
  const given = { models: values.models ?? run.models, trials: values.trials };
  const optional = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  const args = [
    'evaluate',
    '--protocol',
    protocol,
    '--input',
    ...files,
    '--budget-minutes',
    budget,
    '--json',
    ...optional,
    ...(run.args ?? []),
  ];
  const pairModel = run.pairModel && join(values.data, run.pairModel);
  if (pairModel !== undefined && existsSync(pairModel)) args.push('--pair-model', pairModel);
  const ran = spawnSync(process.execPath, [join(root, 'bin/attune.mjs'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
  });
  if (ran.status !== 0) process.exit(ran.status ?? 1);
  const result = JSON.parse(ran.stdout);
  for (const metric of Object.keys(bars)) sayMetric(metric, bars[metric], result);
  return result;
}

/** Files of a run: those of the folder, the one of its name where none is named, and those made of the demo shop. */
function inputsOf({ data, files = [data], made = {} }) {
  const found = files.map((file) => join(values.data, file));
  const missing = found.find((file) => !existsSync(file));
  if (missing !== undefined) {
    console.error(`${missing} is missing: name the folder of the splits with --data`);
    process.exit(2);
  }
  const names = Object.keys(made);
  if (names.length === 0) return found;
  const folder = mkdtempSync(join(tmpdir(), 'attune-quality-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  return [
    ...found,
    ...names.map((name) => {
      made[name](join(folder, name), values.data);
      return join(folder, name);
    }),
  ];
}

function sayMetric(metric, { others, bar, beside, goal }, { models, chosen, comparisons }) {
  const aims = Object.entries({ 'best of others': others, bar, beside, goal }).filter(([, aim]) => aim !== undefined);
  say(`  ${metric}: ${aims.map(([name, aim]) => `${name} ${aim}`).join(', ')}`);
  for (const { name, validation, test, intervals, cpuSeconds } of models) {
    const [low, high] = intervals.test[metric];
    const figures = `${test[metric].toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`;
    say(
      `    ${name.padEnd(14)} ${figures}  validation ${validation[metric].toFixed(4)}  ${cpuSeconds.toFixed(0).padStart(5)} CPU s${name === chosen ? '  chosen' : ''}`,
    );
  }
  const { difference } = comparisons.find((one) => one.metric === metric && one.model === beside) ?? {};
  if (difference !== undefined) {
    const [mean, low, high] = [difference.mean, difference.low, difference.high].map((value) => value.toFixed(4));
    say(`    ${chosen} - ${beside}: ${mean} [${low}, ${high}]`);
  }
}
