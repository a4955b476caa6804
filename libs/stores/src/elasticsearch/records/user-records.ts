import type { estypes } from '@elastic/elasticsearch';
import { AttuneError, type UserRecord } from '@attune/sdk';
import { bulk } from '../bulk.js';
import type { ElasticsearchConnection } from '../client.js';
import { pitScan } from '../pit-scan.js';
import { exactTerm } from './exact.term.js';
import { foundRecord, READ, type RecordDocument } from './record.document.js';

/** Documents a page: they may be large. */
const PAGE = 250;
/** Users that one search names. */
const USERS_AT_ONCE = 1_000;
const [NOT_FOUND, CONFLICT] = [404, 409];
/** How often records that change while they are erased are looked for anew. */
const MOST_TRIES = 20;

/** The records of users in an index, of every kind. */
export class UserRecords {
  constructor(
    private readonly connection: ElasticsearchConnection,
    private readonly index: string,
  ) {}

  async of(userId: string): Promise<readonly UserRecord[]> {
    const records: UserRecord[] = [];
    for await (const page of this.scan([userId], READ)) records.push(...page.map(foundRecord).filter(isThere));
    return records;
  }

  /** How many were deleted; nothing of the past is off the disk yet. */
  async delete(userIds: readonly string[]): Promise<number> {
    let deleted = 0;
    for (let from = 0; from < userIds.length; from += USERS_AT_ONCE)
      deleted += await this.deleteSome(userIds.slice(from, from + USERS_AT_ONCE));
    return deleted;
  }

  private async deleteSome(userIds: readonly string[]): Promise<number> {
    let deleted = 0;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      let changed = 0;
      for await (const page of this.scan(userIds, false))
        for (const status of await this.deletePage(page)) {
          if (status === CONFLICT) changed++;
          else if (status !== NOT_FOUND) deleted++;
        }
      if (changed === 0) return deleted;
    }
    throw new AttuneError('NOT_DURABLE', 'records of a user change faster than they can be erased');
  }

  /** The status of each. */
  private async deletePage(page: readonly estypes.SearchHit<RecordDocument>[]): Promise<readonly number[]> {
    const operations = page.map(({ _id: id = '', _seq_no: seqNo = 0, _primary_term: primaryTerm = 0 }) => ({
      action: 'delete' as const,
      index: this.index,
      id,
      // One that was put again meanwhile may be somebody else's.
      expected: { seqNo, primaryTerm },
    }));
    return (await bulk(this.connection, operations, [NOT_FOUND, CONFLICT])).map(({ status }) => status);
  }

  /** As of the call, by kind and then id. */
  private async *scan(
    userIds: readonly string[],
    parts: string[] | false,
  ): AsyncGenerator<readonly estypes.SearchHit<RecordDocument>[]> {
    const { connection, index } = this;
    await connection.refresh(index);
    yield* pitScan<RecordDocument>(connection, {
      index,
      query: { terms: { user: userIds.map(exactTerm) } },
      sort: [{ kind: 'asc' }, { order: 'asc' }],
      size: PAGE,
      bring: { _source: parts, seq_no_primary_term: true },
    });
  }
}

const isThere = (record: UserRecord | undefined): record is UserRecord => record !== undefined;
