// Latency and cost of suggestions on the demo shop at a fixed rate: what customers type, letter by letter, on the way to
// titles of the catalogue, one word in five with a typo. Arrivals are random (Poisson) and never wait for answers; a
// suggestion's time counts from when it was due. The load comes from a second process on the same machine.
//   node tools/bench/suggest.mjs [--seconds 20] [--rate 30] [--data <folder of a started demo>]
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, quantile, ROOT, startGateway } from './gateway.mjs';

const { readDemoEvents, readDemoItems } = createRequire(import.meta.url)(join(ROOT, 'libs', 'demo', 'dist'));
const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    rate: { type: 'string', default: '30' },
    data: { type: 'string' },
  },
});
const SHOP = join(ROOT, 'assets', 'online-retail-2011');
const users = [...new Set(readDemoEvents(SHOP, { lastDay: new Date() }).map(({ userId }) => userId))];
const prefixes = typed(readDemoItems(SHOP).map(({ title }) => title));
const gateway = await startGateway({}, { folder: options.data, quiet: options.data !== undefined });
console.log(`suggestions on the demo, ${prefixes.length} prefixes, ${users.length} customers in turn; ${machine()}`);
// A server that has been up for a while: past queries are read, and its code is compiled.
await load(100, 10);

console.log('| load | suggestions/s | p50 ms | p99 ms | max ms | CPU ms each | answered |');
console.log('|---|---|---|---|---|---|---|');
row(`${options.rate}/s`, await load(Number(options.rate), Number(options.seconds)));
row('200/s', await load(200, Math.min(Number(options.seconds), 10)));
// What the machine and HTTP alone cost at the same rate: a call that does nothing.
row(`${options.rate}/s of GET /health/live`, await load(Number(options.rate), Number(options.seconds), alive));
await gateway.stop();

/** Asks at a rate for some seconds. CPU counts the server's whole process. */
async function load(rate, duration, call = ask) {
  const cpuBefore = gateway.cpuSeconds();
  const startedAt = performance.now();
  let turn = Math.floor(Math.random() * users.length);
  const asked = [];
  for (let due = startedAt; due < startedAt + duration * 1000; due += (-Math.log(1 - Math.random()) * 1000) / rate) {
    const wait = due - performance.now();
    if (wait > 0.5) await new Promise((resolve) => setTimeout(resolve, wait));
    asked.push(call(prefixes[turn % prefixes.length], users[turn++ % users.length], due));
  }
  const answers = await Promise.all(asked);
  const cpuMs = ((gateway.cpuSeconds() - cpuBefore) * 1000) / answers.length;
  const of = (share) =>
    quantile(
      answers.map(({ ms }) => ms),
      share,
    );
  const answered = answers.filter(({ found }) => found > 0).length / answers.length;
  const perSecond = answers.length / ((performance.now() - startedAt) / 1000);
  return { rate: perSecond, p50: of(0.5), p99: of(0.99), max: of(1), cpuMs, answered };
}

async function ask(q, userId, due) {
  const { suggestions } = await gateway.call('GET', `/v1/suggest?${new URLSearchParams({ q, userId })}`);
  return { ms: performance.now() - Math.min(due, performance.now()), found: suggestions.length };
}

async function alive(_q, _userId, due) {
  await gateway.call('GET', '/health/live');
  return { ms: performance.now() - Math.min(due, performance.now()), found: 1 };
}

/** Every prefix of the first two words of some titles, from the first letter on; one word in five has two letters swapped. */
function typed(titles) {
  const words = (title) => title.split(' ').slice(0, 2);
  const mistyped = (word, i) => (i % 5 === 0 && word.length > 4 ? word[0] + word[2] + word[1] + word.slice(3) : word);
  const phrases = titles
    .filter((_, i) => i % 17 === 0)
    .map((title, i) =>
      words(title)
        .map((word) => mistyped(word, i))
        .join(' '),
    );
  return phrases.flatMap((phrase) => Array.from({ length: phrase.length }, (_, end) => phrase.slice(0, end + 1)));
}

function row(name, { rate, p50, p99, max, cpuMs, answered }) {
  const numbers = [rate.toFixed(1), p50.toFixed(1), p99.toFixed(1), max.toFixed(1), cpuMs.toFixed(2)];
  console.log(`| ${name} | ${numbers.join(' | ')} | ${(answered * 100).toFixed(0)} % |`);
}
