import { dayOf, type LogRetention } from '../../day-log/log-retention.js';
import type { People } from '../../day-log/record-kind.js';
import type { RecordCodec } from '../../day-log/record.codec.js';
import { bulk, type BulkOperation } from '../bulk.js';
import type { ElasticsearchConnection } from '../client.js';
import { ensureTemplate } from '../ensure-index.js';
import type { Expunger } from '../expunger.js';
import { documentId, indexName } from '../index-names.js';
import { pitScan } from '../pit-scan.js';
import { definitionOf, documentOf, type RecordDocument, type StampedRecord } from './record.document.js';

const DAY_MS = 86_400_000;
/** People one search asks for. */
const PEOPLE_AT_ONCE = 1_000;
const REFUSED = 400;
const ABSENT = 404;

export interface LogIndicesOptions {
  readonly tenant: string;
  /** What the names of the indices say that they hold: `slates`. */
  readonly name: string;
  readonly expunger: Expunger;
  /** Most records of a page. */
  readonly page: number;
}

/** In which order records are read, and which. */
export interface RecordScan {
  /** That of recording, or against it. */
  readonly direction: 'asc' | 'desc';
  readonly group?: string | undefined;
  /** Records of a page, where fewer are wanted. */
  readonly page?: number;
}

/** Written records, in an index of Elasticsearch a day of recording, in UTC. */
export class LogIndices<T extends object> {
  /** All of them. */
  readonly pattern: string;

  private constructor(
    readonly codec: RecordCodec<T>,
    private readonly connection: ElasticsearchConnection,
    private readonly options: LogIndicesOptions,
  ) {
    this.pattern = this.named('*');
  }

  static async open<T extends object>(
    codec: RecordCodec<T>,
    connection: ElasticsearchConnection,
    options: LogIndicesOptions,
  ): Promise<LogIndices<T>> {
    const indices = new LogIndices(codec, connection, options);
    const template = { name: indices.named('template'), pattern: indices.pattern };
    await ensureTemplate(connection, template, definitionOf(codec.kind));
    return indices;
  }

  /** That of the day of a moment, epoch milliseconds. */
  indexAt(at: number): string {
    return this.named(dayOf(at).replaceAll('-', '.'));
  }

  /** Durable when it resolves; how many of them Elasticsearch refused to take. Writing the same again changes nothing. */
  async write(records: readonly StampedRecord<T>[]): Promise<number> {
    const operations = records.map((stamped): BulkOperation => {
      const { id } = this.codec.kind.headerOf(stamped.record);
      const document = documentOf(this.codec, stamped);
      return { action: 'index', index: this.indexAt(stamped.at), id: documentId(id), document };
    });
    const results = await bulk(this.connection, operations, [REFUSED]);
    return results.filter(({ status }) => status === REFUSED).length;
  }

  /** In pages. */
  async *scan({ direction, group, page = Infinity }: RecordScan): AsyncGenerator<readonly T[]> {
    await this.connection.refresh(this.pattern);
    const scan = {
      index: this.pattern,
      query: group === undefined ? undefined : { term: { [this.codec.kind.names.group]: group } },
      sort: [{ recorded: direction }],
      size: Math.min(page, this.options.page),
      bring: { _source: ['json'] },
    };
    for await (const hits of pitScan<RecordDocument>(this.connection, scan))
      yield hits.flatMap(({ _source: document }) => (document === undefined ? [] : [this.codec.decode(document.json)]));
  }

  /** Removes what was written before the call of these people; how many records. */
  async erase({ userIds, anonymousIds }: People): Promise<number> {
    await this.connection.refresh(this.pattern);
    let erased = 0;
    for (const terms of [...chunksOf('userIds', userIds), ...chunksOf('anonymousIds', anonymousIds)])
      for await (const page of pitScan(this.connection, { index: this.pattern, query: { terms } })) {
        const operations = page.map(({ _index: index, _id: id }) => ({
          action: 'delete' as const,
          index,
          id: id ?? '',
        }));
        const results = await bulk(this.connection, operations, [ABSENT]);
        erased += results.filter(({ status }) => status !== ABSENT).length;
      }
    for (const index of (await this.sizes()).keys()) this.options.expunger.soon(index);
    return erased;
  }

  /** Removes what is over: whole days by age, and the oldest ones while there are too many bytes. */
  async prune(now: number, { days, bytes }: Required<LogRetention>): Promise<void> {
    const last = this.indexAt(now - days * DAY_MS);
    const sizes = await this.sizes();
    let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    const oldestFirst = [...sizes].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [index, size] of oldestFirst) {
      // The newest is written to right now.
      const fits = total <= bytes || index === oldestFirst.at(-1)?.[0];
      if (index > last && fits) return;
      await this.connection.write((client) => client.indices.delete({ index, ignore_unavailable: true }));
      total -= size;
    }
  }

  async stats(): Promise<{ readonly records: number; readonly sizeBytes: number }> {
    await this.connection.refresh(this.pattern);
    const { count } = await this.connection.read((client) => client.count({ index: this.pattern }));
    const sizes = await this.sizes();
    return { records: count, sizeBytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
  }

  /** Bytes of each index, replicas apart. */
  private async sizes(): Promise<ReadonlyMap<string, number>> {
    const { indices = {} } = await this.connection.read((client) =>
      client.indices.stats({ index: this.pattern, metric: 'store' }),
    );
    return new Map(
      Object.entries(indices).map(([index, { primaries }]) => [index, primaries?.store?.size_in_bytes ?? 0]),
    );
  }

  private named(day: string): string {
    const { tenant, name } = this.options;
    return indexName(this.connection.options.prefix, tenant, `${name}-${day}`);
  }
}

function chunksOf(field: 'userIds' | 'anonymousIds', ids: readonly string[]): readonly Record<string, string[]>[] {
  const chunks: Record<string, string[]>[] = [];
  for (let from = 0; from < ids.length; from += PEOPLE_AT_ONCE)
    chunks.push({ [field]: ids.slice(from, from + PEOPLE_AT_ONCE) });
  return chunks;
}
