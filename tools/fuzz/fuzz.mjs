// Drives a server from its own OpenAPI document: sound, nearly sound and hostile requests, every answer checked against
// the document, every slate against what slates promise. It writes and deletes: not for a server whose data matter.
//   node tools/fuzz/fuzz.mjs [--url http://127.0.0.1:3000] [--minutes 5 | --requests 1000] [--seed 1] [--connections 4]
//     [--slow-seconds 15] [--until PATTERN]
// Without --url it starts a server on the demo shop, in a temporary folder. Prints what was sent and answered, and each
// violation with a command that repeats it; exits with 1 where there is one. An answer that takes longer than
// --slow-seconds is a violation. At the end it empties the catalogue; --until ends it with the first violation that fits.
import { parseArgs } from 'node:util';
import { startGateway } from '../bench/gateway.mjs';
import { faultsOf } from './answer-checks.mjs';
import { Client } from './client.mjs';
import { readDocument } from './document.mjs';
import { HEAVY, heavyRequest } from './heavy.mjs';
import { Probes } from './probes.mjs';
import { Random } from './random.mjs';
import { Report } from './report.mjs';
import { RequestMaker } from './requests.mjs';
import { Shop } from './shop.mjs';

/** Requests between two quiet moments. */
const ROUND = 200;

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    minutes: { type: 'string', default: '5' },
    requests: { type: 'string' },
    seed: { type: 'string', default: '1' },
    connections: { type: 'string', default: '4' },
    'slow-seconds': { type: 'string', default: '15' },
    until: { type: 'string' },
  },
});

const server = options.url === undefined ? await startGateway() : { url: options.url, stop: () => undefined };
const random = new Random(Number(options.seed));
const slowMs = Number(options['slow-seconds']) * 1000;
const client = new Client(server.url, Number(options.connections), 4 * slowMs);
const document = await readDocument(server.url);
const shop = new Shop();
const maker = new RequestMaker(document, { random, known: shop.known() });
const report = new Report();
const probes = new Probes({ document, make: (operation) => maker.of(operation, 'sound'), ask });
const lanes = Number(options.connections);
const endAt = performance.now() + (options.requests === undefined ? Number(options.minutes) * 60_000 : Infinity);
let left = Number(options.requests ?? Infinity);

console.log(`${server.url}: ${document.operations.length} calls, seed ${options.seed}`);
try {
  for (let round = 0; !isOver(); round++) {
    await shop.restore(client);
    await Promise.all(Array.from({ length: lanes }, () => wild(ROUND / lanes)));
    if (isFound()) break;
    await heavy(round);
    if (await isQuiet()) for (const { fault, request } of await probes.round()) note(request, fault);
    progress(round);
  }
  if (!isFound()) await ending();
} catch (error) {
  report.fault('the driver', error.message, error.stack);
}
for (const line of report.lines()) console.log(line);
client.close();
await server.stop();
process.exitCode = report.faults > 0 ? 1 : 0;

/** Sends a request and checks the answer on its own. */
async function ask(request) {
  const answer = await client.send(request);
  report.count(request, answer);
  for (const fault of faultsOf(request, answer, { document, slowMs })) note(request, fault);
  shop.learn(answer.json, request.value);
  return answer;
}

async function wild(count) {
  for (let i = 0; i < count && !isOver(); i++) {
    left -= 1;
    await ask(maker.next());
  }
}

function isOver() {
  return left <= 0 || performance.now() >= endAt || isFound();
}

/** Whether what it is run for was found. */
function isFound() {
  return options.until !== undefined && report.has(new RegExp(options.until));
}

/** The large requests in turn, one every other round. */
async function heavy(round) {
  if (round % 2 === 1) return;
  const one = HEAVY[(round / 2) % HEAVY.length];
  const { status, error } = await ask(heavyRequest(one, document.operations));
  if (status !== one.status && !(one.mayBreakOff && error)) note(one, `${status} where ${one.status} is right`);
}

/** Takes everything away, in two steps: what is left is shown, and then nothing is. */
async function ending() {
  const send = (id, path, type, body) => {
    const operation = document.operations.find((one) => one.id === id);
    const headers = { 'x-request-id': `ending-${id}`, 'content-type': type };
    return ask({
      operation,
      kind: 'ending',
      method: operation.method,
      path,
      headers,
      body,
      value: type === 'application/json' ? JSON.parse(body) : undefined,
    });
  };
  await send('syncItems', '/v1/items/sync?maxRetiredShare=1', 'application/x-ndjson', shop.feed());
  if (await isQuiet()) for (const { fault, request } of await probes.round()) note(request, fault);
  await send('deleteItems', '/v1/items/delete', 'application/json', JSON.stringify({ filter: {}, confirm: 'all' }));
  for (const surface of ['home', 'search', 'item']) {
    const body = JSON.stringify({ surface, userId: '17850', query: 'lunch box', itemIds: ['22551'] });
    const { json } = await send('recommend', '/v1/recommendations', 'application/json', body);
    if (json?.items?.length !== 0) report.fault('recommend', 'something is shown where nothing is left', body);
  }
}

/** Whether nothing works in the background any more, within some minutes: models and vectors change what is shown. */
async function isQuiet() {
  for (let tries = 0; tries < 1_500; tries++) {
    const { jobs } = await client.call('GET', '/v1/jobs?limit=1000');
    if (jobs.every(({ state }) => state !== 'waiting' && state !== 'active')) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

function note(request, fault) {
  report.fault(request.operation?.id ?? `${request.method} ${request.path}`, fault, client.curlOf(request));
}

function progress(round) {
  const remaining =
    options.requests === undefined ? `${Math.max(0, Math.round((endAt - performance.now()) / 1000))} s` : left;
  const line = `${report.line}, ${remaining} left`;
  if (process.stderr.isTTY) process.stderr.write(`\r${line} `);
  else if (round % 20 === 0) process.stderr.write(`${line}\n`);
}
