import type { ScoredList } from '@attune/algorithms';
import { analyze, Bm25Index, indexedFields, type Bm25Options, type ItemText } from '@attune/text';

/** Items by their words: BM25 as the platform's own, with options. */
export class WordIndex {
  private readonly fields: readonly ReturnType<typeof indexedFields>[];
  private readonly plain: Bm25Index;
  private latest: { readonly key: string; readonly index: Bm25Index } | undefined;

  constructor(items: readonly ItemText[]) {
    this.fields = items.map(indexedFields);
    this.plain = this.build();
  }

  /** The `k` best items for a text, of those with any of its words; options that come again and again cost nothing. */
  found(text: string, k: number, options?: Bm25Options): ScoredList<number> {
    const { docs, scores } = this.indexOf(options).search(analyze(text), k);
    return { ids: docs, scores };
  }

  private indexOf(options: Bm25Options | undefined): Bm25Index {
    if (options === undefined) return this.plain;
    const key = JSON.stringify(options);
    if (this.latest?.key !== key) this.latest = { key, index: this.build(options) };
    return this.latest.index;
  }

  private build(options?: Bm25Options): Bm25Index {
    const index = new Bm25Index(options);
    for (const [row, fields] of this.fields.entries()) index.upsert(row, fields);
    return index;
  }
}
