// Durable events a second on Elasticsearch and Redis, in batches of 5,000 to one gateway; then how soon an event that one
// gateway acknowledges is in the user's next slate at another.
//   export $(npm run --silent services:up)
//   node tools/bench/events-on-services.mjs [--batches 20] [--lanes 2] [--visits 400]
import { parseArgs } from 'node:util';
import { eventBatch, ROWS } from './event-batches.mjs';
import { inParallel, machine, quantile } from './gateway.mjs';
import { onServices, servicesLine } from './on-services.mjs';

const { values: options } = parseArgs({
  options: {
    batches: { type: 'string', default: '20' },
    lanes: { type: 'string', default: '2' },
    visits: { type: 'string', default: '400' },
  },
});
const ITEMS = 1000;
const shared = onServices();
const batch = (b) => eventBatch(b, { items: ITEMS, since: Date.now() - 3_600_000, stepMs: 10 });
try {
  const variables = { ATTUNE_DEMO: 'off', ATTUNE_ROLE: 'gateway' };
  const [a, b] = [await shared.gateway(variables), await shared.gateway(variables)];
  console.log(`events on services; ${machine()}, ${await servicesLine(shared.elasticsearch)}`);
  await events(a);
  await nextSlates(a, b);
} finally {
  await shared.close();
}

async function events(gateway) {
  const batches = Array.from({ length: Number(options.batches) }, (_, n) => batch(n));
  await gateway.call('POST', '/v1/events', batch(-1));
  const cpuBefore = gateway.cpuSeconds();
  const startedAt = performance.now();
  const took = await inParallel(batches, Number(options.lanes), async (body) => {
    const from = performance.now();
    const { accepted } = await gateway.call('POST', '/v1/events', body);
    if (accepted !== ROWS) throw new Error(`${accepted} of ${ROWS} accepted`);
    return performance.now() - from;
  });
  const count = batches.length * ROWS;
  const rate = Math.round(count / ((performance.now() - startedAt) / 1000));
  const cpu = (((gateway.cpuSeconds() - cpuBefore) / count) * 1e6).toFixed(0);
  console.log(
    `${rate} durable events/s in batches of ${ROWS}, ${options.lanes} at a time; a batch takes ${quantile(took, 0).toFixed(0)} ms at least, ${quantile(took, 0.5).toFixed(0)} ms median; ${cpu} µs of gateway CPU an event`,
  );
}

/** A user buys what is on top of his page: his next page, at the other gateway, is without it. */
async function nextSlates(a, b) {
  const items = Array.from({ length: ITEMS }, (_, n) => ({ id: `item-${n}`, title: `Item ${n}` }));
  await a.call('POST', '/v1/items', { items });
  const page = (userId) => ({ surface: 'home', userId, limit: 10 });
  const slate = async (gateway, userId) => await gateway.call('POST', '/v1/recommendations', page(userId));
  for (let n = 0; n < 200; n++) await slate(n % 2 ? a : b, `user-${n}`);
  const users = Array.from({ length: Number(options.visits) }, (_, n) => `user-${n * 7}`);
  let missed = 0;
  const [acknowledged, times] = [[], []];
  for (const [n, userId] of users.entries()) {
    const before = await slate(b, userId);
    const itemId = before.items[0].id;
    const from = performance.now();
    await a.call('POST', '/v1/events', { events: [{ id: `next-${n}`, type: 'purchase', userId, itemId }] });
    acknowledged.push(performance.now() - from);
    const after = await slate(b, userId);
    times.push(performance.now() - from);
    if (after.items.some(({ id }) => id === itemId)) missed++;
  }
  const of = (values, share) => quantile(values, share).toFixed(1);
  console.log(
    `from sending an event to the next slate at another gateway: p50 ${of(times, 0.5)} ms, p99 ${of(times, 0.99)} ms, of which until acknowledged p50 ${of(acknowledged, 0.5)} ms; ${missed} of ${users.length} next slates did not know of it`,
  );
}
