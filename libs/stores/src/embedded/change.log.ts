import { durably } from './durably.js';
import type { OpenLog, RecordLog } from './record-log.js';

/** Records of the past that a log in use may hold besides as many as count: writing it anew takes as long as a start. */
const MOST_PAST = 10_000;

type RewriteOptions = NonNullable<Parameters<RecordLog['rewrite']>[1]>;

/** What counts of a log now, as it would be written anew. */
export interface Present {
  /** Number of records. */
  readonly size: number;
  records(): Iterable<object>;
}

/**
 * A log of changes, in which only the last record of an id counts. It is written anew where more than half of it is of
 * the past: when it is opened, and in use once there are 10,000 records more.
 */
export class ChangeLog<Log extends RecordLog = RecordLog> {
  private constructor(
    readonly log: Log,
    private records: number,
  ) {}

  /** Hands each stored record, oldest first, to `onRecord`; `present` is what they then add up to. */
  static async open<Log extends RecordLog>(
    openLog: OpenLog<Log>,
    onRecord: (record: unknown) => void,
    present: Present,
  ): Promise<ChangeLog<Log>> {
    let records = 0;
    const log = await openLog((record) => {
      records++;
      onRecord(record);
    });
    if (records <= 2 * present.size) return new ChangeLog(log, records);
    await log.rewrite(present.records());
    return new ChangeLog(log, present.size);
  }

  /** @throws AttuneError `NOT_DURABLE` */
  async append(records: readonly object[]): Promise<void> {
    await durably(() => this.log.append(records));
    this.records += records.length;
  }

  /** Replaces all records. @throws AttuneError `NOT_DURABLE`: the old ones remain. */
  async rewrite(records: readonly object[], options: RewriteOptions): Promise<void> {
    await durably(() => this.log.rewrite(records, options));
    this.records = records.length;
  }

  /** Writes the log anew where that is due. No append may be under way. */
  async tidy(present: Present): Promise<void> {
    if (this.records <= 2 * present.size + MOST_PAST) return;
    // A failure costs nothing but room: the old records say the same, and it is tried again 10,000 records later.
    await this.log.rewrite(present.records()).catch(() => undefined);
    this.records = present.size;
  }

  async close(): Promise<void> {
    await this.log.close();
  }
}
