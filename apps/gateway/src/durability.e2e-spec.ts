import { Load, seeded } from './testing/load.js';
import { GatewayProcess } from './testing/gateway.process.js';
import type { EventSent } from './testing/http.client.js';
import { numberShop } from './testing/number-shop.js';
import { Gateway, startGateway } from './testing/start-gateway.js';
import { purchasesOf, TINY_ITEMS } from './testing/tiny-shop.js';

// A loss that shows once is a loss: what fails here is not run once more.
jest.retryTimes(0);

const ROUNDS = 50;
/** Every so often the server is killed while it still reads its logs back. */
const KILLED_WHILE_STARTING = 10;
const MOST_RECEIPTS = 20;
const SEED = 20111209;

/** Counts every purchase through the slate of a stranger. */
async function counted(gateway: Gateway): Promise<Map<string, number>> {
  const { trace } = await gateway.slate({
    surface: 'home',
    userId: 'stranger',
    seen: 'include',
    limit: 10,
    trace: true,
  });
  return purchasesOf(trace!);
}

function expected(events: Iterable<EventSent>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { itemId } of events) counts.set(itemId!, (counts.get(itemId!) ?? 0) + 1);
  return counts;
}

const sorted = (counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] =>
  [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

it(`keeps every acknowledged event through ${ROUNDS} kill -9 under load, and counts none twice`, async () => {
  const files = numberShop();
  const random = seeded(SEED);
  const load = new Load(random);
  const first = await startGateway(files);
  await first.putItems(TINY_ITEMS);
  await first.stop();
  for (let round = 1; round <= ROUNDS; round++) {
    const life = new GatewayProcess(files);
    if (round % KILLED_WHILE_STARTING === 0) {
      setTimeout(() => void life.stop('SIGKILL'), random() * 600);
      expect((await life.ended).signal).toBe('SIGKILL');
      continue;
    }
    const gateway = new Gateway(life, await life.listening());
    let receipts = Math.floor(random() * MOST_RECEIPTS);
    if (receipts === 0) void life.stop('SIGKILL');
    // A moment within the answer to the last of them: the other clients' events are on their way.
    await load.untilGone(
      gateway,
      () => void (--receipts === 0 && setTimeout(() => void life.stop('SIGKILL'), random() * 10)),
    );
    expect((await life.ended).signal).toBe('SIGKILL');
  }
  const { sent, acknowledged } = load;
  const gateway = await startGateway(files);
  const before = await counted(gateway);
  let duplicates = 0;
  for (const batch of batches([...acknowledged].map((id) => sent.get(id)!)))
    duplicates += (await gateway.send(...batch)).duplicates;
  expect(duplicates).toBe(acknowledged.size);
  expect(await counted(gateway)).toEqual(before);
  // What nobody acknowledged may or may not be there: sent once more, everything is there exactly once.
  for (const batch of batches([...sent.values()])) await gateway.send(...batch);
  expect(sorted(await counted(gateway))).toEqual(sorted(expected(sent.values())));
  await gateway.stop();
  const again = await startGateway(files);
  expect(sorted(await counted(again))).toEqual(sorted(expected(sent.values())));
  await again.stop();
  expect(acknowledged.size).toBeGreaterThan(ROUNDS * 10);
  process.stdout.write(
    `${ROUNDS} rounds, ${acknowledged.size} acknowledged of ${sent.size} sent: all found, none twice\n`,
  );
});

function* batches(events: readonly EventSent[]): Generator<readonly EventSent[]> {
  for (let from = 0; from < events.length; from += 2_000) yield events.slice(from, from + 2_000);
}
