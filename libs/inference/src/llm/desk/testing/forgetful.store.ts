import type { SpendingStore, Spent } from '@attune/sdk';

/** Spending in memory. */
export function forgetfulStore(): SpendingStore {
  const days = new Map<string, Spent>();
  const spent = (day: string): Spent => days.get(day) ?? { tokens: 0, money: 0 };
  return {
    spent: async (day) => spent(day),
    async add(day, more) {
      const before = spent(day);
      days.set(day, { tokens: before.tokens + more.tokens, money: before.money + more.money });
      return spent(day);
    },
  };
}
