import { randomUUID } from 'node:crypto';
import { AttuneError, type PendingErasure, type PendingErasures } from '@attune/sdk';
import { Turns } from '../../embedded/turns.js';
import { bulk, type DocumentVersion } from '../bulk.js';
import type { ElasticsearchConnection } from '../client.js';
import { ensureIndex, type IndexDefinition } from '../ensure-index.js';
import { EXPUNGED_WHOLLY, type Expunger } from '../expunger.js';
import { documentId, indexName } from '../index-names.js';
import { pitScan } from '../pit-scan.js';

const DEFINITION: IndexDefinition = {
  version: 1,
  properties: { acceptedAt: { type: 'date', format: 'epoch_millis' } },
  settings: EXPUNGED_WHOLLY,
};
const [NOT_FOUND, CONFLICT] = [404, 409];
/** Processes that may be asked for the same user at the same time. */
const MOST_TRIES = 20;

interface ErasureDocument extends PendingErasure {
  /** Epoch milliseconds. */
  readonly acceptedAt: number;
}

interface Stored {
  readonly document: ErasureDocument;
  readonly version: DocumentVersion;
}

/** Users who are to be erased, in an index: what every process finds, and none forgets. */
export class ElasticsearchPendingErasures implements PendingErasures {
  private readonly changes = new Turns();

  private constructor(
    private readonly connection: ElasticsearchConnection,
    private readonly index: string,
    private readonly options: { readonly clock: () => number; readonly expunger: Expunger },
  ) {}

  static async open(
    connection: ElasticsearchConnection,
    tenant: string,
    options: { readonly clock: () => number; readonly expunger: Expunger },
  ): Promise<ElasticsearchPendingErasures> {
    const index = indexName(connection.options.prefix, tenant, 'erasures');
    await ensureIndex(connection, index, DEFINITION);
    return new ElasticsearchPendingErasures(connection, index, options);
  }

  /** @throws AttuneError `STORE_UNAVAILABLE` */
  async userIds(): Promise<readonly string[]> {
    const { connection, index } = this;
    await connection.refresh(index);
    const ids: string[] = [];
    const scan = { index, sort: [{ acceptedAt: 'asc' as const }], bring: { _source: ['userId'] } };
    for await (const page of pitScan<Pick<ErasureDocument, 'userId'>>(connection, scan))
      for (const { _source: found } of page) if (found !== undefined) ids.push(found.userId);
    return ids;
  }

  async add(userId: string, anonymousIds: readonly string[] = []): Promise<PendingErasure> {
    return await this.changes.take(async () => {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const stored = await this.find(userId);
        const before = stored?.document;
        const document: ErasureDocument = {
          userId,
          anonymousIds: [...new Set([...(before?.anonymousIds ?? []), ...anonymousIds])],
          token: randomUUID(),
          acceptedAt: before?.acceptedAt ?? this.options.clock(),
        };
        if (await this.put(document, stored?.version)) return document;
      }
      throw new AttuneError('NOT_DURABLE', 'too many ask for the same erasure at the same time');
    });
  }

  async finish({ userId, token }: PendingErasure): Promise<void> {
    await this.changes.take(async () => {
      const stored = await this.find(userId);
      if (stored?.document.token !== token) return;
      const { connection, index } = this;
      const id = documentId(userId);
      await bulk(connection, [{ action: 'delete', index, id, expected: stored.version }], [NOT_FOUND, CONFLICT]);
      this.options.expunger.soon(index);
    });
  }

  /** Waits for changes under way. */
  async close(): Promise<void> {
    await this.changes.settled();
  }

  private async find(userId: string): Promise<Stored | undefined> {
    const { connection, index } = this;
    const found = await connection.read((client) =>
      client.get<ErasureDocument>({ index, id: documentId(userId) }, { ignore: [NOT_FOUND] }),
    );
    const { _source: document, _seq_no: seqNo, _primary_term: primaryTerm } = found;
    if (document === undefined || seqNo === undefined || primaryTerm === undefined) return undefined;
    return { document, version: { seqNo, primaryTerm } };
  }

  /** Whether it was put: not where another process was faster. */
  private async put(document: ErasureDocument, expected: DocumentVersion | undefined): Promise<boolean> {
    const { connection, index } = this;
    const id = documentId(document.userId);
    const operation =
      expected === undefined
        ? ({ action: 'create', index, id, document } as const)
        : ({ action: 'index', index, id, document, expected } as const);
    const [result] = await bulk(connection, [operation], [CONFLICT]);
    return result?.status !== CONFLICT;
  }
}
