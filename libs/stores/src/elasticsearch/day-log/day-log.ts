import type { LogRetention } from '../../day-log/log-retention.js';
import { OfPeople } from '../../day-log/of-people.js';
import { capital, type People } from '../../day-log/record-kind.js';
import { Turns } from '../../embedded/turns.js';
import type { LogIndices } from './log.indices.js';
import { StampedRecords, type StampedRecordsOptions } from './stamped-records.js';

/** So many records are written without waiting for the second to end, and at most so many at a time. */
const BATCH_RECORDS = 256;
const WAIT_MS = 1_000;
/** Between two looks for days that are over. */
const PRUNE_MS = 600_000;

export interface DayLogOptions extends StampedRecordsOptions {
  readonly warn: (line: string) => void;
}

/**
 * Records in an index a day. What is recorded waits in memory for a second or for 255 others and is then written in the
 * background, again and again while Elasticsearch cannot be reached; a crash loses what waits. Another process finds a
 * record once it is written.
 */
export class DayLog<T extends object> {
  private readonly waiting: StampedRecords<T>;
  private readonly changes = new Turns();
  private timer: NodeJS.Timeout | undefined;
  private dropped = 0;
  private pruned: number | undefined;
  private failing = false;
  private closed = false;

  /** `retention`: whole days go, the oldest, until what is left fits. */
  constructor(
    private readonly indices: LogIndices<T>,
    private readonly retention: Required<LogRetention>,
    private readonly options: DayLogOptions,
  ) {
    this.waiting = new StampedRecords(indices.codec.kind, options);
  }

  /** Drops it, counted, where too much waits already. */
  record(record: T): void {
    if (this.closed || !this.waiting.hasRoomFor(record)) {
      this.dropped++;
      return;
    }
    this.waiting.add(record);
    if (this.waiting.size % BATCH_RECORDS === 0) this.flushSoon();
    this.wait();
  }

  /** A record of this process that is not known to be written yet. */
  unwritten(id: string): T | undefined {
    return this.waiting.get(id);
  }

  async *scan(): AsyncGenerator<readonly T[]> {
    await this.flushed();
    yield* this.indices.scan({ direction: 'asc' });
  }

  /** The newest first, those of one group where asked. */
  async recent(limit: number, group?: string): Promise<readonly T[]> {
    if (limit <= 0) return [];
    await this.flushed();
    const records: T[] = [];
    for await (const page of this.indices.scan({ direction: 'desc', group, page: limit })) {
      records.push(...page.slice(0, limit - records.length));
      if (records.length >= limit) break;
    }
    return records;
  }

  /**
   * Erases what every process wrote before the call and what waits in this one. What is left on disk of it goes within
   * minutes.
   *
   * @throws AttuneError `NOT_DURABLE`, `STORE_UNAVAILABLE`: some records may be there still; erase again.
   */
  async erase(who: People): Promise<number> {
    const people = new OfPeople(this.indices.codec, who);
    // In turn: what is being written now is found afterwards.
    const waited = await this.changes.take(() => Promise.resolve(this.waiting.erase(people)));
    return waited + (await this.indices.erase(who));
  }

  /** Erases what waits in this process of people whom another one erased, and what of it was just being written. */
  async forget(who: People): Promise<void> {
    if (this.waiting.holds(new OfPeople(this.indices.codec, who))) await this.erase(who);
  }

  /** @throws AttuneError `NOT_DURABLE`: some records could not be written; they wait on, and are tried again. */
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

  /** Records kept, records dropped since the start, bytes on disk. */
  async stats(): Promise<{ readonly records: number; readonly dropped: number; readonly sizeBytes: number }> {
    // In turn: nothing is being written meanwhile, which would count twice or not at all.
    return await this.changes.take(async () => {
      const { records, sizeBytes } = await this.indices.stats();
      return { records: records + this.waiting.size, dropped: this.dropped, sizeBytes };
    });
  }

  /** Writes what waits; what cannot be written, or is recorded later, is dropped. */
  async close(): Promise<void> {
    this.closed = true;
    await this.flushed();
    clearTimeout(this.timer);
    this.dropped += this.waiting.clear();
  }

  private get what(): string {
    return this.indices.codec.kind.what;
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
      if (!this.failing) this.options.warn(`${capital(this.what)} are not logged at the moment: ${String(error)}`);
      this.failing = true;
    }
  }

  /** Writes the records that have waited longest; gives how many. */
  private async writeBatch(): Promise<number> {
    const batch = this.waiting.oldest(BATCH_RECORDS);
    const refused = await this.indices.write(batch);
    this.waiting.done(batch);
    this.dropped += refused;
    if (refused > 0) this.options.warn(`Elasticsearch refused ${refused} ${this.what}: they are not logged`);
    return batch.length;
  }

  /** Looks for days that are over, now and then. That it could not is no failure of the flush. */
  private async prune(): Promise<void> {
    const { clock, warn } = this.options;
    const now = clock();
    if (this.pruned !== undefined && Math.abs(now - this.pruned) < PRUNE_MS) return;
    this.pruned = now;
    await this.indices
      .prune(now, this.retention)
      .catch((error: unknown) => warn(`Old ${this.what} are still kept: ${String(error)}`));
  }
}
