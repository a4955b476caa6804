import type { LoggedSlate, StoredEvent } from '@attune/sdk';
import fc from 'fast-check';
import { loggedSlate } from '../testing/logged-slate.js';
import { openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { Attribution, type AttributionOptions } from './attribution.js';
import type { AttributionRow } from './attribution-rows.js';

const NOW = Date.parse('2026-11-21T09:30:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let scratch: ScratchStores;
let opened: Attribution[];
beforeEach(async () => {
  scratch = await openScratchStores();
  opened = [];
});
afterEach(async () => {
  for (const attribution of opened) await attribution.close();
  await scratch.close();
});

function open(options: Partial<AttributionOptions> = {}): Attribution {
  const warn = (line: string): void => {
    throw new Error(line);
  };
  const attribution = new Attribution(scratch.stores, { retentionDays: 30, warn, ...options });
  opened.push(attribution);
  return attribution;
}

const slate = (slateId: string, items: readonly string[], more: Partial<LoggedSlate> = {}): LoggedSlate =>
  loggedSlate(slateId, items, { at: new Date(NOW).toISOString(), ...more });

let events = 0;
const event = (type: string, slateId: string, itemIds: readonly string[], at = NOW + HOUR): StoredEvent => ({
  id: `e${++events}`,
  type,
  userId: 'ann',
  slateId,
  itemIds: [...itemIds],
  at: new Date(at).toISOString(),
});

async function told(attribution: Attribution, slates: readonly LoggedSlate[], all: readonly StoredEvent[]) {
  for (const one of slates) {
    scratch.stores.slates.record(one);
    attribution.record(one);
  }
  await scratch.stores.events.append(all);
  await attribution.settled();
}

const only = ([row, ...others]: readonly AttributionRow[]): AttributionRow => {
  expect(others).toEqual([]);
  return row!;
};

describe('attribution', () => {
  it('counts every item of a slate as seen, and each deed once an item', async () => {
    const attribution = open();
    await told(
      attribution,
      [slate('s1', ['a', 'b', 'c'])],
      [
        event('click', 's1', ['a']),
        event('view', 's1', ['a']),
        event('click', 's1', ['b', 'elsewhere']),
        event('add_to_cart', 's1', ['b']),
        event('purchase', 's1', ['b']),
        event('purchase', 's1', ['b']),
        event('rating', 's1', ['c']),
        event('click', 'another', ['a']),
      ],
    );
    const counts = { slates: 1, impressions: 3, clicks: 2, carts: 1, purchases: 1 };
    expect(only(attribution.rows(['surface']))).toEqual({ surface: 'home', ...counts });
    expect(attribution.totals()).toEqual([
      { surface: 'home', pipeline: 'd1', position: 1, slates: 1, impressions: 1, clicks: 1, carts: 0, purchases: 0 },
      { surface: 'home', pipeline: 'd1', position: 2, slates: 1, impressions: 1, clicks: 1, carts: 1, purchases: 1 },
      { surface: 'home', pipeline: 'd1', position: 3, slates: 1, impressions: 1, clicks: 0, carts: 0, purchases: 0 },
    ]);
  });

  it('takes only what impressions name, where there are any', async () => {
    const attribution = open();
    await told(
      attribution,
      [slate('s1', ['a', 'b', 'c']), slate('s2', ['a', 'b', 'c'])],
      [event('impression', 's1', ['b']), event('impression', 's1', ['b', 'c']), event('impression', 's1', ['x'])],
    );
    expect(attribution.rows(['position']).map(({ impressions }) => impressions)).toEqual([1, 2, 2]);
  });

  it('counts deeds within seven days of the slate', async () => {
    const attribution = open();
    const slates = ['early', 'soon', 'late', 'over'].map((id) =>
      slate(id, ['a'], { at: new Date(NOW - 8 * DAY).toISOString() }),
    );
    const at = NOW - 8 * DAY;
    await told(attribution, slates, [
      event('click', 'early', ['a'], at - 6 * 60_000),
      event('click', 'soon', ['a'], at - 4 * 60_000),
      event('click', 'late', ['a'], at + 7 * DAY),
      event('click', 'over', ['a'], at + 7 * DAY + 1),
    ]);
    expect(only(attribution.rows(['surface']))).toMatchObject({ slates: 4, clicks: 2 });
  });

  it('keeps positions of later pages, surfaces, pipelines and days apart', async () => {
    const attribution = open();
    const yesterday = new Date(NOW - DAY).toISOString();
    await told(
      attribution,
      [
        slate('s1', ['a', 'b']),
        slate('s1-2', ['c'], { request: { page: { from: 2, limit: 1 } } }),
        slate('s2', ['a'], { digest: 'd2' }),
        slate('s3', ['a'], { surface: 'cart', at: yesterday }),
        slate('s4', [], { surface: 'cart', at: yesterday }),
      ],
      [event('click', 's1-2', ['c'])],
    );
    const home = attribution.rows(['position'], { surface: 'home' });
    expect(home.map(({ position, slates, clicks }) => [position, slates, clicks])).toEqual([
      [1, 2, 0],
      [2, 1, 0],
      [3, 1, 1],
    ]);
    expect(attribution.rows(['pipeline']).map(({ surface, pipeline, slates }) => [surface, pipeline, slates])).toEqual([
      ['cart', 'd1', 2],
      ['home', 'd1', 2],
      ['home', 'd2', 1],
    ]);
    expect(attribution.rows(['surface'], { to: '2026-11-20' }).map(({ surface }) => surface)).toEqual(['cart']);
    expect(attribution.rows(['surface'], { from: '2026-11-21' }).map(({ surface }) => surface)).toEqual(['home']);
  });

  it('forgets days beyond the retention', async () => {
    const attribution = open({ retentionDays: 2 });
    await told(attribution, [slate('old', ['a'], { at: new Date(NOW - 2 * DAY).toISOString() })], []);
    expect(attribution.rows(['surface'])).toHaveLength(1);
    await told(attribution, [slate('new', ['a'])], []);
    expect(only(attribution.rows(['surface']))).toMatchObject({ slates: 1 });
  });

  it('counts nothing twice of slates that it no longer remembers, and goes on with newer ones', async () => {
    const attribution = open({ joined: 2 });
    const slates = ['s1', 's2', 's3', 's4'].map((id, n) =>
      slate(id, ['a', 'b'], { at: new Date(NOW + n).toISOString() }),
    );
    const deeds = (id: string) => [event('impression', id, ['a']), event('click', id, ['a'])];
    await told(attribution, slates, [...deeds('s1'), ...deeds('s2'), ...deeds('s3')]);
    const counts = { slates: 4, impressions: 5, clicks: 3 };
    expect(only(attribution.rows(['surface']))).toMatchObject(counts);
    await told(attribution, [], [...deeds('s1'), ...deeds('s2'), event('purchase', 's2', ['a'])]);
    expect(only(attribution.rows(['surface']))).toMatchObject({ ...counts, purchases: 1 });
    await told(attribution, [], deeds('s4'));
    expect(only(attribution.rows(['surface']))).toMatchObject({ slates: 4, impressions: 4, clicks: 4 });
  });

  it('is the same after a restart, whatever happened in whichever order', async () => {
    const items = ['a', 'b', 'c', 'd'];
    let runs = 0;
    const shown = fc.record({
      items: fc.uniqueArray(fc.constantFrom(...items), { maxLength: 4 }),
      surface: fc.constantFrom('home', 'cart'),
      digest: fc.constantFrom('d1', 'd2'),
    });
    const deed = fc.record({
      type: fc.constantFrom('impression', 'click', 'view', 'add_to_cart', 'purchase', 'rating'),
      slate: fc.nat(5),
      items: fc.array(fc.constantFrom(...items), { minLength: 1, maxLength: 3 }),
      afterMs: fc.integer({ min: -HOUR, max: 8 * DAY }),
    });
    const live = open();
    await fc.assert(
      fc.asyncProperty(
        fc.array(shown, { minLength: 1, maxLength: 5 }),
        fc.array(deed, { maxLength: 15 }),
        async (slates, deeds) => {
          const run = ++runs;
          const logged = slates.map(({ items: ids, surface, digest }, n) =>
            slate(`r${run}-${n}`, ids, { surface, digest, at: new Date(NOW - 9 * DAY).toISOString() }),
          );
          const done = deeds.map(({ type, slate: n, items: ids, afterMs }) =>
            event(type, `r${run}-${n}`, ids, NOW - 9 * DAY + afterMs),
          );
          await told(live, logged, done);
          const restarted = open();
          await restarted.settled();
          expect(restarted.totals()).toEqual(live.totals());
          for (const { impressions, clicks, purchases, slates: times } of live.totals())
            for (const count of [impressions, clicks, purchases]) expect(count >= 0 && count <= times).toBe(true);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('counts what is told while the logs are read, once', async () => {
    await told(open(), [slate('s1', ['a'])], [event('click', 's1', ['a'])]);
    const restarted = open({ counted: 1 });
    await told(restarted, [slate('s2', ['a'])], [event('click', 's2', ['a']), event('purchase', 's1', ['a'])]);
    expect(only(restarted.rows(['surface']))).toMatchObject({ slates: 2, impressions: 2, clicks: 2, purchases: 1 });
  });
});
