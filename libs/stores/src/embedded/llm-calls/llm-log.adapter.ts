import type { LlmLog, LoggedLlmCall } from '@attune/sdk';
import { LLM_CALLS } from '../../day-log/llm-call-kind.js';
import { LLM_CALLS_KEPT, type LogRetention } from '../../day-log/log-retention.js';
import { DayLog, type DayLogOptions } from '../day-log/day-log.js';

export interface LlmLogOptions extends DayLogOptions {
  readonly retention?: LogRetention | undefined;
}

/** Calls of language models in a log a day; see `DayLog`. */
export class EmbeddedLlmLog implements LlmLog {
  private constructor(private readonly log: DayLog<LoggedLlmCall>) {}

  /** @throws DataFolderError where a day's log is damaged. */
  static async open({ retention, ...options }: LlmLogOptions): Promise<EmbeddedLlmLog> {
    return new EmbeddedLlmLog(await DayLog.open(LLM_CALLS, { ...LLM_CALLS_KEPT, ...retention }, options));
  }

  record(call: LoggedLlmCall): void {
    this.log.record(call);
  }

  scan(): AsyncGenerator<readonly LoggedLlmCall[]> {
    return this.log.scan();
  }

  async recent(limit: number, prompt?: string): Promise<readonly LoggedLlmCall[]> {
    return await this.log.recent(limit, prompt);
  }

  /** @throws AttuneError `NOT_DURABLE`: the calls of some days may be there still; erase again. */
  async erase({ userIds }: Parameters<LlmLog['erase']>[0]): Promise<number> {
    return await this.log.erase({ userIds, anonymousIds: [] });
  }

  /** @throws AttuneError `NOT_DURABLE`: some calls could not be written and were dropped. */
  async flush(): Promise<void> {
    await this.log.flush();
  }

  async stats(): ReturnType<LlmLog['stats']> {
    const { records: calls, dropped, sizeBytes } = this.log.stats();
    return { calls, dropped, sizeBytes };
  }

  /** Writes what waits; what is recorded later is dropped. */
  async close(): Promise<void> {
    await this.log.close();
  }
}
