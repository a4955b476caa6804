import {
  AttuneError,
  type ChangeFeed,
  type HeldItems,
  type Item,
  type Predicate,
  type SearchIndex,
  type UpsertResult,
  type VectorBlock,
  type Vocabulary,
} from '@attune/sdk';
import { ReadThrough } from './read-through.js';

/** What is held of the documents, and again of the vectors of each space. */
const MOST_BYTES = 64 * 2 ** 20;

export interface CachedSearchIndexOptions {
  readonly index: SearchIndex;
  readonly changes: ChangeFeed;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

interface HeldSpace {
  readonly vectors: ReadThrough<Float32Array>;
  readonly shape: Pick<VectorBlock, 'dims' | 'metric'>;
}

/**
 * A search index whose documents and vectors are held in this process: what a slate looks at for each of its candidates.
 * A change of another process is heard of within milliseconds; where nothing is heard, what is held is a second old at
 * most. While the index cannot be read, what is held is given however old it is.
 */
export class CachedSearchIndex implements SearchIndex {
  readonly held: HeldItems = {
    documents: (ids) => Promise.resolve(this.documents.heldOf(ids)),
    vectors: async (space, ids) => {
      const { vectors, shape } = await this.space(space);
      return blockOf(shape, vectors.heldOf(ids));
    },
  };
  private readonly documents: ReadThrough<Item>;
  private readonly spaces = new Map<string, HeldSpace>();
  private readonly stop: () => void;

  constructor(private readonly options: CachedSearchIndexOptions) {
    this.documents = this.holding((item) => 2 * JSON.stringify(item).length);
    this.stop = options.changes.onChange((change) => {
      if (change.kind === 'items') this.drop(change.ids);
      else if (change.kind === 'lost') for (const held of this.all()) held.doubt();
    });
  }

  async upsert(items: readonly Item[]): Promise<UpsertResult> {
    return await this.changing(
      items.map(({ id }) => id),
      () => this.options.index.upsert(items),
    );
  }

  async delete(ids: readonly string[]): Promise<number> {
    return await this.changing(ids, () => this.options.index.delete(ids));
  }

  async setVectors(space: string, items: readonly Item[], vectors: Float32Array): Promise<number> {
    return await this.changing(
      items.map(({ id }) => id),
      () => this.options.index.setVectors(space, items, vectors),
    );
  }

  async get(ids: readonly string[]): Promise<readonly (Item | undefined)[]> {
    return await this.documents.get(ids, (missing) => this.options.index.get(missing));
  }

  async gather(space: string, ids: readonly string[]): Promise<VectorBlock> {
    const { vectors, shape } = await this.space(space);
    const rows = await vectors.get(ids, async (missing) => rowsOf(await this.options.index.gather(space, missing)));
    return blockOf(shape, rows);
  }

  readonly refresh: SearchIndex['refresh'] = () => this.options.index.refresh();
  readonly size: SearchIndex['size'] = () => this.options.index.size();
  readonly version: SearchIndex['version'] = () => this.options.index.version();
  readonly scan: SearchIndex['scan'] = () => this.options.index.scan();
  readonly withoutVector: SearchIndex['withoutVector'] = (space) => this.options.index.withoutVector(space);
  readonly countWithoutVector: SearchIndex['countWithoutVector'] = (space) =>
    this.options.index.countWithoutVector(space);
  readonly vectorsOfTexts: SearchIndex['vectorsOfTexts'] = (space, items) =>
    this.options.index.vectorsOfTexts(space, items);
  readonly vectorModels: SearchIndex['vectorModels'] = (space) => this.options.index.vectorModels(space);
  readonly knn: SearchIndex['knn'] = (query, call) => this.options.index.knn(query, call);
  readonly lexical: SearchIndex['lexical'] = (query, call) => this.options.index.lexical(query, call);
  readonly score: SearchIndex['score'] = (query, ids, call) => this.options.index.score(query, ids, call);
  readonly coverage: SearchIndex['coverage'] = (query, ids, call) => this.options.index.coverage(query, ids, call);

  /** Undefined, too, while the index cannot be read: filters look at each item afterwards. */
  async allowed(where: Predicate | undefined, vocabulary: Vocabulary): Promise<Uint8Array | undefined> {
    return await this.options.index.allowed(where, vocabulary).catch((error: unknown) => {
      if (error instanceof AttuneError && error.code === 'STORE_UNAVAILABLE') return undefined;
      throw error;
    });
  }

  /** Stops listening. */
  close(): void {
    this.stop();
  }

  /** Also what failed may have been done. Others are told before it is acknowledged. */
  private async changing<T>(ids: readonly string[], change: () => Promise<T>): Promise<T> {
    try {
      return await change();
    } finally {
      this.drop(ids);
      await this.options.changes.publish({ kind: 'items', ids: [...new Set(ids)] });
    }
  }

  private drop(ids: readonly string[]): void {
    for (const held of this.all()) held.drop(ids);
  }

  private all(): readonly Pick<ReadThrough<unknown>, 'drop' | 'doubt'>[] {
    return [this.documents, ...[...this.spaces.values()].map(({ vectors }) => vectors)];
  }

  private async space(name: string): Promise<HeldSpace> {
    const known = this.spaces.get(name);
    if (known !== undefined) return known;
    const { dims, metric } = await this.options.index.gather(name, []);
    const held = this.spaces.get(name) ?? {
      vectors: this.holding((vector: Float32Array) => vector.byteLength),
      shape: { dims, ...(metric && { metric }) },
    };
    this.spaces.set(name, held);
    return held;
  }

  private holding<T>(bytesOf: (value: T) => number): ReadThrough<T> {
    const { changes, clock } = this.options;
    return new ReadThrough({ mostBytes: MOST_BYTES, bytesOf, isHearing: () => changes.isListening, clock });
  }
}

function blockOf(shape: HeldSpace['shape'], rows: readonly (Float32Array | undefined)[]): VectorBlock {
  const data = new Float32Array(rows.length * shape.dims).fill(NaN);
  rows.forEach((vector, i) => vector !== undefined && data.set(vector, i * shape.dims));
  return { ...shape, rows: rows.length, data };
}

/** Rows of a block, undefined where an item has no vector. */
const rowsOf = ({ rows, dims, data }: VectorBlock): readonly (Float32Array | undefined)[] =>
  Array.from({ length: rows }, (_, i) =>
    Number.isNaN(data[i * dims] ?? NaN) ? undefined : data.slice(i * dims, (i + 1) * dims),
  );
