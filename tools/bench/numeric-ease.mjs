// Inverse of an EASE-like matrix (Gram matrix of random sessions plus lambda). Usage:
// node tools/bench/numeric-ease.mjs [items=3800] [repeats=3]. Needs `npm run build`.
import { createRequire } from 'node:module';
import { cpus } from 'node:os';

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
for (const [name, times] of [
  ['gram', grams],
  ['invertSpd', inverses],
]) {
  const sorted = times.sort((a, b) => a - b);
  console.log(`${name}: min ${sorted[0].toFixed(2)} CPU s, median ${sorted[sorted.length >> 1].toFixed(2)} CPU s`);
}
