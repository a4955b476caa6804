import type { LoggedSlate, StoredEvent } from '@attune/sdk';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { describeOnServices, ScratchServices } from '../testing/services.js';
import { SlateProcesses, type SlateProcess } from '../testing/slate-processes.js';
import { Attribution } from './attribution.js';

const NOW = Date.parse('2026-11-21T09:30:00Z');

interface Counting {
  readonly process: SlateProcess;
  readonly attribution: Attribution;
}

const warn = (line: string): void => {
  throw new Error(line);
};

function start(processes: SlateProcesses): Counting {
  const process = processes.open();
  return { process, attribution: new Attribution(process, { retentionDays: 30, warn }) };
}

const ITEMS = ['a', 'b'];

function slateOf(slateId: string): LoggedSlate {
  const ones = ITEMS.map(() => 1);
  return {
    slateId,
    at: new Date(NOW).toISOString(),
    surface: 'home',
    request: {},
    digest: 'd',
    items: ITEMS,
    scores: ones,
    propensities: ones,
    total: 2,
    sampled: [],
    degraded: [],
  };
}

function show({ process, attribution }: Counting, slateId: string): void {
  const slate = slateOf(slateId);
  process.record(slate);
  attribution.record(slate);
}

let events = 0;
const did = (type: string, slateId: string, itemId: string): StoredEvent => ({
  id: `e${++events}`,
  type,
  userId: 'ann',
  slateId,
  itemId,
  at: new Date(NOW).toISOString(),
});

const summed = async ({ attribution }: Pick<Counting, 'attribution'>) => {
  await attribution.settled();
  return attribution.rows(['surface']);
};

describe('attribution of several processes', () => {
  it('counts what another process recorded once, be its events heard of before or after it', async () => {
    const processes = new SlateProcesses();
    const [one, two] = [start(processes), start(processes)];
    expect([await summed(one), await summed(two)]).toEqual([[], []]);
    for (const slateId of ['s1', 's2']) {
      show(one, slateId);
      two.process.append(did('click', slateId, 'a'));
    }
    expect(await summed(two)).toEqual([]);
    one.process.write();
    two.process.append(did('purchase', 's1', 'a'));
    const counts = { surface: 'home', carts: 0, purchases: 1 };
    expect(await summed(two)).toEqual([{ ...counts, slates: 1, impressions: 2, clicks: 1 }]);
    for (const { process } of [one, two]) process.hear();
    for (const each of [one, two, start(processes)])
      expect(await summed(each)).toEqual([{ ...counts, slates: 2, impressions: 4, clicks: 2 }]);
  });

  it('counts a slate once that it hears of after it read it in the log', async () => {
    const processes = new SlateProcesses();
    const one = start(processes);
    show(one, 's1');
    one.process.write();
    const two = start(processes);
    const before = await summed(two);
    two.process.hear();
    expect([before, await summed(two)]).toEqual([await summed(one), await summed(one)]);
  });

  it('comes to the same counts in all processes, whatever happens in whichever order', async () => {
    const process = fc.nat(2);
    const slate = fc.nat(4);
    const type = fc.constantFrom('impression', 'click', 'add_to_cart', 'purchase');
    const step = fc.oneof(
      fc.record({ kind: fc.constant('show' as const), process }),
      fc.record({ kind: fc.constant('did' as const), process, type, slate, item: fc.constantFrom('a', 'b') }),
      fc.record({ kind: fc.constantFrom('write' as const, 'hear' as const, 'settle' as const), process }),
      fc.record({ kind: fc.constant('restart' as const), process }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const processes = new SlateProcesses();
        const all = [0, 1, 2].map(() => start(processes));
        let slates = 0;
        for (const each of steps) {
          const at = all[each.process]!;
          if (each.kind === 'show') show(at, `s${slates++}`);
          else if (each.kind === 'did') at.process.append(did(each.type, `s${each.slate}`, each.item));
          else if (each.kind === 'write') at.process.write();
          else if (each.kind === 'hear') at.process.hear();
          else if (each.kind === 'settle') expectSound(await summed(at), slates);
          else {
            at.process.write();
            await at.attribution.close();
            all[each.process] = start(processes);
          }
        }
        for (const each of all) each.process.write();
        for (const each of all) each.process.hear();
        const fresh = start(processes);
        await fresh.attribution.settled();
        for (const { attribution } of all) {
          await attribution.settled();
          expect(attribution.totals()).toEqual(fresh.attribution.totals());
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describeOnServices('attribution of several processes on services', () => {
  const services = new ScratchServices();
  const closing: (() => Promise<void>)[] = [];
  const open = async () => {
    const all = await services.open(Date.now);
    const stores = await all.open({ tenant: 'default' });
    const attribution = new Attribution(stores, { retentionDays: 30, warn });
    closing.push(async () => {
      await attribution.close();
      await all.close();
    });
    return { stores, attribution };
  };
  afterAll(async () => {
    for (const close of closing) await close();
    await services.clear();
  });

  it('counts in each what all of them recorded and were told', async () => {
    const all = [await open(), await open()];
    await Promise.all(all.map(summed));
    for (const [n, { stores, attribution }] of all.entries()) {
      for (const slate of [slateOf(`${n}-1`), slateOf(`${n}-2`)]) {
        stores.slates.record(slate);
        attribution.record(slate);
      }
      await all[1 - n]!.stores.events.append([did('click', `${n}-1`, 'a')]);
      await stores.events.append([did('purchase', `${n}-2`, 'b')]);
    }
    const counts = { surface: 'home', slates: 4, impressions: 8, clicks: 2, carts: 0, purchases: 2 };
    const isThere = async (each: Pick<Counting, 'attribution'>): Promise<boolean> =>
      isDeepStrictEqual(await summed(each), [counts]);
    for (const each of all) while (!(await isThere(each))) await new Promise((resolve) => setTimeout(resolve, 50));
    const later = await open();
    expect(await summed(later)).toEqual([counts]);
    // It hears of the same slates again before this one.
    all[0]!.stores.slates.record(slateOf('late'));
    all[0]!.attribution.record(slateOf('late'));
    for (const each of [...all, later])
      while ((await summed(each))[0]?.slates !== 5) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await Promise.all([...all, later].map(summed))).toEqual(
      Array.from({ length: 3 }, () => [{ ...counts, slates: 5, impressions: 10 }]),
    );
    // Four processes that look at each other every second or two.
  }, 180_000);
});

function expectSound(rows: ReturnType<Attribution['rows']>, shown: number): void {
  for (const { slates, impressions, clicks, carts, purchases } of rows) {
    expect(slates).toBeLessThanOrEqual(shown);
    for (const count of [impressions, clicks, carts, purchases]) {
      expect(count).toBeGreaterThanOrEqual(0);
      expect(count).toBeLessThanOrEqual(2 * slates);
    }
  }
}
