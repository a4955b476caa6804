import type { Item, VectorBlock } from '@attune/sdk';
import { embeddedTextHash } from '../../embedded/items/item.fields.js';
import { nameOf, type StoredSpace } from '../../embedded/items/vector.space.js';
import type { ItemDocuments } from './item-documents.js';
import { not, type Query } from './predicate.query.js';
import { digestIn, type VectorField } from './vector.field.js';

/** Reads the vectors of one space, and which items lack theirs. */
export class VectorReader {
  constructor(
    private readonly documents: ItemDocuments,
    readonly field: VectorField,
  ) {}

  get space(): StoredSpace {
    return this.field.space;
  }

  /** See `ItemVectorsPort.gather`. */
  async gather(ids: readonly string[]): Promise<VectorBlock> {
    const { dims, metric } = this.space;
    const data = new Float32Array(ids.length * dims).fill(NaN);
    const documents = await this.documents.read(ids, [this.field.rawName]);
    for (const [i, document] of documents.entries()) {
      const vector = document && this.field.decode(document.members);
      if (vector !== undefined) data.set(vector, i * dims);
    }
    return { rows: ids.length, dims, data, metric };
  }

  /** See `SearchIndex.vectorsOfTexts`. */
  async ofTexts(items: readonly Item[]): Promise<VectorBlock> {
    const texts = items.map(embeddedTextHash);
    const found = await this.documents.membersOf(
      { bool: { filter: [{ terms: { textHash: [...new Set(texts)] } }, { exists: { field: this.field.name } }] } },
      ['textHash', this.field.rawName],
    );
    const vectors = new Map(found.map((members) => [members['textHash'], this.field.decode(members)]));
    const { dims, metric } = this.space;
    const data = new Float32Array(items.length * dims).fill(NaN);
    texts.forEach((text, i) => {
      const vector = vectors.get(text);
      if (vector !== undefined) data.set(vector, i * dims);
    });
    return { rows: items.length, dims, data, metric };
  }

  /** Ids of items that should have a vector and have none, in pages. */
  async *missing(): AsyncGenerator<readonly string[]> {
    const { admits = (): boolean => true } = this.space;
    for await (const items of this.documents.scan(this.lacking)) {
      const ids = items.filter((item: Item) => admits(item)).map(({ id }) => id);
      if (ids.length > 0) yield ids;
    }
  }

  /** How many `missing` gives. */
  async countMissing(): Promise<number> {
    const count = await this.documents.count(this.lacking);
    if (count === 0 || this.space.admits === undefined) return count;
    let admitted = 0;
    for await (const ids of this.missing()) admitted += ids.length;
    return admitted;
  }

  /** Digests of the models that there are vectors of. */
  async models(): Promise<readonly string[]> {
    const digests: string[] = [];
    for (const [field, mapping] of Object.entries(await this.documents.fields())) {
      const digest = digestIn(mapping.meta, nameOf(this.space));
      if (digest === undefined) continue;
      if ((await this.documents.count({ exists: { field } })) > 0) digests.push(digest);
    }
    return digests;
  }

  private get lacking(): Query {
    return not({ exists: { field: this.field.name } });
  }
}
