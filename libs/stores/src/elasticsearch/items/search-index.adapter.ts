import {
  PortError,
  type Call,
  type Item,
  type KnnQuery,
  type LexicalQuery,
  type Predicate,
  type Retrieved,
  type SearchIndex,
  type UpsertResult,
  type VectorBlock,
  type Vocabulary,
} from '@attune/sdk';
import type { StoredSpace } from '../../embedded/items/vector.space.js';
import type { ElasticsearchConnection } from '../client.js';
import { ensureIndex } from '../ensure-index.js';
import { indexName } from '../index-names.js';
import { AllowedMasks } from './allowed-masks.js';
import { ItemDocuments } from './item-documents.js';
import { ItemFilters } from './item-filters.js';
import { itemDefinition } from './item.mapping.js';
import { NeighborGraphs } from './neighbor-graphs.js';
import { ItemSearches } from './item-searches.js';
import { ItemWriter } from './item-writer.js';
import { passingIds } from './passing-ids.js';
import { TurnsById } from './turns-by-id.js';
import { VectorField, type VectorSearch } from './vector.field.js';
import { VectorReader } from './vector-reader.js';

export interface ElasticsearchSearchIndexOptions {
  readonly connection: ElasticsearchConnection;
  readonly tenant: string;
  readonly spaces: readonly StoredSpace[];
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** How neighbors are found, default `by_size`. */
  readonly vectors?: VectorSearch | undefined;
  /** With how many items `by_size` makes a graph, default 50,000. */
  readonly graphFrom?: number | undefined;
}

/**
 * The catalogue in an index behind an alias. Several processes may change it at once: the newest `updatedAt` of an item
 * wins. An item whose embedded text changes loses the vectors of it; `withoutVector` then lists it.
 */
export class ElasticsearchSearchIndex implements SearchIndex {
  private readonly writer: ItemWriter;
  private readonly searches: ItemSearches;
  private readonly masks: AllowedMasks;
  private readonly filters: ItemFilters;
  private readonly graphs: NeighborGraphs;
  private readonly changes = new TurnsById();

  private constructor(
    private readonly options: ElasticsearchSearchIndexOptions,
    private readonly documents: ItemDocuments,
    private readonly vectors: ReadonlyMap<string, VectorReader>,
  ) {
    const { connection, clock } = options;
    const fields = [...vectors.values()].map(({ field }) => field);
    const kept = fields.filter(({ space }) => space.ofText === false);
    this.writer = new ItemWriter(connection, documents, clock, kept);
    this.searches = new ItemSearches(connection, documents);
    this.masks = new AllowedMasks({
      passing: (conditions) => passingIds(connection, documents, conditions),
      version: () => this.version(),
      clock,
    });
    this.filters = new ItemFilters((conditions) => this.masks.idsOf(conditions));
    const size = (): Promise<number> => this.size();
    this.graphs = new NeighborGraphs({ connection, documents, size, graphFrom: options.graphFrom });
  }

  /**
   * Makes the index where there is none, and fields for new spaces.
   *
   * @throws IndexConflictError where the index was made with other settings; AttuneError `STORE_UNAVAILABLE`.
   */
  static async open(options: ElasticsearchSearchIndexOptions): Promise<ElasticsearchSearchIndex> {
    const { connection, tenant, spaces, vectors = 'by_size' } = options;
    const fields = spaces.map((space) => new VectorField(space, vectors));
    const documents = new ItemDocuments(connection, indexName(connection.options.prefix, tenant, 'items'));
    await ensureIndex(connection, documents.index, itemDefinition(fields));
    const readers = fields.map((field) => new VectorReader(documents, field));
    return new ElasticsearchSearchIndex(options, documents, new Map(readers.map((each) => [each.space.id, each])));
  }

  /** @throws AttuneError `NOT_DURABLE`: some of it may be stored. */
  async upsert(items: readonly Item[]): Promise<UpsertResult> {
    const receipt = new Date(this.options.clock()).toISOString();
    const dated = items.map((item) => ({ ...item, updatedAt: item.updatedAt ?? receipt }));
    const ids = dated.map(({ id }) => id);
    return { applied: await this.changes.take(ids, async () => await this.writer.put(dated)) };
  }

  /** @throws AttuneError `NOT_DURABLE`: some may be gone. */
  async delete(ids: readonly string[]): Promise<number> {
    return await this.changes.take(ids, async () => await this.writer.delete([...new Set(ids)]));
  }

  async refresh(): Promise<void> {
    await this.options.connection.refresh(this.documents.index);
    this.masks.expire();
  }

  async size(): Promise<number> {
    return (await this.searches.summary()).items;
  }

  async version(): Promise<string> {
    const { items, revisions } = await this.searches.summary();
    return `${items} ${revisions}`;
  }

  scan(): AsyncIterable<readonly Item[]> {
    return this.documents.scan();
  }

  async get(ids: readonly string[]): Promise<readonly (Item | undefined)[]> {
    return await this.documents.items(ids);
  }

  /** @throws PortError `SPACE_UNKNOWN`; RangeError for a wrong length, NaN or infinity; AttuneError `NOT_DURABLE`. */
  async setVectors(space: string, items: readonly Item[], vectors: Float32Array): Promise<number> {
    const { field } = this.vectorsOf(space);
    field.check(
      items.map(({ id }) => id),
      vectors,
    );
    const set = await this.writer.setVectors(field, items, vectors);
    await this.graphs.keepUp(field, items.length);
    return set;
  }

  async vectorsOfTexts(space: string, items: readonly Item[]): Promise<VectorBlock> {
    return await this.vectorsOf(space).ofTexts(items);
  }

  withoutVector(space: string): AsyncIterable<readonly string[]> {
    return this.vectorsOf(space).missing();
  }

  async countWithoutVector(space: string): Promise<number> {
    return await this.vectorsOf(space).countMissing();
  }

  async vectorModels(space: string): Promise<readonly string[]> {
    return await this.vectorsOf(space).models();
  }

  async gather(space: string, ids: readonly string[]): Promise<VectorBlock> {
    return await this.vectorsOf(space).gather(ids);
  }

  async knn({ space, where, ...query }: KnnQuery, { deadline }: Call): Promise<Retrieved> {
    const { field } = this.vectorsOf(space);
    return await this.searches.knn(field, { ...query, filter: await this.filters.queryOf(where) }, deadline.signal);
  }

  async lexical({ where, ...query }: LexicalQuery, { deadline }: Call): Promise<Retrieved> {
    return await this.searches.lexical({ ...query, filter: await this.filters.queryOf(where) }, deadline.signal);
  }

  async score(
    query: string | Pick<LexicalQuery, 'text' | 'synonyms'>,
    ids: readonly string[],
    { deadline }: Call,
  ): Promise<Float32Array> {
    return await this.searches.score(typeof query === 'string' ? { text: query } : query, ids, deadline.signal);
  }

  async coverage(
    query: Pick<LexicalQuery, 'text' | 'synonyms'>,
    ids: readonly string[],
    { deadline }: Call,
  ): Promise<Float32Array> {
    return await this.searches.coverage(query, ids, deadline.signal);
  }

  async allowed(where: Predicate | undefined, vocabulary: Vocabulary): Promise<Uint8Array | undefined> {
    return await this.masks.allowed(where, vocabulary);
  }

  /** Waits for changes under way. */
  async close(): Promise<void> {
    await this.changes.settled();
  }

  private vectorsOf(id: string): VectorReader {
    const vectors = this.vectors.get(id);
    if (vectors !== undefined) return vectors;
    const known = [...this.vectors.keys()].join(', ') || 'none';
    throw new PortError('SPACE_UNKNOWN', `there is no vector space '${id}'; configured: ${known}`);
  }
}
