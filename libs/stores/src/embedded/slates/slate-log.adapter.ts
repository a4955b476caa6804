import type { LoggedSlate, SlateLog } from '@attune/sdk';
import { durably } from '../durably.js';
import { Turns } from '../turns.js';
import { ShownTo, type People } from './slate.codec.js';
import { dayOf, SlateDays, type SlateRetention } from './slate.days.js';
import { SlateIndex, type SlateEntry } from './slate.index.js';

const KEPT_DAYS = 30;
const KEPT_BYTES = 512 * 1024 * 1024;
/** A day is cut into segments: what the retention by bytes removes at a time. */
const SEGMENT_BYTES = 16 * 1024 * 1024;
/** So many slates are written without waiting for the second to end, and at most so many at a time. */
const BATCH_SLATES = 256;
const WAIT_MS = 1_000;
/** Slates held in memory until the disk has them; further ones are dropped. */
const MOST_WAITING = 10_000;
/** Slates that can be found by id; see `SlateIndex`. Some 30 MB. */
const INDEXED_SLATES = 200_000;

export interface SlateLogOptions {
  /** Created when missing. */
  readonly folder: string;
  /** Epoch milliseconds: the day under which a slate is kept. */
  readonly clock: () => number;
  readonly warn: (line: string) => void;
  readonly retention?: SlateRetention | undefined;
  /** How many slates `get` and `recent` know, at least half and at most all of it: default 200,000. */
  readonly indexed?: number;
}

interface Waiting {
  readonly day: string;
  readonly slate: LoggedSlate;
}

/**
 * Slates in a log a day. What is recorded waits in memory for a second or for 255 others and is then written in the
 * background; a crash loses what waits. `get` and `recent` know the newest 100,000 to 200,000 slates, `scan` and
 * `erase` all of them.
 */
export class EmbeddedSlateLog implements SlateLog {
  private waiting = new Map<string, Waiting>();
  /** What is being written: found until its place is known. */
  private writing: ReadonlyMap<string, Waiting> = new Map();
  private readonly changes = new Turns();
  private timer: NodeJS.Timeout | undefined;
  private dropped = 0;
  private closed = false;

  private constructor(
    private readonly options: SlateLogOptions,
    private readonly days: SlateDays,
    private readonly index: SlateIndex,
  ) {}

  /** @throws DataFolderError where a day's log is damaged. */
  static async open(options: SlateLogOptions): Promise<EmbeddedSlateLog> {
    const { folder, clock, warn } = options;
    const retention = { days: KEPT_DAYS, bytes: KEPT_BYTES, ...options.retention };
    const index = new SlateIndex(options.indexed ?? INDEXED_SLATES);
    const segmentBytes = Math.min(SEGMENT_BYTES, Math.ceil(retention.bytes / 8));
    const onSlate = (entry: SlateEntry): void => index.add(entry);
    const days = await SlateDays.open({ folder, warn, segmentBytes, onSlate, retention }, clock());
    return new EmbeddedSlateLog(options, days, index);
  }

  record(slate: LoggedSlate): void {
    if (this.closed || this.waiting.size + this.writing.size >= MOST_WAITING) {
      this.dropped++;
      return;
    }
    this.waiting.set(slate.slateId, { day: dayOf(this.options.clock()), slate });
    if (this.waiting.size === BATCH_SLATES) this.flushSoon();
    this.timer ??= setTimeout(() => this.flushSoon(), WAIT_MS).unref();
  }

  async get(slateId: string): Promise<LoggedSlate | undefined> {
    const waiting = this.waiting.get(slateId) ?? this.writing.get(slateId);
    if (waiting !== undefined) return waiting.slate;
    const found = await this.find(slateId);
    if (found !== undefined || this.index.get(slateId) === undefined) return found;
    // Its day was rewritten between the look at the index and the reading.
    await this.changes.settled();
    return await this.find(slateId);
  }

  async *scan(): AsyncGenerator<readonly LoggedSlate[]> {
    await this.flushed();
    for (const { name } of this.days.all()) {
      const day = this.days.get(name);
      if (day !== undefined) yield* day.scan();
    }
  }

  async recent(limit: number, surface?: string): Promise<readonly LoggedSlate[]> {
    await this.flushed();
    const slates: LoggedSlate[] = [];
    for (const entry of this.index.newestFirst()) {
      if (slates.length >= limit) break;
      if (surface !== undefined && entry.surface !== surface) continue;
      // By its id: an erasure may move it meanwhile.
      const slate = await this.get(entry.slateId);
      if (slate !== undefined) slates.push(slate);
    }
    return slates;
  }

  /** @throws AttuneError `NOT_DURABLE`: the slates of some days may be there still; erase again. */
  async erase(who: People): Promise<number> {
    const shownTo = new ShownTo(who);
    return await this.changes.take(async () => {
      let erased = 0;
      for (const [slateId, { slate }] of this.waiting)
        if (shownTo.holds(slate) && this.waiting.delete(slateId)) erased++;
      for (const day of this.days.all()) {
        const ids = await durably(() => day.erase(shownTo, (entry) => this.index.move(entry)));
        for (const id of ids) this.index.delete(id);
        erased += ids.length;
      }
      return erased;
    });
  }

  /** Never tells: no other process writes here. */
  onRecord(): () => void {
    return () => undefined;
  }

  /** @throws AttuneError `NOT_DURABLE`: some slates could not be written and were dropped. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    let left = this.waiting.size;
    await this.changes.take(async () => {
      while (left > 0 && this.waiting.size > 0) left -= await this.writeBatch();
      await this.days.prune(this.options.clock());
    });
  }

  async stats(): ReturnType<SlateLog['stats']> {
    const slates = this.days.size + this.waiting.size + this.writing.size;
    return { slates, dropped: this.dropped, sizeBytes: this.days.sizeBytes };
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
    await this.flush().catch((error: unknown) => this.options.warn(`Slates were not logged: ${String(error)}`));
  }

  private async find(slateId: string): Promise<LoggedSlate | undefined> {
    const entry = this.index.get(slateId);
    return entry === undefined ? undefined : await this.days.get(entry.day)?.at(entry);
  }

  /** Writes the slates that have waited longest, of one day; gives how many. */
  private async writeBatch(): Promise<number> {
    const batch = new Map<string, Waiting>();
    const [first] = this.waiting.values();
    for (const [slateId, each] of this.waiting) {
      if (batch.size >= BATCH_SLATES || each.day !== first?.day) break;
      batch.set(slateId, each);
    }
    for (const slateId of batch.keys()) this.waiting.delete(slateId);
    this.writing = batch;
    try {
      const slates = Array.from(batch.values(), ({ slate }) => slate);
      const entries = await durably(async () => await (await this.days.of(first?.day ?? '')).append(slates));
      for (const entry of entries) this.index.add(entry);
    } catch (error) {
      this.dropped += batch.size;
      throw error;
    } finally {
      this.writing = new Map();
    }
    return batch.size;
  }
}
