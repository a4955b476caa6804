import { z } from 'zod';
import type { HotKeys } from './hot-keys.js';
import { DAY_STAMPS } from './hot-scripts.js';
import type { RedisConnection } from './redis.connection.js';

/** How often items occur, by event type: pairs of item and count. */
export type StoredCounts = Readonly<Record<string, readonly (readonly [string, number])[]>>;

const KEPT_MS = 40 * 86_400_000;

const stampsSchema = z.array(z.string());
const storedSchema = z.object({
  stamp: z.string(),
  counts: z.record(z.string(), z.array(z.tuple([z.string(), z.number()]))),
});

/**
 * Item counts of whole days and months in Redis, each with the stamp its time had when they were counted. Every event
 * gives its day and month another stamp: counts hold for as long as the stamps are equal.
 */
export class DayCounts {
  constructor(
    private readonly redis: RedisConnection,
    private readonly keys: HotKeys,
    /** Unique text. */
    private readonly stamp: () => string,
  ) {}

  /**
   * Stamps of days and months, and that of the newest erasure.
   *
   * @throws RedisUnavailableError
   */
  async stamps(
    names: readonly string[],
  ): Promise<{ readonly erased: string; readonly stamps: ReadonlyMap<string, string> }> {
    const run = await this.redis.runId();
    const values = [run, run + this.stamp(), KEPT_MS, ...names];
    const [erased = '', ...stamps] = stampsSchema.parse(
      await this.redis.script(DAY_STAMPS, [this.keys.days, this.keys.erased], values),
    );
    return { erased, stamps: new Map(names.map((name, i) => [name, stamps[i] ?? ''])) };
  }

  /** Counts of each of these where they were counted under its stamp. */
  async get(stamps: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, StoredCounts>> {
    if (stamps.size === 0) return new Map();
    const names = [...stamps.keys()];
    const texts = await this.redis.guarded(this.redis.client.mget(...names.map((name) => this.keys.counts(name))));
    const found = new Map<string, StoredCounts>();
    for (const [i, text] of texts.entries()) {
      if (text === null) continue;
      const { stamp, counts } = storedSchema.parse(JSON.parse(text));
      if (stamp === stamps.get(names[i]!)) found.set(names[i]!, counts);
    }
    return found;
  }

  /** Keeps what was counted after its time had the stamp. */
  async set(name: string, stamp: string, counts: StoredCounts): Promise<void> {
    const text = JSON.stringify({ stamp, counts });
    await this.redis.guarded(this.redis.client.set(this.keys.counts(name), text, 'PX', KEPT_MS));
  }

  /** Makes these be counted anew. */
  async touch(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const stamp = (await this.redis.runId()) + this.stamp();
    await this.redis.guarded(this.redis.client.hset(this.keys.days, ...names.flatMap((name) => [name, stamp])));
  }
}
