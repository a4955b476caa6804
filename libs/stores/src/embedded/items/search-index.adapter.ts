import { PortError } from '@attune/sdk';
import type {
  Item,
  KnnQuery,
  LexicalQuery,
  Predicate,
  Retrieved,
  SearchIndex,
  UpsertResult,
  VectorBlock,
  Vocabulary,
} from '@attune/sdk';
import { Bm25Index, indexedFields } from '@attune/text';
import type { OpenLog } from '../record-log.js';
import { Turns } from '../turns.js';
import { embeddedTextHash } from './item.fields.js';
import { ItemLog } from './item.log.js';
import { ItemMasks } from './item.masks.js';
import { ItemTable } from './item.table.js';
import { coverageOf, queryTerms } from './query-terms.js';
import { nameOf, VectorSpace, type StoredSpace } from './vector.space.js';

/** Ids of items without a vector in one page. */
const PAGE = 500;

export interface SearchIndexOptions {
  readonly openItems: OpenLog;
  readonly openVectors: (space: StoredSpace) => OpenLog;
  readonly spaces: readonly StoredSpace[];
  /** Digests of the models whose vectors of a space, by its name, are on disk. */
  readonly modelsOf: (space: string) => Promise<readonly string[]>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/**
 * The catalogue in memory over logs on disk. Changes are made one after the other, each durable before it is seen.
 * An item whose embedded text changes loses its vectors; `withoutVector` then lists it.
 */
export class EmbeddedSearchIndex implements SearchIndex {
  private readonly masks: ItemMasks;
  private readonly words = new Bm25Index();
  private readonly spaces = new Map<string, VectorSpace>();
  private readonly changes = new Turns();

  private constructor(
    private readonly log: ItemLog,
    private readonly table: ItemTable,
    spaces: readonly VectorSpace[],
    private readonly options: Pick<SearchIndexOptions, 'clock' | 'modelsOf'>,
  ) {
    this.masks = new ItemMasks(table);
    for (const each of spaces) this.spaces.set(each.space.id, each);
    for (const item of table.all()) this.words.upsert(table.row(item.id), indexedFields(item));
  }

  static async open(options: SearchIndexOptions): Promise<EmbeddedSearchIndex> {
    const { log, items } = await ItemLog.open(options.openItems);
    const table = new ItemTable();
    for (const item of items) table.put(item);
    const spaces: VectorSpace[] = [];
    for (const space of options.spaces) spaces.push(await VectorSpace.open(space, table, options.openVectors(space)));
    return new EmbeddedSearchIndex(log, table, spaces, options);
  }

  /** @throws AttuneError `NOT_DURABLE`: nothing was changed. */
  async upsert(items: readonly Item[]): Promise<UpsertResult> {
    return await this.changes.take(async () => {
      const receipt = new Date(this.options.clock()).toISOString();
      const newest = new Map<string, Item>();
      const applied = items.map((item) => {
        const next = { ...item, updatedAt: item.updatedAt ?? receipt };
        const stored = newest.get(item.id) ?? this.table.get(item.id);
        if (isOlder(next, stored)) return false;
        newest.set(item.id, next);
        return true;
      });
      await this.log.put([...newest.values()]);
      for (const item of newest.values()) this.put(item);
      await this.log.tidy(this.table);
      return { applied };
    });
  }

  /** @throws AttuneError `NOT_DURABLE`: nothing was changed. */
  async delete(ids: readonly string[]): Promise<number> {
    return await this.changes.take(async () => {
      const present = [...new Set(ids)].filter((id) => this.table.row(id) >= 0);
      await this.log.delete(present);
      for (const id of present) {
        const row = this.table.remove(id);
        this.words.remove(row);
        this.dropVectors(row);
      }
      await this.log.tidy(this.table);
      return present.length;
    });
  }

  /** Everything is found as soon as it is written. */
  refresh(): Promise<void> {
    return Promise.resolve();
  }

  size(): Promise<number> {
    return Promise.resolve(this.table.size);
  }

  version(): Promise<string> {
    return Promise.resolve(String(this.table.version));
  }

  async *scan(): AsyncGenerator<readonly Item[]> {
    yield* this.table.pages();
  }

  get(ids: readonly string[]): Promise<readonly (Item | undefined)[]> {
    return Promise.resolve(ids.map((id) => this.table.get(id)));
  }

  /** @throws PortError `SPACE_UNKNOWN`; RangeError for a wrong length, NaN or infinity; AttuneError `NOT_DURABLE`. */
  async setVectors(space: string, items: readonly Item[], vectors: Float32Array): Promise<number> {
    return await this.changes.take(async () => await this.spaceOf(space).set(items, vectors));
  }

  async vectorsOfTexts(space: string, items: readonly Item[]): Promise<VectorBlock> {
    return this.spaceOf(space).ofTexts(items);
  }

  async *withoutVector(space: string): AsyncGenerator<readonly string[]> {
    const ids = this.spaceOf(space).missing();
    for (let from = 0; from < ids.length; from += PAGE) yield ids.slice(from, from + PAGE);
  }

  async countWithoutVector(space: string): Promise<number> {
    return this.spaceOf(space).missing().length;
  }

  async vectorModels(space: string): Promise<readonly string[]> {
    return await this.options.modelsOf(nameOf(this.spaceOf(space).space));
  }

  async knn({ space, vector, k, where }: KnnQuery): Promise<Retrieved> {
    const keep = where === undefined ? undefined : this.masks.rows(where);
    const { rows, scores } = this.spaceOf(space).search(vector, k, keep);
    return { ids: this.idsOf(rows), scores };
  }

  async gather(space: string, ids: readonly string[]): Promise<VectorBlock> {
    return this.spaceOf(space).gather(ids);
  }

  async lexical({ k, where, ...query }: LexicalQuery): Promise<Retrieved> {
    const keep = where === undefined ? undefined : this.masks.rows(where);
    const { docs, scores } = this.words.search(queryTerms(query), k, keep);
    return { ids: this.idsOf(docs), scores };
  }

  async score(query: string | Pick<LexicalQuery, 'text' | 'synonyms'>, ids: readonly string[]): Promise<Float32Array> {
    const rows = ids.map((id) => this.table.row(id));
    // Every common term adds something above 0.
    const terms = queryTerms(typeof query === 'string' ? { text: query } : query);
    return this.words.score(terms, rows).map((score) => (score === 0 ? NaN : score));
  }

  async coverage(query: Pick<LexicalQuery, 'text' | 'synonyms'>, ids: readonly string[]): Promise<Float32Array> {
    const rows = ids.map((id) => this.table.row(id));
    return coverageOf(this.words, rows, query);
  }

  allowed(where: Predicate | undefined, vocabulary: Vocabulary): Promise<Uint8Array> {
    return Promise.resolve(this.masks.allowed(where, vocabulary));
  }

  /** Waits for changes under way. */
  async close(): Promise<void> {
    await this.changes.take(async () => {
      await this.log.close();
      for (const space of this.spaces.values()) await space.close();
    });
  }

  private put(item: Item): void {
    const before = this.table.get(item.id);
    const row = this.table.put(item);
    this.words.upsert(row, indexedFields(item));
    if (before !== undefined && embeddedTextHash(before) !== embeddedTextHash(item)) this.dropVectors(row, 'of texts');
  }

  private dropVectors(row: number, which: 'all' | 'of texts' = 'all'): void {
    for (const space of this.spaces.values()) if (which === 'all' || space.isOfText) space.drop(row);
  }

  private spaceOf(id: string): VectorSpace {
    const space = this.spaces.get(id);
    if (space !== undefined) return space;
    const known = [...this.spaces.keys()].join(', ') || 'none';
    throw new PortError('SPACE_UNKNOWN', `there is no vector space '${id}'; configured: ${known}`);
  }

  private idsOf(rows: Uint32Array): readonly string[] {
    return Array.from(rows, (row) => this.table.at(row)?.id ?? '');
  }
}

function isOlder(next: { readonly updatedAt: string }, stored: Item | undefined): boolean {
  return stored?.updatedAt !== undefined && Date.parse(next.updatedAt) < Date.parse(stored.updatedAt);
}
