import { join } from 'node:path';
import { idsOf } from '../testing/answers.js';
import { Cluster, describeDistributed } from '../testing/cluster.js';
import { recordFault } from '../testing/fault-table.js';
import { eventsFound } from '../testing/found.js';
import { until, type EventSent } from '../testing/http.client.js';
import { writeShop } from '../testing/scratch.js';
import { Shop } from '../testing/shop.js';
import type { Gateway } from '../testing/start-gateway.js';
import { purchasesOf, TINY_ITEMS, tinySurface } from '../testing/tiny-shop.js';

const MINUTES = 10;
const ROUNDS = 10;
const PRELOAD = join(__dirname, '..', 'testing', 'shifted-clock.cjs');

/** Purchases of one run's users: every other one says when it was. */
const eventsOf = (run: string, round: number): readonly EventSent[] =>
  TINY_ITEMS.map(({ id: itemId }, n) => ({
    ...{ id: `${run}-${round}-${n}`, type: 'purchase', userId: `${run}-${n % 3}`, itemId },
    ...(n % 2 === 0 && { at: new Date().toISOString() }),
  }));

describeDistributed('a gateway whose clock is wrong', () => {
  const { config } = writeShop({ surfaces: { home: tinySurface('home') }, config: { train: [] } });
  const cluster = new Cluster({ config });
  let right: Gateway;
  /** Ids of the purchases of all runs: one that is run once more sends the same. */
  const purchases = new Set<string>();

  beforeAll(async () => {
    right = await cluster.gateway();
    await right.expect('POST', '/v1/items', { items: TINY_ITEMS });
  });
  afterAll(() => cluster.close());

  it.each([
    ['ahead', MINUTES],
    ['behind', -MINUTES],
  ])('(%s) loses no event, counts none twice, and its events show at the other at once', async (run, minutes) => {
    const wrong = await cluster.gateway({
      NODE_OPTIONS: `--require=${PRELOAD}`,
      CLOCK_SHIFT_MS: String(minutes * 60_000),
    });
    const shop = new Shop(() => [wrong, right]);
    for (let round = 0; round < ROUNDS; round++) {
      await shop.send(eventsOf(run, round));
      // Once more, to the other one.
      await shop.send(eventsOf(run, round));
    }
    for (const id of shop.events.keys()) purchases.add(id);
    const sentAt = performance.now();
    const userIds = [0, 1, 2].map((n) => `${run}-${n}`);
    let found = 0;
    for (const gateway of [right, wrong]) {
      const times = await eventsFound(gateway, userIds);
      found = [...times.values()].filter((count) => count === 1).length;
      expect(found).toBe(shop.events.size);
    }
    for (const [from, to, userId] of [
      [wrong, right, `${run}-hides-there`],
      [right, wrong, `${run}-hides-here`],
    ] as const) {
      await from.send({ id: `hide-${userId}`, type: 'hide', userId, itemId: 'lamp' });
      expect(idsOf(await to.slate({ surface: 'home', userId, limit: 20 }))).not.toContain('lamp');
    }
    const asked = { surface: 'home', userId: 'stranger', seen: 'include', limit: 20, trace: true } as const;
    for (const gateway of [right, wrong])
      await until('every purchase to be counted once', async () => {
        const counts = purchasesOf((await gateway.slate(asked)).trace!);
        return TINY_ITEMS.every(({ id }) => counts.get(id) === purchases.size / TINY_ITEMS.length);
      });
    const recoveryMs = performance.now() - sentAt;
    const acknowledged = shop.events.size;
    recordFault({
      fault: `Clock of a gateway ${MINUTES} minutes ${run}`,
      acknowledged,
      found,
      recoveryMs,
    });
    await wrong.stop();
  });
});
