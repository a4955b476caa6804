import type { Chance } from './chance.js';
import type { ShopLog } from './shop-log.js';

/** Popular items are drawn less often than they occur, so that others are met, too (Mikolov et al. 2013). */
const POWER = 0.75;
/** Draws for each that is wanted, before a shop counts as too small. */
const TRIES = 200;

/** Draws items by how often they had occurred by a moment: in proportion to the ¾ power of their counts. */
export class PastDraws {
  private readonly counts: Int32Array;
  private passed = 0;

  /** `rows`: the events that count, ascending in time. */
  constructor(
    private readonly log: ShopLog,
    private readonly rows: Int32Array,
  ) {
    this.counts = new Int32Array(log.log.itemIds.length);
  }

  /** Counts what came before a moment, epoch ms; moments may not go back. */
  advance(moment: number): void {
    const { at, items } = this.log.log;
    for (; this.passed < this.rows.length && at[this.rows[this.passed]!]! < moment; this.passed++)
      this.counts[items[this.rows[this.passed]!]!]! += 1;
  }

  /**
   * So many items with distinct titles, other than `but` and what has their titles; fewer where the shop had no more to
   * offer. Rows of `itemIds`.
   */
  draw(count: number, but: readonly number[], chance: Chance): readonly number[] {
    const { items, described } = this.log.log;
    const [found, titles] = [[] as number[], new Set(but.map((item) => described[item]?.title))];
    for (let tries = count * TRIES; tries > 0 && found.length < count && this.passed > 0; tries--) {
      // An event at random is one of an item by its count; taking it by count^-¼ makes that the ¾ power.
      const item = items[this.rows[Math.floor(chance() * this.passed)]!]!;
      const title = described[item]?.title;
      if (chance() >= this.counts[item]! ** (POWER - 1)) continue;
      if (title === undefined || titles.has(title) || but.includes(item)) continue;
      titles.add(title);
      found.push(item);
    }
    return found;
  }
}
