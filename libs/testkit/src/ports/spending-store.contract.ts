import assert from 'node:assert/strict';
import type { SpendingStore } from '@attune/sdk';
import type { Check } from '../contract/check.js';

const DAY = '2026-01-31';
const NOTHING = { tokens: 0, money: 0 };

/** What every store of spending must do; `open` gives an empty one whose clock, if it has one, stands at `START`. */
export function spendingStoreContract(open: () => Promise<SpendingStore>): readonly Check[] {
  const check = (name: string, run: (store: SpendingStore) => Promise<void>): Check => ({
    name,
    run: async () => await run(await open()),
  });
  return [
    check('nothing was spent on a day nobody spent on', unknown),
    check('what is added comes back as the sum, at once', sums),
    check('days are apart', daysApart),
    check('of what many add at once nothing is lost', together),
    check('what is no day or no amount is refused and changes nothing', refused),
  ];
}

async function unknown(store: SpendingStore): Promise<void> {
  assert.deepEqual(await store.spent(DAY), NOTHING);
  assert.deepEqual(await store.add(DAY, NOTHING), NOTHING);
  assert.deepEqual(await store.spent(DAY), NOTHING);
}

async function sums(store: SpendingStore): Promise<void> {
  assert.deepEqual(await store.add(DAY, { tokens: 1_200, money: 0.25 }), { tokens: 1_200, money: 0.25 });
  assert.deepEqual(await store.add(DAY, { tokens: 3, money: 1.5 }), { tokens: 1_203, money: 1.75 });
  assert.deepEqual(await store.spent(DAY), { tokens: 1_203, money: 1.75 });
  const { money } = await store.add(DAY, { tokens: 0, money: 1e-7 });
  assert.ok(Math.abs(money - 1.7500001) < 1e-12, `${money}`);
  const large = await store.add(DAY, { tokens: 1e12, money: 1e12 });
  assert.deepEqual([large.tokens, Math.round(large.money)], [1e12 + 1_203, 1e12 + 2]);
}

async function daysApart(store: SpendingStore): Promise<void> {
  await store.add(DAY, { tokens: 1, money: 1 });
  await store.add('2026-02-01', { tokens: 2, money: 2 });
  assert.deepEqual(await store.spent(DAY), { tokens: 1, money: 1 });
  assert.deepEqual(await store.spent('2026-02-01'), { tokens: 2, money: 2 });
  assert.deepEqual(await store.spent('2026-02-02'), NOTHING);
}

async function together(store: SpendingStore): Promise<void> {
  const totals = await Promise.all(Array.from({ length: 50 }, () => store.add(DAY, { tokens: 2, money: 0.5 })));
  const sorted = totals.map(({ tokens }) => tokens).sort((a, b) => a - b);
  assert.deepEqual(
    sorted,
    sorted.map((_, n) => 2 * (n + 1)),
  );
  assert.deepEqual(await store.spent(DAY), { tokens: 100, money: 25 });
}

async function refused(store: SpendingStore): Promise<void> {
  await store.add(DAY, { tokens: 1, money: 1 });
  for (const day of ['', '2026-1-31', '2026-02-30', `${DAY}T00:00:00Z`, '__proto__', `${DAY}:*`, '2026-01-31\n']) {
    await assert.rejects(store.spent(day), RangeError, day);
    await assert.rejects(store.add(day, { tokens: 1, money: 1 }), RangeError, day);
  }
  const wrong = [NaN, Infinity, -1, 1e13];
  for (const money of wrong) await assert.rejects(store.add(DAY, { tokens: 1, money }), RangeError, `${money}`);
  for (const tokens of [0.5, ...wrong]) await assert.rejects(store.add(DAY, { tokens, money: 1 }), RangeError);
  assert.deepEqual(await store.spent(DAY), { tokens: 1, money: 1 });
}
