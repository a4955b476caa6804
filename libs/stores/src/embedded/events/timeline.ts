import type { EntryTable } from './entry.table.js';

/**
 * The entries of a table in order of time, then arrival. New entries are put in their places when somebody looks:
 * in time order that is an append, a late one moves those after it.
 */
export class Timeline {
  private order = new Uint32Array(1024);
  private settled = 0;

  constructor(private readonly table: EntryTable) {}

  /** Entry numbers `[size of the table]`, ascending in time: valid until the next event, read only. */
  entries(): Uint32Array {
    this.settle();
    return this.order.subarray(0, this.settled);
  }

  /** How many entries have `at ≤ time`: the place of the first one after it. */
  countUntil(time: number): number {
    this.settle();
    const { at } = this.table;
    let low = 0;
    let high = this.settled;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (at[this.order[middle]!]! <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private settle(): void {
    const { size } = this.table;
    if (this.settled === size) return;
    if (this.order.length < size) {
      const larger = new Uint32Array(Math.max(size, this.order.length * 2));
      larger.set(this.order);
      this.order = larger;
    }
    this.merge(this.arrivals());
    this.settled = size;
  }

  /** Numbers of the entries that have no place yet, in order of time. */
  private arrivals(): Uint32Array {
    const { at, size } = this.table;
    const arrivals = new Uint32Array(size - this.settled);
    let ascending = true;
    for (let i = 0; i < arrivals.length; i++) {
      arrivals[i] = this.settled + i;
      if (i > 0 && at[this.settled + i]! < at[this.settled + i - 1]!) ascending = false;
    }
    return ascending ? arrivals : arrivals.sort((a, b) => this.table.compare(a, b));
  }

  /** From the back, so that only what lies after the earliest arrival moves; an equal time keeps its place before it. */
  private merge(arrivals: Uint32Array): void {
    const { at } = this.table;
    const { order } = this;
    let old = this.settled - 1;
    let next = arrivals.length - 1;
    for (let place = old + next + 1; next >= 0; place--) {
      const arrival = arrivals[next]!;
      if (old >= 0 && at[order[old]!]! > at[arrival]!) order[place] = order[old--]!;
      else {
        order[place] = arrival;
        next--;
      }
    }
  }
}
