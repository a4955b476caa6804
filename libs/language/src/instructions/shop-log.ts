import type { TrainingData } from '@attune/sdk';
import type { InstructionItem } from './instruction-item.js';
import { MOST_HISTORY } from './instruction.schema.js';

/** The events that examples are made of, ascending in time: those of people who consented, and of nobody else. */
export interface InstructionLog extends Pick<
  TrainingData,
  'size' | 'users' | 'items' | 'types' | 'at' | 'values' | 'userIds' | 'itemIds' | 'typeNames'
> {
  /** `[itemIds]`; undefined where the catalogue has none: such items are in no example. */
  readonly described: readonly (InstructionItem | undefined)[];
  /** Whether there may be examples about a person, by its row; their events count for what is popular all the same. */
  readonly tells: (user: number) => boolean;
}

/** How somebody took an item up. */
export type How = 'bought' | 'put into the cart' | 'looked at' | 'liked' | 'did not like';

/** An item of a history. */
export interface Past {
  /** Row of `itemIds`. */
  readonly item: number;
  readonly how: How;
  readonly described: InstructionItem;
}

/** Events of a person before a target, at most: a robot's are without end. */
const MOST_LOOKED_AT = 500;

const HOW_OF_TYPE: ReadonlyMap<string, How> = new Map([
  ['purchase', 'bought'],
  ['add_to_cart', 'put into the cart'],
  ['click', 'looked at'],
  ['view', 'looked at'],
  ['like', 'liked'],
  ['dislike', 'did not like'],
]);

/** A log with an index by person. */
export class ShopLog {
  /** Rows of each person, ascending in time: those of person u are `rows[starts[u]]` to `rows[starts[u + 1] - 1]`. */
  private readonly rows: Int32Array;
  private readonly starts: Int32Array;
  private readonly hows: readonly (How | 'rating' | undefined)[];
  /** Ratings above it say that somebody liked an item; undefined where all are alike. */
  private readonly middle: number | undefined;

  constructor(readonly log: InstructionLog) {
    const { size, users, userIds, typeNames } = log;
    this.starts = new Int32Array(userIds.length + 1);
    for (let row = 0; row < size; row++) this.starts[users[row]! + 1]! += 1;
    for (let user = 0; user < userIds.length; user++) this.starts[user + 1]! += this.starts[user]!;
    const next = this.starts.slice();
    this.rows = new Int32Array(size);
    for (let row = 0; row < size; row++) this.rows[next[users[row]!]!++] = row;
    this.hows = typeNames.map((type) => (type === 'rating' ? 'rating' : HOW_OF_TYPE.get(type)));
    this.middle = this.middleOfRatings();
  }

  /** Undefined where an event says nothing of the kind, such as an impression. */
  how(row: number): How | undefined {
    const how = this.hows[this.log.types[row]!];
    if (how !== 'rating') return how;
    const value = this.log.values[row]!;
    if (this.middle === undefined || Number.isNaN(value)) return undefined;
    return value > this.middle ? 'liked' : 'did not like';
  }

  described(row: number): InstructionItem | undefined {
    return this.log.described[this.log.items[row]!];
  }

  /** Whether a person did anything before this event of his. */
  hasPast(row: number): boolean {
    const { users, at } = this.log;
    return at[this.rows[this.starts[users[row]!]!]!]! < at[row]!;
  }

  /** What the person of an event took up before its moment, each item once, the latest first. */
  history(row: number): readonly Past[] {
    const { users, items, at } = this.log;
    const past = new Map<number, Past>();
    const place = this.placeOf(row);
    const first = Math.max(this.starts[users[row]!]!, place - MOST_LOOKED_AT);
    for (let i = place - 1; i >= first && past.size < MOST_HISTORY; i--) {
      const earlier = this.rows[i]!;
      const [item, how, described] = [items[earlier]!, this.how(earlier), this.described(earlier)];
      if (at[earlier]! === at[row]! || how === undefined || described === undefined || past.has(item)) continue;
      past.set(item, { item, how, described });
    }
    return [...past.values()];
  }

  /** Rows of what the person of an event did at its very moment, itself among them, ascending. */
  atOnce(row: number): readonly number[] {
    const { users, at } = this.log;
    const [from, to] = [this.starts[users[row]!]!, this.starts[users[row]! + 1]!];
    let first = this.placeOf(row);
    let end = first + 1;
    while (first > from && at[this.rows[first - 1]!]! === at[row]!) first--;
    while (end < to && at[this.rows[end]!]! === at[row]!) end++;
    return [...this.rows.subarray(first, end)];
  }

  /** Where an event stands in `rows`. */
  private placeOf(row: number): number {
    const { users } = this.log;
    let [low, high] = [this.starts[users[row]!]!, this.starts[users[row]! + 1]! - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.rows[middle]! < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private middleOfRatings(): number | undefined {
    const { size, types, values } = this.log;
    let [low, high] = [Infinity, -Infinity];
    for (let row = 0; row < size; row++) {
      if (this.hows[types[row]!] !== 'rating' || Number.isNaN(values[row]!)) continue;
      low = Math.min(low, values[row]!);
      high = Math.max(high, values[row]!);
    }
    return low < high ? (low + high) / 2 : undefined;
  }
}
