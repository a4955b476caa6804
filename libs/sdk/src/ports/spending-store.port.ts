/** What was spent on language models. */
export interface Spent {
  /** A whole number, 0 … 10¹² in one `add`. */
  readonly tokens: number;
  /** In the currency of the prices, 0 … 10¹² in one `add`. */
  readonly money: number;
}

/**
 * Where a tenant's spending is kept, from one start to the next and for all processes. Days are as 2026-01-31, in UTC;
 * each is known for 400 days at least. Both methods reject with RangeError for what is no day, `add` also for numbers
 * other than those of `Spent`.
 */
export interface SpendingStore {
  /** What everybody spent on a day; zeros where nothing is known of it. */
  spent(day: string): Promise<Spent>;
  /** Adds to a day; what everybody spent on it by now. Stored when it resolves; one that rejects may be stored or not. */
  add(day: string, spent: Spent): Promise<Spent>;
}
