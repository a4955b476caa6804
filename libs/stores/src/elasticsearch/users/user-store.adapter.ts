import { AttuneError, mayProfile, type User, type UserStore } from '@attune/sdk';
import { Turns } from '../../embedded/turns.js';
import { bulk } from '../bulk.js';
import type { ElasticsearchConnection } from '../client.js';
import { ensureIndex, type IndexDefinition } from '../ensure-index.js';
import { EXPUNGED_WHOLLY, type Expunger } from '../expunger.js';
import { documentId, indexName } from '../index-names.js';
import { pitScan } from '../pit-scan.js';

/** Users that one call asks for. */
const READ_AT_ONCE = 1_000;
const PAGE = 5_000;
const NOT_FOUND = 404;

const DEFINITION: IndexDefinition = {
  version: 1,
  properties: { id: { type: 'keyword' }, profiling: { type: 'boolean' } },
  settings: EXPUNGED_WHOLLY,
};

interface UserDocument {
  readonly id: string;
  /** Whether the history may be read and learned from. */
  readonly profiling: boolean;
  /** The user as described, as text: his attributes are no fields of the index. */
  readonly json: string;
}

/** Described users in an index of Elasticsearch; every process reads what is written now. */
export class ElasticsearchUserStore implements UserStore {
  private readonly changes = new Turns();

  private constructor(
    private readonly connection: ElasticsearchConnection,
    private readonly index: string,
    private readonly expunger: Expunger,
  ) {}

  static async open(
    connection: ElasticsearchConnection,
    tenant: string,
    expunger: Expunger,
  ): Promise<ElasticsearchUserStore> {
    const index = indexName(connection.options.prefix, tenant, 'users');
    await ensureIndex(connection, index, DEFINITION);
    return new ElasticsearchUserStore(connection, index, expunger);
  }

  /** @throws AttuneError `NOT_DURABLE`: some users may be described already; the same call again is safe. */
  async upsert(users: readonly User[]): Promise<void> {
    const last = new Map(users.map((user) => [user.id, user]));
    await this.changes.take(async () => {
      const { connection, index } = this;
      await bulk(
        connection,
        Array.from(last.values(), (user) => ({
          action: 'index',
          index,
          id: documentId(user.id),
          document: documentOf(user),
        })),
      );
    });
  }

  /** @throws AttuneError `STORE_UNAVAILABLE` */
  async get(ids: readonly string[]): Promise<readonly (User | undefined)[]> {
    const users: (User | undefined)[] = [];
    for (let from = 0; from < ids.length; from += READ_AT_ONCE)
      users.push(...(await this.read(ids.slice(from, from + READ_AT_ONCE))));
    return users;
  }

  /** @throws AttuneError `STORE_UNAVAILABLE` */
  async withoutConsent(): Promise<ReadonlySet<string>> {
    const { connection, index } = this;
    await connection.refresh(index);
    const query = { term: { profiling: false } };
    const ids = new Set<string>();
    for await (const page of pitScan<UserDocument>(connection, {
      index,
      query,
      size: PAGE,
      bring: { _source: ['id'] },
    }))
      for (const { _source: user } of page) if (user !== undefined) ids.add(user.id);
    return ids;
  }

  /**
   * What is left on disk of deleted users goes within minutes.
   *
   * @throws AttuneError `NOT_DURABLE`: some may be there still; the same call again is safe.
   */
  async delete(ids: readonly string[]): Promise<number> {
    const { connection, index } = this;
    return await this.changes.take(async () => {
      const operations = Array.from(new Set(ids), (id) => ({ action: 'delete' as const, index, id: documentId(id) }));
      const results = await bulk(connection, operations, [NOT_FOUND]);
      // Also where nobody was known: an earlier description may be on disk.
      if (operations.length > 0) this.expunger.soon(index);
      return results.filter(({ status }) => status !== NOT_FOUND).length;
    });
  }

  async size(): Promise<number> {
    const { connection, index } = this;
    await connection.refresh(index);
    return (await connection.read((client) => client.count({ index }))).count;
  }

  /** Waits for changes under way. */
  async close(): Promise<void> {
    await this.changes.settled();
  }

  private async read(ids: readonly string[]): Promise<readonly (User | undefined)[]> {
    const { connection, index } = this;
    const { docs } = await connection.read((client) =>
      client.mget<UserDocument>({ index, ids: ids.map(documentId), _source: ['json'] }),
    );
    return docs.map((found) => {
      // Not to be taken for somebody who said nothing.
      if ('error' in found) throw new AttuneError('STORE_UNAVAILABLE', `Elasticsearch: ${found.error.reason ?? ''}`);
      return found._source === undefined ? undefined : (JSON.parse(found._source.json) as User);
    });
  }
}

function documentOf(user: User): UserDocument {
  return { id: user.id, profiling: mayProfile(user), json: JSON.stringify(user) };
}
