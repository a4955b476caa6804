import type { ItemCounts } from '@attune/sdk';
import type { EntryTable } from './entry.table.js';
import type { Timeline } from './timeline.js';

/**
 * Item counts of some event types in a window of time that moves: an answer costs the distance moved since the last
 * one, or counting the new window afresh where that is less.
 */
export class CountWindow {
  private from = 0;
  private to = 0;
  /** Entries of the table that were looked at. */
  private seen = 0;
  private counts = new Int32Array(0);
  private total = 0;
  private snapshot: ItemCounts | undefined;
  private wanted = new Uint8Array(0);

  constructor(
    private readonly table: EntryTable,
    private readonly timeline: Timeline,
    private readonly types: ReadonlySet<string>,
  ) {}

  /** Counts of `from < at ≤ to`. */
  at(from: number, to: number): ItemCounts {
    this.grow();
    const low = this.timeline.countUntil(from);
    const high = Math.max(low, this.timeline.countUntil(to));
    const oldLow = this.timeline.countUntil(this.from);
    const oldHigh = Math.max(oldLow, this.timeline.countUntil(this.to));
    const distance = Math.abs(low - oldLow) + Math.abs(high - oldHigh) + this.table.size - this.seen;
    if (distance < high - low) {
      this.catchUp();
      this.count(low, Math.min(high, oldLow), 1);
      this.count(oldLow, Math.min(low, oldHigh), -1);
      this.count(Math.max(oldHigh, low), high, 1);
      this.count(Math.max(high, oldLow), oldHigh, -1);
    } else {
      this.clear();
      this.count(low, high, 1);
    }
    this.seen = this.table.size;
    this.from = from;
    this.to = to;
    return this.handOut();
  }

  /** New items and types get their places. */
  private grow(): void {
    const { itemIds, typeNames } = this.table;
    if (this.counts.length < itemIds.size) {
      const larger = new Int32Array(Math.max(itemIds.size, Math.ceil(this.counts.length * 1.5)));
      larger.set(this.counts);
      this.counts = larger;
      this.snapshot = undefined;
    }
    if (this.wanted.length < typeNames.size)
      this.wanted = Uint8Array.from({ length: typeNames.size }, (_, row) =>
        this.types.has(typeNames.id(row)) ? 1 : 0,
      );
  }

  /** Entries that came since, late ones among them, count in the window as it stands. */
  private catchUp(): void {
    for (let entry = this.seen; entry < this.table.size; entry++) {
      const at = this.table.at[entry]!;
      if (at > this.from && at <= this.to) this.add(entry, 1);
    }
  }

  /** Adds what lies on places `start .. end` of the timeline, `by` times. */
  private count(start: number, end: number, by: number): void {
    if (start >= end) return;
    const order = this.timeline.entries();
    for (let place = start; place < end; place++) this.add(order[place]!, by);
  }

  private add(entry: number, by: number): void {
    const item = this.table.items[entry]!;
    if (item < 0 || this.wanted[this.table.types[entry]!] === 0) return;
    if (this.snapshot !== undefined) {
      // What was handed out stays as it is.
      this.counts = this.counts.slice();
      this.snapshot = undefined;
    }
    this.counts[item]! += by;
    this.total += by;
  }

  private clear(): void {
    if (this.total === 0) return;
    if (this.snapshot === undefined) this.counts.fill(0);
    else this.counts = new Int32Array(this.counts.length);
    this.snapshot = undefined;
    this.total = 0;
  }

  private handOut(): ItemCounts {
    const vocabulary = this.table.itemIds.vocabulary();
    if (this.snapshot?.vocabulary !== vocabulary)
      this.snapshot = { total: this.total, vocabulary, byRow: this.counts.subarray(0, vocabulary.size) };
    return this.snapshot;
  }
}
