// Latency and cost of suggestions on the demo shop at a fixed rate: what customers type, letter by letter, on the way to
// titles of the catalogue, one word in five with a typo. How load is made: paced-load.mjs.
//   node tools/bench/suggest.mjs [--seconds 20] [--rate 30] [--data <folder of a started demo>]
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, ROOT, startGateway } from './gateway.mjs';
import { loadHead, loadRow, pacedLoad } from './paced-load.mjs';

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

console.log(loadHead('suggestions', 'answered'));
row(`${options.rate}/s`, await load(Number(options.rate), Number(options.seconds)));
row('200/s', await load(200, Math.min(Number(options.seconds), 10)));
// What the machine and HTTP alone cost at the same rate: a call that does nothing.
row(`${options.rate}/s of GET /health/live`, await load(Number(options.rate), Number(options.seconds), alive));
await gateway.stop();

async function load(rate, duration, call = ask) {
  const run = await pacedLoad(gateway, { rate, seconds: duration, call });
  const answered = run.answers.filter((found) => found > 0).length / run.answers.length;
  return { ...run, answered };
}

async function ask(turn) {
  const [q, userId] = [prefixes[turn % prefixes.length], users[turn % users.length]];
  const { suggestions } = await gateway.call('GET', `/v1/suggest?${new URLSearchParams({ q, userId })}`);
  return suggestions.length;
}

async function alive() {
  await gateway.call('GET', '/health/live');
  return 1;
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

function row(name, run) {
  console.log(loadRow(name, run, `${(run.answered * 100).toFixed(0)} %`));
}
