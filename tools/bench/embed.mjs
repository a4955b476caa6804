/**
 * Texts embedded per CPU second: Attune's text encoder against sentence-transformers, in turns, in one run.
 *
 *   npm run build && PYTHON=venv/bin/python node tools/bench/embed.mjs products.csv[.gz] [rounds = 3]
 *
 * The first argument is a CSV file with a `title` column; ATTUNE_MODEL names the model folder. Without PYTHON only our
 * side is measured. CPU seconds count every thread of a side; min and median are over rounds.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { median } from './cpu-time.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const { openTextEncoder } = require(join(here, '../../libs/inference'));
const { cleanText } = require(join(here, '../../libs/text'));

const [file, rounds = '3'] = process.argv.slice(2);
if (file === undefined) throw new Error('name a CSV file with a title column');
const bytes = readFileSync(file);
const csv = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
const texts = parse(csv, { columns: true }).map((row) => cleanText(row.title));

const rssBefore = process.memoryUsage.rss();
const encoder = await openTextEncoder(process.env.ATTUNE_MODEL ?? join(here, '../../assets/models/all-MiniLM-L6-v2'));
const rssOpened = process.memoryUsage.rss();
const vectors = await encoder.embed(texts.slice(0, 256), 'document');
const peer = process.env.PYTHON === undefined ? undefined : await startPeer(process.env.PYTHON);

const ours = [];
const theirs = [];
for (let round = 0; round < Number(rounds); round++) {
  const before = process.cpuUsage();
  await encoder.embed(texts, 'document');
  const used = process.cpuUsage(before);
  ours.push(texts.length / ((used.user + used.system) / 1e6));
  if (peer !== undefined) theirs.push(texts.length / (await peer.round()));
}
report();
peer?.stop();
await encoder.close();

async function startPeer(python) {
  const child = spawn(python, [join(here, 'embed_peer.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the peer ended early; its message is above');
    return JSON.parse(value);
  };
  child.stdin.write(`${JSON.stringify(texts)}\n`);
  const about = await next();
  const round = async () => {
    child.stdin.write('go\n');
    return (await next()).cpuSeconds;
  };
  return { ...about, round, stop: () => child.stdin.end() };
}

function report() {
  const line = (name, rates) =>
    console.log(`${name}: min ${Math.min(...rates).toFixed(0)}, median ${median(rates).toFixed(0)} texts/CPU s`);
  const mb = (n) => (n / 1e6).toFixed(0);
  console.log(`${texts.length} texts, ${rounds} rounds`);
  console.log(`attune: model opened +${mb(rssOpened - rssBefore)} MB, process ${mb(process.memoryUsage.rss())} MB RSS`);
  line(`attune (${encoder.id}, ONNX Runtime, 1 thread)`, ours);
  if (peer === undefined) return;
  line(peer.name, theirs);
  const ratios = ours.map((rate, i) => rate / theirs[i]);
  console.log(`ratio: min ${Math.min(...ratios).toFixed(2)}, median ${median(ratios).toFixed(2)}`);
  const cosines = peer.first.map((row, i) => row.reduce((sum, x, d) => sum + x * vectors[i * encoder.dims + d], 0));
  console.log(
    `cosine to the peer's vectors: min ${Math.min(...cosines).toFixed(4)}, median ${median(cosines).toFixed(4)}`,
  );
}
