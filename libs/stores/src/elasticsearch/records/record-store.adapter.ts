import type { estypes } from '@elastic/elasticsearch';
import { AttuneError, type KeptRecord, type RecordDraft, type RecordStore, type UserRecord } from '@attune/sdk';
import { Turns } from '../../embedded/turns.js';
import { checkedRecords, checkIds, checkKind, checkListing, checkState } from '../../records/checked-record.js';
import { bulk } from '../bulk.js';
import type { ElasticsearchConnection } from '../client.js';
import { ensureIndex } from '../ensure-index.js';
import type { Expunger } from '../expunger.js';
import { indexName } from '../index-names.js';
import { exactTerm } from './exact.term.js';
import { documentVersion, foundRecord, READ, recordDocument, recordId, RECORDS } from './record.document.js';
import type { RecordDocument } from './record.document.js';
import { UserRecords } from './user-records.js';

/** Records that one request asks for: they may be large. */
const READ_AT_ONCE = 250;
const [NOT_FOUND, CONFLICT] = [404, 409];

type Query = estypes.QueryDslQueryContainer;

/** Records in an index of Elasticsearch; every process reads what is written now. */
export class ElasticsearchRecordStore implements RecordStore {
  private readonly changes = new Turns();
  private readonly people: UserRecords;

  private constructor(
    private readonly connection: ElasticsearchConnection,
    private readonly index: string,
    private readonly expunger: Expunger,
  ) {
    this.people = new UserRecords(connection, index);
  }

  static async open(
    connection: ElasticsearchConnection,
    tenant: string,
    expunger: Expunger,
  ): Promise<ElasticsearchRecordStore> {
    const index = indexName(connection.options.prefix, tenant, 'records');
    await ensureIndex(connection, index, RECORDS);
    return new ElasticsearchRecordStore(connection, index, expunger);
  }

  /** @throws AttuneError `STORE_UNAVAILABLE` */
  async get(kind: string, ids: readonly string[]): Promise<readonly (KeptRecord | undefined)[]> {
    checkIds(kind, ids);
    const records: (KeptRecord | undefined)[] = [];
    for (let from = 0; from < ids.length; from += READ_AT_ONCE)
      records.push(...(await this.read(kind, ids.slice(from, from + READ_AT_ONCE))));
    return records;
  }

  /** @throws AttuneError `NOT_DURABLE`: some may be put already; the same call again is safe. */
  async put(kind: string, records: readonly RecordDraft[]): Promise<void> {
    const documents = checkedRecords(kind, records).map((record) => ({
      action: 'index' as const,
      index: this.index,
      id: recordId(kind, record.id),
      document: recordDocument(kind, record),
    }));
    await this.changes.take(async () => void (await bulk(this.connection, documents)));
  }

  /** @throws AttuneError `NOT_DURABLE`: what became of it is unknown. */
  async replace(kind: string, record: RecordDraft, version: string | undefined): Promise<boolean> {
    const documents = checkedRecords(kind, [record]).map((each) => recordDocument(kind, each));
    const expected = version === undefined ? undefined : documentVersion(version);
    if (version !== undefined && expected === undefined) return false;
    const action = expected === undefined ? 'create' : 'index';
    const target = { action, index: this.index, id: recordId(kind, record.id), expected } as const;
    const operations = documents.map((document) => ({ ...target, document }));
    return await this.changes.take(async () => {
      const [result] = await bulk(this.connection, operations, [CONFLICT]);
      return result?.status !== CONFLICT;
    });
  }

  /** @throws AttuneError `STORE_UNAVAILABLE` */
  async list(kind: string, options: Parameters<RecordStore['list']>[1]): Promise<readonly KeptRecord[]> {
    checkListing(kind, options);
    const { connection, index } = this;
    const { state, limit } = options;
    await connection.refresh(index);
    const listed: KeptRecord[] = [];
    let after = options.after === undefined ? undefined : exactTerm(options.after);
    while (listed.length < limit) {
      const size = Math.min(READ_AT_ONCE, limit - listed.length);
      const { hits } = await connection.search<RecordDocument>({
        index,
        size,
        query: { bool: { filter: filterOf(kind, state) } },
        sort: [{ order: 'asc' }],
        ...(after !== undefined && { search_after: [after] }),
        _source: READ,
        seq_no_primary_term: true,
        track_total_hits: false,
      });
      listed.push(
        ...hits.hits
          .map(foundRecord)
          .filter((record) => record !== undefined)
          .map(withoutKind),
      );
      if (hits.hits.length < size) break;
      after = exactTerm(listed.at(-1)?.id ?? '');
    }
    return listed;
  }

  /** @throws AttuneError `STORE_UNAVAILABLE` */
  async count(kind: string, state?: string): Promise<number> {
    checkKind(kind);
    checkState(state);
    const { connection, index } = this;
    await connection.refresh(index);
    const query = { bool: { filter: filterOf(kind, state) } };
    return (await connection.read((client) => client.count({ index, query }))).count;
  }

  /** @throws AttuneError `NOT_DURABLE`: some may be there still; the same call again is safe. */
  async delete(kind: string, ids: readonly string[]): Promise<number> {
    checkIds(kind, ids);
    const { connection, index } = this;
    const doomed = Array.from(new Set(ids), (id) => ({ action: 'delete' as const, index, id: recordId(kind, id) }));
    return await this.changes.take(async () => {
      const results = await bulk(connection, doomed, [NOT_FOUND]);
      return results.filter(({ status }) => status !== NOT_FOUND).length;
    });
  }

  /** @throws AttuneError `STORE_UNAVAILABLE` */
  async ofUser(userId: string): Promise<readonly UserRecord[]> {
    return await this.people.of(userId);
  }

  /**
   * What is left on disk of them goes within minutes.
   *
   * @throws AttuneError `NOT_DURABLE`, `STORE_UNAVAILABLE`: some may be there still; erase again.
   */
  async erase(userIds: readonly string[]): Promise<number> {
    return await this.changes.take(async () => {
      const erased = await this.people.delete(userIds);
      // Also where nothing was found: what was theirs earlier may be on disk.
      if (userIds.length > 0) this.expunger.soon(this.index);
      return erased;
    });
  }

  /** Waits for changes under way. */
  async close(): Promise<void> {
    await this.changes.settled();
  }

  private async read(kind: string, ids: readonly string[]): Promise<readonly (KeptRecord | undefined)[]> {
    const { connection, index } = this;
    const { docs } = await connection.read((client) =>
      client.mget<RecordDocument>({ index, ids: ids.map((id) => recordId(kind, id)), _source: READ }),
    );
    return docs.map((found) => {
      // Not to be taken for one that is not there.
      if ('error' in found) throw new AttuneError('STORE_UNAVAILABLE', `Elasticsearch: ${found.error.reason ?? ''}`);
      const record = foundRecord(found);
      return record && withoutKind(record);
    });
  }
}

const filterOf = (kind: string, state: string | undefined): Query[] => [
  { term: { kind } },
  ...(state === undefined ? [] : [{ term: { state } }]),
];

function withoutKind({ kind: _, ...record }: UserRecord): KeptRecord {
  return record;
}
