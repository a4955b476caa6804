import { itemsOf, type StoredEvent } from '@attune/sdk';
import { IdAxis } from './id.axis.js';

const FIRST_CAPACITY = 1024;

/**
 * Interactions in columns, in order of arrival: one entry an item of an event, or a single one with item −1 for an
 * event without item. An entry's number never changes; `(at, number)` orders entries totally.
 * Only the first `size` places of a column count.
 */
export class EntryTable {
  readonly itemIds = new IdAxis();
  readonly typeNames = new IdAxis();
  readonly sessionIds = new IdAxis();
  size = 0;
  /** Row of `itemIds`, −1 = none. */
  items: Int32Array;
  /** Row of `typeNames`. */
  types: Int32Array;
  /** Epoch milliseconds. */
  at: Float64Array;
  /** NaN where the event has none. */
  values: Float32Array;
  /** Row of `sessionIds`, −1 = none. */
  sessions: Int32Array;
  /** Row of the user or anonymous id that did it. */
  subjects: Int32Array;

  /** `capacity`: entries there is room for at first; it grows. */
  constructor(capacity = FIRST_CAPACITY) {
    this.items = new Int32Array(capacity);
    this.types = new Int32Array(capacity);
    this.at = new Float64Array(capacity);
    this.values = new Float32Array(capacity);
    this.sessions = new Int32Array(capacity);
    this.subjects = new Int32Array(capacity);
  }

  /** Adds the entries of an event; they are `size before .. size after`. */
  add(event: StoredEvent, at: number, subject: number): void {
    const type = this.typeNames.add(event.type);
    const session = event.sessionId === undefined ? -1 : this.sessionIds.add(event.sessionId);
    const value = event.value ?? NaN;
    const items = itemsOf(event);
    this.reserve(this.size + Math.max(1, items.length));
    for (let i = 0; i < Math.max(1, items.length); i++) {
      const entry = this.size++;
      const item = items[i];
      this.items[entry] = item === undefined ? -1 : this.itemIds.add(item);
      this.types[entry] = type;
      this.at[entry] = at;
      this.values[entry] = value;
      this.sessions[entry] = session;
      this.subjects[entry] = subject;
    }
  }

  /** Order of entries: by time, then arrival. */
  compare(a: number, b: number): number {
    return this.at[a]! - this.at[b]! || a - b;
  }

  private reserve(size: number): void {
    if (size <= this.at.length) return;
    const capacity = Math.max(size, this.at.length * 2);
    this.items = copyInto(new Int32Array(capacity), this.items);
    this.types = copyInto(new Int32Array(capacity), this.types);
    this.at = copyInto(new Float64Array(capacity), this.at);
    this.values = copyInto(new Float32Array(capacity), this.values);
    this.sessions = copyInto(new Int32Array(capacity), this.sessions);
    this.subjects = copyInto(new Int32Array(capacity), this.subjects);
  }
}

function copyInto<T extends { set(from: T): void }>(larger: T, from: T): T {
  larger.set(from);
  return larger;
}
