// The demo shop with one basket of each customer held out, in a running server: items embedded, models trained without the
// held-out baskets; these are sent as events afterwards, so that counts as of a moment are what they were then.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { jobEnded, ROOT, startGateway } from './gateway.mjs';

const { readDemoEvents, readDemoItems } = createRequire(import.meta.url)(join(ROOT, 'libs', 'demo', 'dist'));
const FOLDER = join(ROOT, 'assets', 'online-retail-2011');
const LAST_DAY = new Date('2011-12-09T23:59:59Z');

/**
 * `test` holds out each customer's last basket; `validation` the one before, and drops the last. Resolves with the server,
 * the items and the held-out baskets.
 */
export async function openHeldOutShop({ split, config }) {
  const items = readDemoItems(FOLDER, { lastDay: LAST_DAY }).map(({ groupId, ...item }) => ({
    ...item,
    ...(groupId && { groupId }),
  }));
  const baskets = readDemoEvents(FOLDER, { lastDay: LAST_DAY });
  const customers = [...byCustomer(baskets).values()];
  const back = split === 'test' ? 1 : 2;
  const held = customers.filter((all) => all.length > back).map((all) => all[all.length - back]);
  const later = split === 'test' ? [] : customers.filter((all) => all.length > 1).map((all) => all.at(-1));
  const leftOut = new Set([...held, ...later].map(({ id }) => id));

  const gateway = await startGateway({ ATTUNE_DEMO: 'off', ATTUNE_CONFIG: config }, { quiet: false });
  let embedding;
  for (const page of pages(items)) embedding = await gateway.call('POST', '/v1/items', { items: page });
  await sendEvents(
    gateway,
    baskets.filter(({ id }) => !leftOut.has(id)),
  );
  await jobEnded(gateway, embedding.jobId);
  await jobEnded(gateway, (await gateway.call('POST', '/v1/jobs', { type: 'train' })).jobId);
  await sendEvents(gateway, held);
  return { gateway, items, held };
}

async function sendEvents(gateway, events) {
  for (const page of pages(events)) {
    const answer = await gateway.call('POST', '/v1/events', { events: page });
    if (answer.rejected.length > 0) throw new Error(JSON.stringify(answer.rejected[0]));
  }
}

function byCustomer(baskets) {
  const customers = new Map();
  for (const basket of baskets) {
    if (!customers.has(basket.userId)) customers.set(basket.userId, []);
    customers.get(basket.userId).push(basket);
  }
  return customers;
}

/** Rows as they are sent. */
export function* pages(rows) {
  for (let from = 0; from < rows.length; from += 2000) yield rows.slice(from, from + 2000);
}
