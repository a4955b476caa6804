import type { estypes } from '@elastic/elasticsearch';
import type { StoredEvent } from '@attune/sdk';
import { Coalesced } from '../../distributed/events/coalesced.js';
import type { LoggedEvent } from '../../distributed/events/subject.js';
import { bulk, type BulkOperation, type DocumentVersion } from '../bulk.js';
import { unavailable, type ElasticsearchConnection } from '../client.js';
import { ensureTemplate } from '../ensure-index.js';
import { documentId, indexName } from '../index-names.js';
import { pitScan } from '../pit-scan.js';
import {
  documentOf,
  EVENT_INDEX,
  LOGGED_FIELDS,
  loggedOf,
  monthOf,
  neighborMonth,
  type EventDocument,
} from './event.document.js';

/** An event with where its document is. */
export interface FoundEvent extends LoggedEvent {
  readonly index: string;
  readonly version: DocumentVersion;
}

type Query = NonNullable<estypes.QueryDslQueryContainer>;
type Place = Readonly<Pick<estypes.MgetOperation, '_index' | '_id'>>;

const CONFLICT = 409;
const GONE = 404;
const LOOKED_UP_AT_A_TIME = 1_000;
const TRAINED_AT_A_TIME = 5_000;

/**
 * The events of a tenant in Elasticsearch: an index for each month of the events' own time. A document's id is that of
 * its event, and it is only ever created: so an event is stored once, whoever sends it how often. Only at a month's edge
 * could a second sending have another time in another month; there it is looked for.
 */
export class EventLog {
  /** Pattern of all months. */
  readonly all: string;
  private readonly refreshes = new Coalesced(() => this.connection.refresh(this.all));

  private constructor(
    readonly connection: ElasticsearchConnection,
    private readonly tenant: string,
  ) {
    this.all = this.indexOf('*');
  }

  static async open(connection: ElasticsearchConnection, tenant: string): Promise<EventLog> {
    const log = new EventLog(connection, tenant);
    const name = indexName(connection.options.prefix, tenant, 'events');
    await ensureTemplate(connection, { name, pattern: log.all }, EVENT_INDEX);
    return log;
  }

  /**
   * Stores events; false for one that is there already. Ids are to be distinct.
   *
   * @throws AttuneError `NOT_DURABLE`: some may be stored.
   */
  async create(events: readonly LoggedEvent[]): Promise<readonly boolean[]> {
    const elsewhere = new Set(await this.atEdges(events.map(({ event }) => event)));
    const fresh = events.filter(({ event }) => !elsewhere.has(event.id));
    const operations = fresh.map((logged): BulkOperation => ({
      action: 'create',
      ...this.targetOf(logged.event),
      document: documentOf(logged),
    }));
    const results = await bulk(this.connection, operations, [CONFLICT]);
    const there = new Set(fresh.filter((_, i) => results[i]?.status === CONFLICT).map(({ event }) => event.id));
    return events.map(({ event }) => !elsewhere.has(event.id) && !there.has(event.id));
  }

  /** Events as they are stored, by the ids of these; without those that are not there. */
  async stored(events: readonly StoredEvent[]): Promise<readonly LoggedEvent[]> {
    const sources = await this.lookUp(
      events.flatMap((event) => [this.placeOf(event), ...this.neighborOf(event)]),
      LOGGED_FIELDS,
    );
    return sources.flatMap((source) => (source === undefined ? [] : [loggedOf(source)]));
  }

  /** Resolves when searches find everything stored before the call. */
  async refresh(): Promise<void> {
    await this.refreshes.run();
  }

  /** Every event that matches, in order of arrival, in pages of 1,000, as of now. */
  async *scan(query?: Query): AsyncGenerator<readonly FoundEvent[]> {
    const bring = { _source: LOGGED_FIELDS, seq_no_primary_term: true };
    const sort = [{ arrival: 'asc' as const }];
    for await (const hits of pitScan<EventDocument>(this.connection, { index: this.all, query, sort, bring }))
      yield hits.map((hit) => ({ ...loggedOf(hit._source), index: hit._index, version: versionOf(hit) }));
  }

  /** Every event by its own time, then arrival, in pages, as of now. */
  async *inTime(): AsyncGenerator<readonly LoggedEvent[]> {
    const sort = [{ at: 'asc' as const }, { arrival: 'asc' as const }];
    const scan = { index: this.all, sort, size: TRAINED_AT_A_TIME, bring: { _source: LOGGED_FIELDS } };
    for await (const hits of pitScan<EventDocument>(this.connection, scan))
      yield hits.map((hit) => loggedOf(hit._source));
  }

  /** Number of events. */
  async size(): Promise<number> {
    return (await this.connection.read((client) => client.count({ index: this.all }))).count;
  }

  /** Months that have an index, such as `2026.11`, oldest first. */
  async months(): Promise<readonly string[]> {
    const indices = await this.connection.read((client) =>
      client.indices.get({ index: this.all, features: ['aliases'] }),
    );
    return Object.keys(indices)
      .map((index) => index.slice(this.all.length - 1))
      .sort();
  }

  /**
   * Puts something else in the place of events, or nothing; how many were removed. Those that somebody changed meanwhile
   * stay.
   *
   * @throws AttuneError `NOT_DURABLE`: some may be changed.
   */
  async replace(
    changes: readonly { readonly found: FoundEvent; readonly by: StoredEvent | undefined }[],
  ): Promise<number> {
    const operations = changes.map(({ found: { index, version, arrival, event }, by }): BulkOperation => {
      const target = { index, id: documentId(event.id), expected: version };
      if (by === undefined) return { action: 'delete', ...target };
      return { action: 'index', ...target, document: documentOf({ arrival, event: by }) };
    });
    const results = await bulk(this.connection, operations, [CONFLICT, GONE]);
    return results.filter(({ status }, i) => status < 300 && operations[i]?.action === 'delete').length;
  }

  private indexOf(month: string): string {
    return indexName(this.connection.options.prefix, this.tenant, `events-${month}`);
  }

  private targetOf({ id, at }: StoredEvent): { readonly index: string; readonly id: string } {
    return { index: this.indexOf(monthOf(Date.parse(at))), id: documentId(id) };
  }

  private placeOf(event: StoredEvent): Place {
    const { index, id } = this.targetOf(event);
    return { _index: index, _id: id };
  }

  private neighborOf({ id, at }: StoredEvent): readonly Place[] {
    const month = neighborMonth(Date.parse(at));
    return month === undefined ? [] : [{ _index: this.indexOf(month), _id: documentId(id) }];
  }

  /** Ids of the events that are stored in the month next to theirs. */
  private async atEdges(events: readonly StoredEvent[]): Promise<readonly string[]> {
    const near = events.filter((event) => this.neighborOf(event).length > 0);
    const sources = await this.lookUp(
      near.flatMap((event) => this.neighborOf(event)),
      ['arrival'],
    );
    return near.filter((_, i) => sources[i] !== undefined).map(({ id }) => id);
  }

  /** What is stored at these places, of this very moment; undefined where nothing is. */
  private async lookUp(
    places: readonly Place[],
    fields: string[],
  ): Promise<readonly (Partial<EventDocument> | undefined)[]> {
    const sources: (Partial<EventDocument> | undefined)[] = [];
    for (let start = 0; start < places.length; start += LOOKED_UP_AT_A_TIME) {
      const docs = places.slice(start, start + LOOKED_UP_AT_A_TIME).map((place) => ({ ...place, _source: fields }));
      const answer = await this.connection.read((client) => client.mget<Partial<EventDocument>>({ docs }));
      for (const doc of answer.docs) {
        if ('error' in doc && doc.error.type !== 'index_not_found_exception')
          throw unavailable(new Error(`${doc._index}: ${doc.error.reason ?? doc.error.type}`));
        sources.push('found' in doc && doc.found ? (doc._source ?? {}) : undefined);
      }
    }
    return sources;
  }
}

function versionOf({ _seq_no: seqNo, _primary_term: primaryTerm }: estypes.SearchHit): DocumentVersion {
  if (seqNo === undefined || primaryTerm === undefined) throw new TypeError('a hit without its version');
  return { seqNo, primaryTerm };
}
