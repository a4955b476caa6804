import { dayOf, type LogRetention } from '../../day-log/log-retention.js';
import { OfPeople } from '../../day-log/of-people.js';
import { capital, type People, type RecordKind } from '../../day-log/record-kind.js';
import { RecordCodec } from '../../day-log/record.codec.js';
import { WaitingRecords } from '../../day-log/waiting-records.js';
import { durably } from '../durably.js';
import { Turns } from '../turns.js';
import { LogDays } from './log.days.js';
import { RecordIndex, type RecordEntry } from './record.index.js';

/** A day is cut into segments: what the retention by bytes removes at a time. */
const SEGMENT_BYTES = 16 * 1024 * 1024;
/** So many records are written without waiting for the second to end, and at most so many at a time. */
const BATCH_RECORDS = 256;
const WAIT_MS = 1_000;
/** Records that can be found by id; see `RecordIndex`. Some 30 MB. */
const INDEXED_RECORDS = 200_000;

export interface DayLogOptions {
  /** Created when missing. */
  readonly folder: string;
  /** Epoch milliseconds: the day under which a record is kept. */
  readonly clock: () => number;
  readonly warn: (line: string) => void;
  /** How many records `get` and `recent` know, at least half and at most all of it: default 200,000. */
  readonly indexed?: number;
}

/**
 * Records in a log a day. What is recorded waits in memory for a second or for 255 others and is then written in the
 * background; a crash loses what waits. `get` and `recent` know the newest 100,000 to 200,000 records, `scan` and
 * `erase` all of them.
 */
export class DayLog<T extends object> {
  private readonly waiting: WaitingRecords<T>;
  private readonly changes = new Turns();
  private timer: NodeJS.Timeout | undefined;
  private dropped = 0;
  private closed = false;

  private constructor(
    private readonly codec: RecordCodec<T>,
    private readonly options: DayLogOptions,
    private readonly days: LogDays<T>,
    private readonly index: RecordIndex,
  ) {
    this.waiting = new WaitingRecords(codec.kind);
  }

  /** @throws DataFolderError where a day's log is damaged. */
  static async open<T extends object>(
    kind: RecordKind<T>,
    retention: Required<LogRetention>,
    options: DayLogOptions,
  ): Promise<DayLog<T>> {
    const { folder, clock, warn, indexed = INDEXED_RECORDS } = options;
    const codec = new RecordCodec(kind);
    const index = new RecordIndex(indexed);
    const segmentBytes = Math.min(SEGMENT_BYTES, Math.ceil(retention.bytes / 8));
    const onRecord = (entry: RecordEntry): void => index.add(entry);
    const days = await LogDays.open({ codec, folder, warn, segmentBytes, onRecord, retention }, clock());
    return new DayLog(codec, options, days, index);
  }

  /** Drops it, counted, where too much waits already. */
  record(record: T): void {
    if (this.closed || !this.waiting.hasRoomFor(record)) {
      this.dropped++;
      return;
    }
    this.waiting.set({ record, at: this.options.clock() });
    if (this.waiting.size % BATCH_RECORDS === 0) this.flushSoon();
    this.timer ??= setTimeout(() => this.flushSoon(), WAIT_MS).unref();
  }

  async get(id: string): Promise<T | undefined> {
    const waiting = this.waiting.get(id);
    if (waiting !== undefined) return waiting;
    const found = await this.find(id);
    if (found !== undefined || this.index.get(id) === undefined) return found;
    // Its day was rewritten between the look at the index and the reading.
    await this.changes.settled();
    return await this.find(id);
  }

  async *scan(): AsyncGenerator<readonly T[]> {
    await this.flushed();
    for (const { name } of this.days.all()) {
      const day = this.days.get(name);
      if (day !== undefined) yield* day.scan();
    }
  }

  /** The newest first, those of one group where asked. */
  async recent(limit: number, group?: string): Promise<readonly T[]> {
    await this.flushed();
    const records: T[] = [];
    for (const entry of this.index.newestFirst()) {
      if (records.length >= limit) break;
      if (group !== undefined && entry.group !== group) continue;
      // By its id: an erasure may move it meanwhile.
      const record = await this.get(entry.id);
      if (record !== undefined) records.push(record);
    }
    return records;
  }

  /** @throws AttuneError `NOT_DURABLE`: the records of some days may be there still; erase again. */
  async erase(who: People): Promise<number> {
    const people = new OfPeople(this.codec, who);
    return await this.changes.take(async () => {
      let erased = this.waiting.erase(people);
      for (const day of this.days.all()) {
        const ids = await durably(() => day.erase(people, (entry) => this.index.move(entry)));
        for (const id of ids) this.index.delete(id);
        erased += ids.length;
      }
      return erased;
    });
  }

  /** @throws AttuneError `NOT_DURABLE`: some records could not be written and were dropped. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    let left = this.waiting.size;
    await this.changes.take(async () => {
      while (left > 0 && this.waiting.size > 0) left -= await this.writeBatch();
      await this.days.prune(this.options.clock());
    });
  }

  /** Records kept, records dropped since the start, bytes on disk. */
  stats(): { readonly records: number; readonly dropped: number; readonly sizeBytes: number } {
    const records = this.days.size + this.waiting.size;
    return { records, dropped: this.dropped, sizeBytes: this.days.sizeBytes };
  }

  /** Writes what waits; what is recorded later is dropped. */
  async close(): Promise<void> {
    this.closed = true;
    await this.flushed();
    await this.changes.take(() => this.days.close());
  }

  private flushSoon(): void {
    void this.flushed();
  }

  /** A flush that leaves a line instead of failing. */
  private async flushed(): Promise<void> {
    await this.flush().catch((error: unknown) =>
      this.options.warn(`${capital(this.codec.kind.what)} were not logged: ${String(error)}`),
    );
  }

  private async find(id: string): Promise<T | undefined> {
    const entry = this.index.get(id);
    return entry === undefined ? undefined : await this.days.get(entry.day)?.at(entry);
  }

  /** Writes the records that have waited longest, of one day; gives how many. */
  private async writeBatch(): Promise<number> {
    const oldest = this.waiting.oldest(BATCH_RECORDS);
    const name = dayOf(oldest[0]?.at ?? 0);
    const batch = oldest.filter(({ at }) => dayOf(at) === name);
    try {
      const records = batch.map(({ record }) => record);
      const entries = await durably(async () => await (await this.days.of(name)).append(records));
      for (const entry of entries) this.index.add(entry);
    } catch (error) {
      this.dropped += batch.length;
      throw error;
    } finally {
      // Found here until its place is known.
      this.waiting.done(batch);
    }
    return batch.length;
  }
}
