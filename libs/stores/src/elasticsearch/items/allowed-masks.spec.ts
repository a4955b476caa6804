import { setTimeout as sleep } from 'node:timers/promises';
import { vocabularyOf, type Predicate } from '@attune/sdk';
import { ManualClock } from '@attune/testkit';
import { AllowedMasks } from './allowed-masks.js';

const VOCABULARY = vocabularyOf(['a', 'b', 'gone']);
const SHOWN: Predicate = { available: true };

/** Items whose readings are counted, and can be held up. */
function open() {
  const clock = new ManualClock();
  const items = { version: 1, ids: ['a', 'b'], reads: 0, asked: 0, held: Promise.resolve(), told: Promise.resolve() };
  const masks = new AllowedMasks({
    passing: async () => {
      items.reads++;
      const ids = new Set(items.ids);
      await items.held;
      return ids;
    },
    version: async () => {
      items.asked++;
      await items.told;
      return String(items.version);
    },
    clock: () => clock.now(),
  });
  const mask = async (where: Predicate | undefined = SHOWN): Promise<number[]> => [
    ...((await masks.allowed(where, VOCABULARY)) ?? []),
  ];
  const change = (ids: string[]): void => void Object.assign(items, { ids, version: items.version + 1 });
  return { clock, items, masks, mask, change };
}

describe('AllowedMasks', () => {
  it('reads a filter once while nothing changes, and asks for the version once a second', async () => {
    const { clock, items, mask } = open();
    expect(await Promise.all([mask(), mask(), mask()])).toEqual(Array(3).fill([1, 1, 0]));
    for (let i = 0; i < 10; i++) {
      clock.advance(500);
      expect(await mask({ $and: [SHOWN, { id: { $ne: 'a' } }] })).toEqual([0, 1, 0]);
    }
    expect([items.reads, items.asked]).toEqual([1, 6]);
  });

  it('serves what was true for ten minutes while it is renewed', async () => {
    const { clock, items, mask, change } = open();
    await mask();
    let release = (): void => undefined;
    items.held = new Promise((resolve) => (release = resolve));
    change(['b']);
    clock.advance(1_000);
    expect(await mask()).toEqual([1, 1, 0]);
    clock.advance(600_000);
    const renewed = mask();
    release();
    expect(await renewed).toEqual([0, 1, 0]);
    expect(items.reads).toBe(2);
  });

  it('is exact at once after `expire`', async () => {
    const { items, masks, mask, change } = open();
    await mask();
    change(['b']);
    masks.expire();
    expect(await mask()).toEqual([0, 1, 0]);
    masks.expire();
    await mask();
    expect(items.reads).toBe(2);
  });

  it('keeps no filter that is of one request, and knows no mask where too many pass', async () => {
    const { items, mask } = open();
    const long: Predicate = { brand: { $in: Array.from({ length: 1_000 }, (_, i) => `brand ${i}`) } };
    await mask(long);
    await mask(long);
    expect(items.reads).toBe(2);
    const unknown = new AllowedMasks({
      passing: () => Promise.resolve(undefined),
      version: () => Promise.resolve('1'),
      clock: () => 0,
    });
    expect(await unknown.allowed(SHOWN, VOCABULARY)).toBeUndefined();
  });

  it('does not wait for a version that does not come, unless everything is to show', async () => {
    const { clock, items, masks, mask, change } = open();
    await mask();
    change(['b']);
    let answer = (): void => undefined;
    items.told = new Promise((resolve) => (answer = resolve));
    clock.advance(1_000);
    expect(await mask()).toEqual([1, 1, 0]);
    masks.expire();
    const exact = mask();
    answer();
    expect(await exact).toEqual([0, 1, 0]);
  });

  it('renews with a version that came late', async () => {
    const { clock, items, mask, change } = open();
    await mask();
    change(['b']);
    let answer = (): void => undefined;
    items.told = new Promise((resolve) => (answer = resolve));
    clock.advance(1_000);
    expect(await mask()).toEqual([1, 1, 0]);
    answer();
    await sleep(1);
    clock.advance(60_000);
    items.told = new Promise(() => undefined);
    expect(await mask()).toEqual([0, 1, 0]);
  });

  it('does not serve that there was nothing', async () => {
    const { clock, items, mask, change } = open();
    items.ids = [];
    expect(await mask()).toEqual([0, 0, 0]);
    change(['a', 'b']);
    clock.advance(1_000);
    expect(await mask()).toEqual([1, 1, 0]);
  });

  it('tries again after the version could not be told', async () => {
    let asked = 0;
    const masks = new AllowedMasks({
      passing: () => Promise.resolve(new Set(['a'])),
      version: () => (asked++ === 0 ? Promise.reject(new Error('no answer')) : Promise.resolve('1')),
      clock: () => 0,
    });
    await expect(masks.allowed(SHOWN, VOCABULARY)).rejects.toThrow('no answer');
    expect([...((await masks.allowed(SHOWN, VOCABULARY)) ?? [])]).toEqual([1, 0, 0]);
  });
});
