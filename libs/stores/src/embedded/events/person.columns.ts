import { rowsOf, type EventColumns, type Vocabulary } from '@attune/sdk';
import type { EntryTable } from './entry.table.js';

/** Everything a person did, in columns; parts of it share its arrays and its rows in a model's vocabulary. */
export class PersonColumns implements EventColumns {
  readonly size: number;
  readonly items: readonly string[];
  readonly types: readonly string[];
  readonly at: Float64Array;
  readonly values: Float32Array;
  /** Row of the session of each entry, −1 = none `[size]`. */
  readonly sessions: Int32Array;
  // Weak: a model that was replaced takes its rows along.
  private readonly memo = new WeakMap<Vocabulary, Int32Array>();

  /** `entries`: numbers in the table, ascending in time. */
  constructor(table: EntryTable, entries: readonly number[]) {
    const size = entries.length;
    this.size = size;
    this.items = entries.map((entry) => table.itemIds.id(table.items[entry]!));
    this.types = entries.map((entry) => table.typeNames.id(table.types[entry]!));
    this.at = new Float64Array(size);
    this.values = new Float32Array(size);
    this.sessions = new Int32Array(size);
    for (let i = 0; i < size; i++) {
      const entry = entries[i]!;
      this.at[i] = table.at[entry]!;
      this.values[i] = table.values[entry]!;
      this.sessions[i] = table.sessions[entry]!;
    }
  }

  rows(vocabulary: Vocabulary): Int32Array {
    let rows = this.memo.get(vocabulary);
    if (rows === undefined) this.memo.set(vocabulary, (rows = rowsOf(vocabulary, this.items)));
    return rows;
  }

  /** How many entries have `at ≤ time`. */
  countUntil(time: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at[middle]! <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Entries `start .. end`; the whole is this very object. */
  part(start: number, end: number): EventColumns {
    if (start === 0 && end === this.size) return this;
    return {
      size: end - start,
      items: this.items.slice(start, end),
      types: this.types.slice(start, end),
      at: this.at.subarray(start, end),
      values: this.values.subarray(start, end),
      rows: (vocabulary) => this.rows(vocabulary).subarray(start, end),
    };
  }

  /** The given places, ascending. */
  pick(places: readonly number[]): EventColumns {
    return {
      size: places.length,
      items: places.map((place) => this.items[place]!),
      types: places.map((place) => this.types[place]!),
      at: Float64Array.from(places, (place) => this.at[place]!),
      values: Float32Array.from(places, (place) => this.values[place]!),
      rows: (vocabulary) => {
        const rows = this.rows(vocabulary);
        return Int32Array.from(places, (place) => rows[place]!);
      },
    };
  }
}
