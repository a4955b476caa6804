import type { LlmLog, LoggedLlmCall } from '@attune/sdk';
import { LLM_CALLS } from '../../day-log/llm-call-kind.js';
import { LLM_CALLS_KEPT, type LogRetention } from '../../day-log/log-retention.js';
import { RecordCodec } from '../../day-log/record.codec.js';
import type { ElasticsearchConnection } from '../client.js';
import { DayLog, type DayLogOptions } from '../day-log/day-log.js';
import { LogIndices } from '../day-log/log.indices.js';
import type { Expunger } from '../expunger.js';

/** Fewer than of slates: a call holds all that was sent. */
const PAGE = 50;

type Who = Parameters<LlmLog['erase']>[0];

export interface ElasticsearchLlmLogOptions extends DayLogOptions {
  readonly tenant: string;
  readonly expunger: Expunger;
  /** Whole days go: the oldest, until what is left fits. Default 30 days and 128 MiB. */
  readonly retention?: LogRetention | undefined;
}

/** Calls of language models in an index a day, `llm-calls-<day>`; see `DayLog`. */
export class ElasticsearchLlmLog implements LlmLog {
  private constructor(private readonly log: DayLog<LoggedLlmCall>) {}

  /** @throws AttuneError `STORE_UNAVAILABLE` */
  static async open(
    connection: ElasticsearchConnection,
    options: ElasticsearchLlmLogOptions,
  ): Promise<ElasticsearchLlmLog> {
    const { tenant, expunger, retention } = options;
    const place = { tenant, name: 'llm-calls', expunger, page: PAGE };
    const indices = await LogIndices.open(new RecordCodec(LLM_CALLS), connection, place);
    return new ElasticsearchLlmLog(new DayLog(indices, { ...LLM_CALLS_KEPT, ...retention }, options));
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

  /** See `DayLog`. @throws AttuneError `NOT_DURABLE`, `STORE_UNAVAILABLE`: some calls may be there still; erase again. */
  async erase({ userIds }: Who): Promise<number> {
    return await this.log.erase({ userIds, anonymousIds: [] });
  }

  /** Erases what waits in this process of people whom another one erased, and what of it was just being written. */
  async forget({ userIds }: Who): Promise<void> {
    await this.log.forget({ userIds, anonymousIds: [] });
  }

  /** @throws AttuneError `NOT_DURABLE`: some calls could not be written; they wait on, and are tried again. */
  async flush(): Promise<void> {
    await this.log.flush();
  }

  async stats(): ReturnType<LlmLog['stats']> {
    const { records: calls, dropped, sizeBytes } = await this.log.stats();
    return { calls, dropped, sizeBytes };
  }

  /** Writes what waits; what cannot be written, or is recorded later, is dropped. */
  async close(): Promise<void> {
    await this.log.close();
  }
}
