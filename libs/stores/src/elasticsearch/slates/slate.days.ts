import { setTimeout as pause } from 'node:timers/promises';
import type { LoggedSlate } from '@attune/sdk';
import type { estypes } from '@elastic/elasticsearch';
import type { People } from '../../embedded/slates/slate.codec.js';
import { dayOf, type SlateRetention } from '../../embedded/slates/slate.days.js';
import { bulk, type BulkOperation } from '../bulk.js';
import { unavailable, type ElasticsearchConnection } from '../client.js';
import { ensureTemplate } from '../ensure-index.js';
import type { Expunger } from '../expunger.js';
import { documentId, indexName } from '../index-names.js';
import { pitScan } from '../pit-scan.js';
import { documentOf, slateIn, SLATES, type RecordedSlate, type SlateDocument } from './slate.document.js';
import { placesFrom, readSlates, slatesAt, type WrittenPlace } from './slate.reads.js';

const DAY_MS = 86_400_000;
const PAGE = 500;
/** Days that one call looks at. */
const DAYS_AT_ONCE = 64;
/** People one search asks for. */
const PEOPLE_AT_ONCE = 1_000;
const REFUSED = 400;
const ABSENT = 404;
/** Pauses for an index that another process is making, milliseconds. */
const STARTING_MS = [100, 400, 1_600];

/** Written slates, in an index of Elasticsearch a day of recording, in UTC. */
export class SlateDays {
  /** All of them. */
  private readonly pattern: string;

  private constructor(
    private readonly connection: ElasticsearchConnection,
    private readonly tenant: string,
    private readonly expunger: Expunger,
  ) {
    this.pattern = this.indexOf('*');
  }

  static async open(connection: ElasticsearchConnection, tenant: string, expunger: Expunger): Promise<SlateDays> {
    const days = new SlateDays(connection, tenant, expunger);
    await ensureTemplate(connection, { name: days.indexOf('template'), pattern: days.pattern }, SLATES);
    return days;
  }

  /** Durable when it resolves; how many of them Elasticsearch refused to take. Writing the same again changes nothing. */
  async write(slates: readonly RecordedSlate[]): Promise<number> {
    const operations = slates.map((recorded): BulkOperation => {
      const index = this.indexOf(indexDay(recorded.at));
      return { action: 'index', index, id: documentId(recorded.slate.slateId), document: documentOf(recorded) };
    });
    const results = await bulk(this.connection, operations, [REFUSED]);
    return results.filter(({ status }) => status === REFUSED).length;
  }

  /** A slate of these last days, as soon as it is written. */
  async find(slateId: string, now: number, days: number): Promise<LoggedSlate | undefined> {
    if (slateId === '') return undefined;
    // From tomorrow to a day before: clocks differ. The newest first, as slates are asked for soon.
    for (let age = -1; age <= days; age += DAYS_AT_ONCE) {
      const ages = Array.from({ length: Math.min(DAYS_AT_ONCE, days + 1 - age) }, (_, i) => age + i);
      const docs = ages.map((each) => ({
        _index: this.indexOf(indexDay(now - each * DAY_MS)),
        _id: documentId(slateId),
      }));
      const found = await this.firstOf(docs);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** In pages, in order of recording or against it, those of one surface where asked. */
  async *scan(direction: 'asc' | 'desc', surface?: string): AsyncGenerator<readonly LoggedSlate[]> {
    await this.connection.refresh(this.pattern);
    const scan = {
      index: this.pattern,
      query: surface === undefined ? undefined : { term: { surface } },
      sort: [{ recorded: direction }],
      size: PAGE,
      bring: { _source: ['json'] },
    };
    for await (const page of pitScan<SlateDocument>(this.connection, scan))
      yield page.flatMap(({ _source: document }) => (document === undefined ? [] : [slateIn(document)]));
  }

  /** What searches find of the slates recorded from then on, in pages, in that order. */
  placesFrom(recorded: string): AsyncGenerator<readonly WrittenPlace[]> {
    return placesFrom(this.connection, this.pattern, recorded);
  }

  /** The slates at these places; without those that are gone. */
  async at(places: readonly WrittenPlace[]): Promise<readonly LoggedSlate[]> {
    return await slatesAt(this.connection, places);
  }

  /** Removes what was written before the call of these people; how many slates. */
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
    for (const index of await this.indices()) this.expunger.soon(index);
    return erased;
  }

  /** Removes what is over: whole days by age, and the oldest ones while there are too many bytes. */
  async prune(now: number, { days, bytes }: Required<SlateRetention>): Promise<void> {
    const last = this.indexOf(indexDay(now - days * DAY_MS));
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

  async stats(): Promise<{ readonly slates: number; readonly sizeBytes: number }> {
    await this.connection.refresh(this.pattern);
    const { count } = await this.connection.read((client) => client.count({ index: this.pattern }));
    const sizes = await this.sizes();
    return { slates: count, sizeBytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
  }

  /** The first of these documents that is there; waits a little for an index that is only being made. */
  private async firstOf(docs: readonly estypes.MgetOperation[]): Promise<LoggedSlate | undefined> {
    for (let attempt = 0; ; attempt++) {
      const { found, failure } = await readSlates(this.connection, docs);
      if (found.length > 0 || failure === undefined) return found[0];
      const ms = STARTING_MS[attempt];
      if (ms === undefined) throw unavailable(new Error(failure));
      await pause(ms);
    }
  }

  private async indices(): Promise<readonly string[]> {
    return [...(await this.sizes()).keys()];
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

  private indexOf(day: string): string {
    return indexName(this.connection.options.prefix, this.tenant, `slates-${day}`);
  }
}

const indexDay = (at: number): string => dayOf(at).replaceAll('-', '.');

function chunksOf(field: 'userIds' | 'anonymousIds', ids: readonly string[]): readonly Record<string, string[]>[] {
  const chunks: Record<string, string[]>[] = [];
  for (let from = 0; from < ids.length; from += PEOPLE_AT_ONCE)
    chunks.push({ [field]: ids.slice(from, from + PEOPLE_AT_ONCE) });
  return chunks;
}
