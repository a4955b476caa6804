import type { LoggedSlate, SlateLog } from '@attune/sdk';
import { SLATES_KEPT, type LogRetention } from '../../day-log/log-retention.js';
import type { People } from '../../day-log/record-kind.js';
import { SLATES } from '../../day-log/slate-kind.js';
import { DayLog, type DayLogOptions } from '../day-log/day-log.js';

export interface SlateLogOptions extends DayLogOptions {
  readonly retention?: LogRetention | undefined;
}

/** Slates in a log a day; see `DayLog`. */
export class EmbeddedSlateLog implements SlateLog {
  private constructor(private readonly log: DayLog<LoggedSlate>) {}

  /** @throws DataFolderError where a day's log is damaged. */
  static async open({ retention, ...options }: SlateLogOptions): Promise<EmbeddedSlateLog> {
    return new EmbeddedSlateLog(await DayLog.open(SLATES, { ...SLATES_KEPT, ...retention }, options));
  }

  record(slate: LoggedSlate): void {
    this.log.record(slate);
  }

  async get(slateId: string): Promise<LoggedSlate | undefined> {
    return await this.log.get(slateId);
  }

  scan(): AsyncGenerator<readonly LoggedSlate[]> {
    return this.log.scan();
  }

  async recent(limit: number, surface?: string): Promise<readonly LoggedSlate[]> {
    return await this.log.recent(limit, surface);
  }

  /** @throws AttuneError `NOT_DURABLE`: the slates of some days may be there still; erase again. */
  async erase(who: People): Promise<number> {
    return await this.log.erase(who);
  }

  /** Never tells: no other process writes here. */
  onRecord(): () => void {
    return () => undefined;
  }

  /** @throws AttuneError `NOT_DURABLE`: some slates could not be written and were dropped. */
  async flush(): Promise<void> {
    await this.log.flush();
  }

  async stats(): ReturnType<SlateLog['stats']> {
    const { records: slates, dropped, sizeBytes } = this.log.stats();
    return { slates, dropped, sizeBytes };
  }

  /** Writes what waits; what is recorded later is dropped. */
  async close(): Promise<void> {
    await this.log.close();
  }
}
