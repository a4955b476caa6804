import type { IdAxis } from '../../embedded/events/id.axis.js';
import { LruCache } from '../../embedded/lru.cache.js';
import type { CountsByType, CountedEvents } from '../../elasticsearch/events/item-counts.query.js';
import type { DayCounts, StoredCounts } from '../../redis/day-counts.js';
import { boundsOf } from './count.plan.js';

/** Counts of some items, by their rows. */
export interface Tally {
  readonly rows: Int32Array;
  readonly counts: Int32Array;
}

export type TallyByType = ReadonlyMap<string, Tally>;

interface KnownSpan {
  readonly stamp: string;
  readonly axis: IdAxis;
  readonly tallies: TallyByType;
}

/** The log, as far as counting needs it. */
export interface CountLog {
  refresh(): Promise<void>;
  /** Months that hold events, such as `2026.11`. */
  months(): Promise<readonly string[]>;
  count(counted: CountedEvents): Promise<CountsByType>;
}

/** Days and months kept in memory. */
const SPANS = 512;
const COUNTED_AT_A_TIME = 4;

/** Item counts of whole days and months: from memory, else from Redis, else counted in the log and kept in both. */
export class SpanCounts {
  private known = new LruCache<string, KnownSpan>(SPANS);

  constructor(
    private readonly log: CountLog,
    private readonly stored: DayCounts,
  ) {}

  /** Counts of each span as of its stamp or later. */
  async of(stamps: ReadonlyMap<string, string>, axis: IdAxis): Promise<readonly TallyByType[]> {
    const found = new Map<string, TallyByType>();
    for (const [name, stamp] of stamps) {
      const known = this.known.get(name);
      if (known?.stamp === stamp && known.axis === axis) found.set(name, known.tallies);
    }
    const keep = (name: string, counts: StoredCounts): void => {
      const tallies = tallyByType(Object.entries(counts), axis);
      found.set(name, tallies);
      this.known.set(name, { stamp: stamps.get(name) ?? '', axis, tallies });
    };
    const unknown = new Map([...stamps].filter(([name]) => !found.has(name)));
    for (const [name, counts] of await this.stored.get(unknown)) keep(name, counts);
    const missing = [...stamps].filter(([name]) => !found.has(name));
    // What was stored before the stamp was read must be counted.
    if (missing.length > 0) await this.log.refresh();
    for (let start = 0; start < missing.length; start += COUNTED_AT_A_TIME) {
      const some = missing.slice(start, start + COUNTED_AT_A_TIME);
      await Promise.all(some.map(async ([name, stamp]) => keep(name, await this.countSpan(name, stamp))));
    }
    return [...found.values()];
  }

  private async countSpan(name: string, stamp: string): Promise<StoredCounts> {
    const counted = await this.log.count(boundsOf(name));
    const counts = Object.fromEntries([...counted].map(([type, items]) => [type, [...items]]));
    await this.stored.set(name, stamp, counts);
    return counts;
  }
}

/** Counts by type and item in the rows of an axis, which takes up new items. */
export function tallyByType(
  counts: Iterable<readonly [string, Iterable<readonly [string, number]>]>,
  axis: IdAxis,
): TallyByType {
  const tallies = new Map<string, Tally>();
  for (const [type, pairs] of counts) {
    const items = [...pairs];
    const rows = Int32Array.from(items, ([item]) => axis.add(item));
    tallies.set(type, { rows, counts: Int32Array.from(items, ([, count]) => count) });
  }
  return tallies;
}
