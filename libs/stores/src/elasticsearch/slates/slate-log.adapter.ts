import type { LoggedSlate, SlateLog } from '@attune/sdk';
import { ShownTo, type People } from '../../embedded/slates/slate.codec.js';
import type { SlateRetention } from '../../embedded/slates/slate.days.js';
import { Turns } from '../../embedded/turns.js';
import type { ElasticsearchConnection } from '../client.js';
import type { Expunger } from '../expunger.js';
import { FollowedSlates } from './followed-slates.js';
import { SlateDays } from './slate.days.js';
import { WaitingSlates, type WaitingSlatesOptions } from './waiting-slates.js';

const KEPT_DAYS = 30;
const KEPT_BYTES = 512 * 1024 * 1024;
/** So many slates are written without waiting for the second to end, and at most so many at a time. */
const BATCH_SLATES = 256;
const WAIT_MS = 1_000;
/** Slates held in memory until Elasticsearch has them; further ones are dropped. */
const MOST_WAITING = 10_000;
/** Between two looks for days that are over. */
const PRUNE_MS = 600_000;

export interface ElasticsearchSlateLogOptions extends WaitingSlatesOptions {
  readonly tenant: string;
  readonly warn: (line: string) => void;
  readonly expunger: Expunger;
  /** Whole days go: the oldest, until what is left fits. Default 30 days and 512 MiB. */
  readonly retention?: SlateRetention | undefined;
}

/**
 * Slates in an index a day. What is recorded waits in memory for a second or for 255 others and is then written in the
 * background, again and again while Elasticsearch cannot be reached; a crash loses what waits. Another process finds a
 * slate once it is written.
 */
export class ElasticsearchSlateLog implements SlateLog {
  private readonly waiting: WaitingSlates;
  private readonly followed: FollowedSlates;
  private readonly changes = new Turns();
  private readonly retention: Required<SlateRetention>;
  private timer: NodeJS.Timeout | undefined;
  private dropped = 0;
  private pruned: number | undefined;
  private failing = false;
  private closed = false;

  private constructor(
    private readonly days: SlateDays,
    private readonly options: ElasticsearchSlateLogOptions,
  ) {
    this.retention = { days: KEPT_DAYS, bytes: KEPT_BYTES, ...options.retention };
    this.waiting = new WaitingSlates(options);
    this.followed = new FollowedSlates(days, options);
  }

  /** @throws AttuneError `STORE_UNAVAILABLE` */
  static async open(
    connection: ElasticsearchConnection,
    options: ElasticsearchSlateLogOptions,
  ): Promise<ElasticsearchSlateLog> {
    const days = await SlateDays.open(connection, options.tenant, options.expunger);
    return new ElasticsearchSlateLog(days, options);
  }

  record(slate: LoggedSlate): void {
    if (this.closed || this.waiting.size >= MOST_WAITING) {
      this.dropped++;
      return;
    }
    this.waiting.add(slate);
    if (this.waiting.size % BATCH_SLATES === 0) this.flushSoon();
    this.wait();
  }

  /** @throws AttuneError `STORE_UNAVAILABLE` */
  async get(slateId: string): Promise<LoggedSlate | undefined> {
    return this.waiting.get(slateId) ?? (await this.days.find(slateId, this.options.clock(), this.retention.days));
  }

  async *scan(): AsyncGenerator<readonly LoggedSlate[]> {
    await this.flushed();
    yield* this.days.scan('asc');
  }

  async recent(limit: number, surface?: string): Promise<readonly LoggedSlate[]> {
    if (limit <= 0) return [];
    await this.flushed();
    const slates: LoggedSlate[] = [];
    for await (const page of this.days.scan('desc', surface)) {
      slates.push(...page.slice(0, limit - slates.length));
      if (slates.length >= limit) break;
    }
    return slates;
  }

  /**
   * Erases what every process wrote before the call and what waits in this one. What is left on disk of it goes within
   * minutes.
   *
   * @throws AttuneError `NOT_DURABLE`, `STORE_UNAVAILABLE`: some slates may be there still; erase again.
   */
  async erase(who: People): Promise<number> {
    const shownTo = new ShownTo(who);
    // In turn: what is being written now is found afterwards.
    const waited = await this.changes.take(() => Promise.resolve(this.waiting.erase(shownTo)));
    return waited + (await this.days.erase(who));
  }

  /** Erases what waits in this process of people whom another one erased, and what of it was just being written. */
  async forget(who: People): Promise<void> {
    if (this.waiting.holds(new ShownTo(who))) await this.erase(who);
  }

  /** @throws AttuneError `NOT_DURABLE`: some slates could not be written; they wait on, and are tried again. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    let left = this.waiting.size;
    try {
      await this.changes.take(async () => {
        while (left > 0 && this.waiting.size > 0) left -= await this.writeBatch();
      });
      this.failing = false;
    } finally {
      if (this.waiting.size > 0) this.wait();
    }
    await this.prune();
  }

  async stats(): Promise<{ readonly slates: number; readonly dropped: number; readonly sizeBytes: number }> {
    // In turn: nothing is being written meanwhile, which would count twice or not at all.
    return await this.changes.take(async () => {
      const { slates, sizeBytes } = await this.days.stats();
      return { slates: slates + this.waiting.size, dropped: this.dropped, sizeBytes };
    });
  }

  onRecord(listener: (slate: LoggedSlate) => void): () => void {
    return this.followed.onRecord(listener);
  }

  /** Writes what waits; what cannot be written, or is recorded later, is dropped. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([this.flushed(), this.followed.close()]);
    clearTimeout(this.timer);
    this.dropped += this.waiting.clear();
  }

  private wait(): void {
    this.timer ??= setTimeout(() => this.flushSoon(), WAIT_MS).unref();
  }

  private flushSoon(): void {
    void this.flushed();
  }

  /** A flush that leaves a line instead of failing, one for all failures in a row. */
  private async flushed(): Promise<void> {
    try {
      await this.flush();
    } catch (error) {
      if (!this.failing) this.options.warn(`Slates are not logged at the moment: ${String(error)}`);
      this.failing = true;
    }
  }

  /** Writes the slates that have waited longest; gives how many. */
  private async writeBatch(): Promise<number> {
    const batch = this.waiting.oldest(BATCH_SLATES);
    const refused = await this.days.write(batch);
    this.waiting.written(batch);
    this.dropped += refused;
    if (refused > 0) this.options.warn(`Elasticsearch refused ${refused} slates: they are not logged`);
    return batch.length;
  }

  /** Looks for days that are over, now and then. That it could not is no failure of the flush. */
  private async prune(): Promise<void> {
    const { clock, warn } = this.options;
    const now = clock();
    if (this.pruned !== undefined && Math.abs(now - this.pruned) < PRUNE_MS) return;
    this.pruned = now;
    await this.days
      .prune(now, this.retention)
      .catch((error: unknown) => warn(`Old slates are still kept: ${String(error)}`));
  }
}
