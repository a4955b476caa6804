import type { CountsPort, CountsQuery, ItemCounts } from '@attune/sdk';
import { IdAxis } from '../../embedded/events/id.axis.js';
import { LruCache } from '../../embedded/lru.cache.js';
import type { DayCounts } from '../../redis/day-counts.js';
import { RedisUnavailableError } from '../../redis/redis.connection.js';
import { planOf, type CountPlan } from './count.plan.js';
import { SpanCounts, tallyByType, type CountLog, type TallyByType } from './span.counts.js';

interface Counted extends ItemCounts {
  /** Whose rows these are. */
  readonly axis: IdAxis;
  /** Those of everything that was counted. */
  readonly stamps: string;
}

interface LiveWindow {
  counted: Counted;
  /** When it was counted. */
  readonly at: number;
}

/** Windows that move with the clock, and those that are being counted. */
class LiveWindows extends LruCache<string, LiveWindow> {
  readonly counting = new Map<string, Promise<LiveWindow>>();
}

export interface WindowCountsOptions {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Told of each window that was counted in the log because the hot store does not answer. */
  readonly onTrouble: (error: RedisUnavailableError) => void;
}

/** A window that ends within so long before the clock moves with it. */
const LIVE_MS = 60_000;
/** A live window is given again for so long, */
const FRESH_MS = 1_000;
/**
 * and so long while it is counted anew behind the scenes: a request after a quiet time must not wait for it. One that is
 * empty is waited for: the first events of a shop are all that its pages can be made of.
 */
const STALE_MS = 900_000;
const WINDOWS = 256;
const DAYS = 1_000;

/**
 * Item counts of windows: whole days and months are counted once and kept, the rest is counted when asked. A window that
 * moves with the clock is given again for a second, and once more while it is counted anew unless it is empty; any other
 * for as long as no event falls into its days.
 */
export class WindowCounts implements CountsPort {
  private axis = new IdAxis();
  private live = new LiveWindows(WINDOWS);
  private past = new LruCache<string, Counted>(WINDOWS);
  /** Stamp of each day as of which searches find all its events. */
  private readonly searchable = new LruCache<string, string>(DAYS);
  private erased: string | undefined;
  private readonly spans: SpanCounts;

  constructor(
    private readonly log: CountLog,
    private readonly days: DayCounts,
    private readonly options: WindowCountsOptions,
  ) {
    this.spans = new SpanCounts(log, days);
  }

  async window({ types, from, to }: CountsQuery): Promise<ItemCounts> {
    const query = { types: [...new Set(types)].sort(), from, to };
    const now = this.options.clock();
    if (!(from < to)) return this.padded(summed([], query.types, { axis: this.axis, stamps: '' }));
    return to > now - LIVE_MS ? await this.moving(query, now) : await this.fixed(query);
  }

  /** These items have a row from now on. */
  add(items: readonly string[]): void {
    for (const item of items) this.axis.add(item);
  }

  /** The next answers have everything that searches find by now. */
  renew(): void {
    this.live = new LiveWindows(WINDOWS);
  }

  /** Somebody was erased: no row is left of what only he touched. */
  forget(): void {
    this.axis = new IdAxis();
    this.renew();
  }

  private async moving(query: CountsQuery, now: number): Promise<ItemCounts> {
    const { live } = this;
    const key = `${query.to - query.from} ${query.types.join(' ')}`;
    let window = live.get(key);
    const age = window === undefined ? Infinity : now - window.at;
    const longest = window?.counted.total === 0 ? FRESH_MS : STALE_MS;
    if (window === undefined || age > longest) window = await this.recount(live, key, query);
    // Whoever asks once it is too old finds out why this failed.
    else if (age > FRESH_MS) void this.recount(live, key, query).catch(() => undefined);
    return (window.counted = this.padded(window.counted));
  }

  /** Counts a live window, once for all who ask at the same time. */
  private recount(live: LiveWindows, key: string, query: CountsQuery): Promise<LiveWindow> {
    let counting = live.counting.get(key);
    if (counting === undefined) {
      const at = this.options.clock();
      counting = this.count(query, undefined)
        .then((counted) => {
          const window = { counted, at };
          live.set(key, window);
          return window;
        })
        .finally(() => live.counting.delete(key));
      live.counting.set(key, counting);
    }
    return counting;
  }

  private async fixed(query: CountsQuery): Promise<ItemCounts> {
    const key = `${query.from} ${query.to} ${query.types.join(' ')}`;
    const counted = this.padded(await this.count(query, this.past.get(key)));
    this.past.set(key, counted);
    return counted;
  }

  private async count(query: CountsQuery, known: Counted | undefined): Promise<Counted> {
    const months = await this.log.months();
    const [from, to] = [Math.floor(query.from) + 1, Math.floor(query.to) + 1];
    try {
      return await this.byParts(planOf(from, to, months), query, known);
    } catch (error) {
      if (!(error instanceof RedisUnavailableError)) throw error;
      this.options.onTrouble(error);
      const { axis } = this;
      await this.log.refresh();
      const counted = await this.log.count({ from, to, types: query.types });
      return summed([tallyByType(counted, axis)], query.types, { axis, stamps: '' });
    }
  }

  private async byParts({ whole, parts }: CountPlan, query: CountsQuery, known: Counted | undefined): Promise<Counted> {
    const { types } = query;
    const { erased, stamps } = await this.days.stamps([...whole, ...parts.map(({ day }) => day)]);
    if (this.erased !== erased && this.erased !== undefined) this.forget();
    this.erased = erased;
    const { axis } = this;
    const text = [...stamps.values()].join(' ');
    if (known?.axis === axis && known.stamps === text) return known;
    const spans = await this.spans.of(new Map(whole.map((name) => [name, stamps.get(name) ?? ''])), axis);
    if (query.to <= this.options.clock() - LIVE_MS) await this.makeSearchable(parts, stamps);
    const counted = await Promise.all(parts.map(({ from, to }) => this.log.count({ from, to, types })));
    const tallies = [...spans, ...counted.map((counts) => tallyByType(counts, axis))];
    return summed(tallies, types, { axis, stamps: text });
  }

  /** Resolves when searches find every event these days had when their stamps were read. */
  private async makeSearchable(parts: CountPlan['parts'], stamps: ReadonlyMap<string, string>): Promise<void> {
    const unsure = parts.filter(({ day }) => this.searchable.get(day) !== stamps.get(day));
    if (unsure.length === 0) return;
    await this.log.refresh();
    for (const { day } of unsure) this.searchable.set(day, stamps.get(day) ?? '');
  }

  /** The same counts with a row for every item known by now. */
  private padded(counted: Counted): Counted {
    const vocabulary = this.axis.vocabulary();
    if (counted.axis !== this.axis || counted.vocabulary === vocabulary) return counted;
    const byRow = new Int32Array(vocabulary.size);
    byRow.set(counted.byRow);
    return { ...counted, vocabulary, byRow };
  }
}

function summed(
  tallies: readonly TallyByType[],
  types: readonly string[],
  of: { readonly axis: IdAxis; readonly stamps: string },
): Counted {
  const vocabulary = of.axis.vocabulary();
  const byRow = new Int32Array(vocabulary.size);
  let total = 0;
  for (const tally of tallies.flatMap((byType) => types.flatMap((type) => byType.get(type) ?? []))) {
    for (let i = 0; i < tally.rows.length; i++) {
      byRow[tally.rows[i]!]! += tally.counts[i]!;
      total += tally.counts[i]!;
    }
  }
  return { ...of, total, vocabulary, byRow };
}
