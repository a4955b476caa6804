import type { Exposures } from './exposures.js';
import type { TrainingData } from './training.js';

/** A log with some of the slates that were shown; ids keep their rows. `isKept` is told the place of a slate. */
export function keptSlates(data: TrainingData, isKept: (slate: number) => boolean): TrainingData {
  const { exposures } = data;
  if (exposures === undefined) return data;
  const { offsets, users, at, surfaces, context, items, positions, deeds } = exposures;
  const slates: number[] = [];
  const rows: number[] = [];
  const ends = [0];
  for (let slate = 0; slate < at.length; slate++) {
    if (!isKept(slate)) continue;
    slates.push(slate);
    for (let row = offsets[slate]!; row < offsets[slate + 1]!; row++) rows.push(row);
    ends.push(rows.length);
  }
  const kept: Exposures = {
    offsets: Int32Array.from(ends),
    users: Int32Array.from(slates, (slate) => users[slate]!),
    at: Float64Array.from(slates, (slate) => at[slate]!),
    surfaces: Int32Array.from(slates, (slate) => surfaces[slate]!),
    surfaceNames: exposures.surfaceNames,
    context: Object.fromEntries(
      Object.entries(context).map(([key, said]) => [key, slates.map((slate) => said[slate]!)]),
    ),
    items: Int32Array.from(rows, (row) => items[row]!),
    positions: Int32Array.from(rows, (row) => positions[row]!),
    deeds: Uint8Array.from(rows, (row) => deeds[row]!),
  };
  return { ...data, exposures: kept };
}

/** A slate as somebody saw it. */
export interface ShownSlate {
  readonly at: number;
  /** As in `userIds`; undefined where nobody was known. */
  readonly userId: string | undefined;
  readonly surface: string;
  readonly context: Readonly<Record<string, string | number | boolean>>;
  readonly items: readonly { readonly id: string; readonly position: number; readonly deeds: number }[];
}

/** Collects slates, about in the order of their times; of those that are too many the oldest are dropped. */
export class ExposureColumns {
  readonly #users: Axis;
  readonly #items: Axis;
  readonly #surfaces = new Axis([]);
  #slates: SlateRow[] = [];
  #first = 0;
  #size = 0;

  /**
   * @param keys of the context that are kept
   * @param most rows that are kept: whole slates, at least the newest one
   */
  constructor(
    private readonly data: TrainingData,
    private readonly keys: readonly string[],
    private readonly most = Infinity,
  ) {
    this.#users = new Axis(data.userIds);
    this.#items = new Axis(data.itemIds);
  }

  add({ at, userId, surface, context, items }: ShownSlate): void {
    if (items.length === 0) return;
    this.#slates.push({
      at,
      user: userId === undefined ? -1 : this.#users.row(userId),
      surface: this.#surfaces.row(surface),
      context: this.keys.map((key) => (Object.hasOwn(context, key) ? String(context[key]) : '')),
      items: Int32Array.from(items, ({ id }) => this.#items.row(id)),
      positions: Int32Array.from(items, ({ position }) => position),
      deeds: Uint8Array.from(items, ({ deeds }) => deeds),
    });
    this.#size += items.length;
    while (this.#size > this.most && this.#first < this.#slates.length - 1)
      this.#size -= this.#slates[this.#first++]!.items.length;
    if (2 * this.#first > this.#slates.length) {
      this.#slates = this.#slates.slice(this.#first);
      this.#first = 0;
    }
  }

  /** The log with what was collected: its ids go on with people and items that were only ever shown something, or shown. */
  collected(): TrainingData {
    const slates = this.#slates.slice(this.#first).sort((one, other) => one.at - other.at);
    // Who and what was in slates that are dropped by now is not named.
    const users = new Renaming(this.#users, this.data.userIds);
    const named = new Renaming(this.#items, this.data.itemIds);
    const offsets = new Int32Array(slates.length + 1);
    slates.forEach(({ items }, s) => (offsets[s + 1] = offsets[s]! + items.length));
    const exposures: Exposures = {
      offsets,
      users: Int32Array.from(slates, ({ user }) => users.row(user)),
      at: Float64Array.from(slates, ({ at }) => at),
      surfaces: Int32Array.from(slates, ({ surface }) => surface),
      surfaceNames: this.#surfaces.names,
      context: Object.fromEntries(this.keys.map((key, k) => [key, slates.map(({ context }) => context[k]!)])),
      items: joined(slates, offsets, ({ items }) => items).map((item) => named.row(item)),
      positions: joined(slates, offsets, ({ positions }) => positions),
      deeds: Uint8Array.from(joined(slates, offsets, ({ deeds }) => deeds)),
    };
    return { ...this.data, userIds: users.names, itemIds: named.names, exposures };
  }
}

interface SlateRow {
  readonly at: number;
  readonly user: number;
  readonly surface: number;
  readonly context: readonly string[];
  readonly items: Int32Array;
  readonly positions: Int32Array;
  readonly deeds: Uint8Array;
}

function joined(
  slates: readonly SlateRow[],
  offsets: Int32Array,
  part: (slate: SlateRow) => Int32Array | Uint8Array,
): Int32Array {
  const all = new Int32Array(offsets[slates.length]!);
  slates.forEach((slate, s) => all.set(part(slate), offsets[s]));
  return all;
}

/** Names with rows, in the order they were first heard of. */
class Axis {
  readonly names: string[];
  readonly #rows: Map<string, number>;

  constructor(names: readonly string[]) {
    this.names = [...names];
    this.#rows = new Map(names.map((name, row) => [name, row]));
  }

  row(name: string): number {
    let row = this.#rows.get(name);
    if (row === undefined) this.#rows.set(name, (row = this.names.push(name) - 1));
    return row;
  }
}

/** Rows of an axis as those of a list that begins with some names, and goes on with what is asked for. */
class Renaming {
  readonly names: string[];
  readonly #rows: Int32Array;

  /** `first`: the names that the axis began with. */
  constructor(
    private readonly axis: Axis,
    first: readonly string[],
  ) {
    this.names = [...first];
    this.#rows = new Int32Array(axis.names.length).fill(-1);
    first.forEach((_, row) => (this.#rows[row] = row));
  }

  /** −1 stays −1. */
  row(before: number): number {
    if (before < 0) return -1;
    if (this.#rows[before] === -1) this.#rows[before] = this.names.push(this.axis.names[before]!) - 1;
    return this.#rows[before]!;
  }
}
