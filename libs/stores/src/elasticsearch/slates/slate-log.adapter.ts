import type { LoggedSlate, SlateLog } from '@attune/sdk';
import { SLATES_KEPT, type LogRetention } from '../../day-log/log-retention.js';
import type { People } from '../../day-log/record-kind.js';
import { RecordCodec } from '../../day-log/record.codec.js';
import { SLATES } from '../../day-log/slate-kind.js';
import type { ElasticsearchConnection } from '../client.js';
import { DayLog, type DayLogOptions } from '../day-log/day-log.js';
import { LogIndices } from '../day-log/log.indices.js';
import type { Expunger } from '../expunger.js';
import { FollowedSlates } from './followed-slates.js';
import { SlateReads } from './slate.reads.js';

const PAGE = 500;

export interface ElasticsearchSlateLogOptions extends DayLogOptions {
  readonly tenant: string;
  readonly expunger: Expunger;
  /** Whole days go: the oldest, until what is left fits. Default 30 days and 512 MiB. */
  readonly retention?: LogRetention | undefined;
}

/** Slates in an index a day, `slates-<day>`; see `DayLog`. */
export class ElasticsearchSlateLog implements SlateLog {
  private readonly log: DayLog<LoggedSlate>;
  private readonly reads: SlateReads;
  private readonly followed: FollowedSlates;
  private readonly retention: Required<LogRetention>;

  private constructor(
    connection: ElasticsearchConnection,
    indices: LogIndices<LoggedSlate>,
    private readonly options: ElasticsearchSlateLogOptions,
  ) {
    this.retention = { ...SLATES_KEPT, ...options.retention };
    this.log = new DayLog(indices, this.retention, options);
    this.reads = new SlateReads(connection, indices);
    this.followed = new FollowedSlates(this.reads, options);
  }

  /** @throws AttuneError `STORE_UNAVAILABLE` */
  static async open(
    connection: ElasticsearchConnection,
    options: ElasticsearchSlateLogOptions,
  ): Promise<ElasticsearchSlateLog> {
    const { tenant, expunger } = options;
    const place = { tenant, name: 'slates', expunger, page: PAGE };
    const indices = await LogIndices.open(new RecordCodec(SLATES), connection, place);
    return new ElasticsearchSlateLog(connection, indices, options);
  }

  record(slate: LoggedSlate): void {
    this.log.record(slate);
  }

  /** @throws AttuneError `STORE_UNAVAILABLE` */
  async get(slateId: string): Promise<LoggedSlate | undefined> {
    const { clock } = this.options;
    return this.log.unwritten(slateId) ?? (await this.reads.find(slateId, clock(), this.retention.days));
  }

  scan(): AsyncGenerator<readonly LoggedSlate[]> {
    return this.log.scan();
  }

  async recent(limit: number, surface?: string): Promise<readonly LoggedSlate[]> {
    return await this.log.recent(limit, surface);
  }

  /** See `DayLog`. @throws AttuneError `NOT_DURABLE`, `STORE_UNAVAILABLE`: some slates may be there still; erase again. */
  async erase(who: People): Promise<number> {
    return await this.log.erase(who);
  }

  /** Erases what waits in this process of people whom another one erased, and what of it was just being written. */
  async forget(who: People): Promise<void> {
    await this.log.forget(who);
  }

  /** @throws AttuneError `NOT_DURABLE`: some slates could not be written; they wait on, and are tried again. */
  async flush(): Promise<void> {
    await this.log.flush();
  }

  async stats(): ReturnType<SlateLog['stats']> {
    const { records: slates, dropped, sizeBytes } = await this.log.stats();
    return { slates, dropped, sizeBytes };
  }

  onRecord(listener: (slate: LoggedSlate) => void): () => void {
    return this.followed.onRecord(listener);
  }

  /** Writes what waits; what cannot be written, or is recorded later, is dropped. */
  async close(): Promise<void> {
    await Promise.all([this.log.close(), this.followed.close()]);
  }
}
