import type { Item, Space, VectorBlock } from '@attune/sdk';
import { KnnIndex, type KnnResult } from '@attune/numeric';
import { durably } from '../durably.js';
import type { OpenLog, RecordLog } from '../record-log.js';
import { embeddedTextHash } from './item.fields.js';
import type { ItemTable } from './item.table.js';

/** A space and the model that fills it: vectors of another digest are kept apart and not used. */
export interface StoredSpace extends Space {
  /** Name of the space that this is a version of, where it has several; default its id. */
  readonly name?: string | undefined;
  /** Digest of the embedder: model file, version and options. */
  readonly digest: string;
  /** Whether vectors are made of the items' texts: one goes when the text of its item changes; default true. */
  readonly ofText?: boolean | undefined;
  /** Whether an item is to have a vector here, such as by its language; default: every item. */
  readonly admits?: ((item: Item) => boolean) | undefined;
}

/** Versions of a space are told from each other by their digests, where they are kept. */
export const nameOf = ({ id, name = id }: StoredSpace): string => name;

/** Texts that no item has any more, kept before they are looked for. */
const SPARE_TEXTS = 1_000;

interface VectorRecord {
  readonly id: string;
  /** Hash of the text the vector stands for. */
  readonly text: string;
  /** Base64 of `dims` little-endian 32-bit floats. */
  readonly vector: string;
}

/** Vectors of one space, in a log and in an index over the rows of the item table. */
export class VectorSpace {
  private readonly index: KnnIndex;
  /** An item that has or had a vector, by the hash of its embedded text then. */
  private readonly byText = new Map<string, string>();

  private constructor(
    readonly space: StoredSpace,
    private readonly table: ItemTable,
    private readonly log: RecordLog,
  ) {
    this.index = new KnnIndex(space.dims);
  }

  /** Reads the vectors; those of items that went or changed their text are left out, and off the disk in time. */
  static async open(space: StoredSpace, table: ItemTable, openLog: OpenLog): Promise<VectorSpace> {
    const texts = new Map<string, string>();
    for (const item of table.all()) texts.set(item.id, embeddedTextHash(item));
    const vectors = new Map<string, Float32Array>();
    let records = 0;
    const log = await openLog((record) => {
      const { id, text, vector } = record as VectorRecord;
      records++;
      if (space.ofText === false ? texts.has(id) : texts.get(id) === text)
        vectors.set(id, decodeVector(vector, space.dims));
    });
    if (records > 2 * vectors.size) await log.rewrite(recordsOf(vectors, texts));
    const opened = new VectorSpace(space, table, log);
    for (const [id, vector] of vectors) opened.put(id, texts.get(id)!, vector);
    return opened;
  }

  get isOfText(): boolean {
    return this.space.ofText !== false;
  }

  /** See `SearchIndex.setVectors`. @throws RangeError for a wrong length, NaN or infinity: nothing is stored. */
  async set(items: readonly Item[], vectors: Float32Array): Promise<number> {
    this.check(items, vectors);
    const { dims } = this.space;
    const stored = new Map<string, { readonly text: string; readonly vector: Float32Array }>();
    for (const [i, item] of items.entries()) {
      const now = this.table.get(item.id);
      const text = embeddedTextHash(item);
      if (now === undefined || (this.isOfText && now !== item && embeddedTextHash(now) !== text)) continue;
      stored.set(item.id, { text, vector: vectors.slice(i * dims, (i + 1) * dims) });
    }
    const records = Array.from(stored, ([id, { text, vector }]) => recordOf(id, text, vector));
    await durably(() => this.log.append(records));
    for (const [id, { text, vector }] of stored) this.put(id, text, vector);
    return stored.size;
  }

  /** See `SearchIndex.vectorsOfTexts`. */
  ofTexts(items: readonly Item[]): VectorBlock {
    const same = items.map((item) => {
      const text = embeddedTextHash(item);
      const id = this.byText.get(text);
      return id !== undefined && this.stands(text, id) ? id : '';
    });
    return this.gather(same);
  }

  drop(row: number): void {
    this.index.remove(row);
  }

  search(vector: Float32Array, k: number, keep: Uint8Array | undefined): KnnResult {
    const { metric } = this.space;
    return this.index.search(vector, k, keep === undefined ? { metric } : { metric, keep });
  }

  /** See `ItemVectorsPort.gather`. */
  gather(ids: readonly string[]): VectorBlock {
    const { dims, metric } = this.space;
    const rows = ids.map((id) => this.table.row(id));
    const data = new Float32Array(ids.length * dims);
    this.index.gather(rows, data);
    for (const [i, row] of rows.entries()) if (!this.index.has(row)) data.fill(NaN, i * dims, (i + 1) * dims);
    return { rows: ids.length, dims, data, metric };
  }

  /** Ids of items that should have a vector and have none. */
  missing(): readonly string[] {
    const { admits = () => true } = this.space;
    const ids: string[] = [];
    for (const item of this.table.all()) {
      if (!this.index.has(this.table.row(item.id)) && admits(item)) ids.push(item.id);
    }
    return ids;
  }

  async close(): Promise<void> {
    await this.log.close();
  }

  private put(id: string, text: string, vector: Float32Array): void {
    this.index.upsert(this.table.row(id), vector);
    this.byText.set(text, id);
    if (this.byText.size <= 2 * this.table.size + SPARE_TEXTS) return;
    for (const [old, owner] of this.byText) if (!this.stands(old, owner)) this.byText.delete(old);
  }

  /** Whether that is the item's text now. */
  private stands(text: string, id: string): boolean {
    const now = this.table.get(id);
    return now !== undefined && embeddedTextHash(now) === text;
  }

  private check(items: readonly Item[], vectors: Float32Array): void {
    const { id, dims } = this.space;
    const { length } = items;
    if (vectors.length !== length * dims)
      throw new RangeError(`${length} vectors of space ${id} take ${length * dims} numbers, got ${vectors.length}`);
    const bad = vectors.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new RangeError(
        `the vector of item ${items[Math.floor(bad / dims)]?.id} holds ${vectors[bad]}: embed it again`,
      );
  }
}

function recordOf(id: string, text: string, vector: Float32Array): VectorRecord {
  const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
  return { id, text, vector: bytes.toString('base64') };
}

function* recordsOf(
  vectors: ReadonlyMap<string, Float32Array>,
  texts: ReadonlyMap<string, string>,
): Generator<VectorRecord> {
  for (const [id, vector] of vectors) yield recordOf(id, texts.get(id) ?? '', vector);
}

function decodeVector(base64: string, dims: number): Float32Array {
  const vector = new Float32Array(dims);
  Buffer.from(vector.buffer).write(base64, 'base64');
  return vector;
}
