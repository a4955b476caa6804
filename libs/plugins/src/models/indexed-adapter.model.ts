import { adapterQuery, adaptHistory, type TextAdapterModel } from '@attune/algorithms';
import { filledRows, pickedRows, PortError, type Artifact, type ItemVectorsPort, type View } from '@attune/sdk';
import { tasteOf, type Taste } from '../taste/taste.js';
import { asksBySeeds, tasteOfSeeds } from './asked-with.js';
import type { FoldInOptions } from './folded.model.js';
import { oldestFirst } from './oldest-first.js';
import { SharedAnswers } from './shared-answers.js';
import { textAdapterOf } from './text-adapter.model.js';

/** Items that are looked at for each that counts. */
const SPARE = 3;

/** What histories ask an adapter with, worked out once for the steps of a request: vectors may be others by the next. */
type Queries = SharedAnswers<Float32Array | undefined>;
const queriesOf = new WeakMap<Artifact, Queries>();

/** An adapter whose items are in the search index: what requests ask it with. */
export class IndexedAdapter {
  private constructor(
    private readonly model: TextAdapterModel,
    private readonly queries: Queries,
    /** The space, with its version, whose vectors it adapts. */
    private readonly of: string,
    private readonly vectors: ItemVectorsPort,
  ) {}

  /** Rejects with `ARTIFACT_MISSING` where the vectors that it adapts are no longer kept. */
  static async open(artifact: Artifact, vectors: ItemVectorsPort): Promise<IndexedAdapter> {
    const of = String(artifact.meta['of']);
    await vectors.gather(of, []).catch((error: unknown) => {
      if (!(error instanceof PortError && error.code === 'SPACE_UNKNOWN')) throw error;
      throw new PortError(
        'ARTIFACT_MISSING',
        `the adapter is of vectors '${of}', which are no longer kept: train it again`,
      );
    });
    const queries = queriesOf.get(artifact) ?? new SharedAnswers();
    queriesOf.set(artifact, queries);
    return new IndexedAdapter(textAdapterOf(artifact), queries, of, vectors);
  }

  /** What asks for items of interest to a request, by its history or its seeds `[dims]`; undefined where none has a vector. */
  queryOf({ itemIds, history, now }: View<'history'>, options: FoldInOptions): Promise<Float32Array | undefined> {
    const seeded = asksBySeeds(options.from, itemIds);
    // Some may have no vector: removed, or not embedded yet.
    const maxItems = Math.min(SPARE * this.model.last, options.maxItems);
    return this.queries.get(seeded ? itemIds : history, JSON.stringify(options), now, () =>
      this.told(
        seeded ? tasteOfSeeds(itemIds) : tasteOf(history, history.items, { ...options, maxItems }, now),
        maxItems,
      ),
    );
  }

  private async told({ keys, weights }: Taste<string>, most: number): Promise<Float32Array | undefined> {
    if (keys.length === 0) return undefined;
    const block = await this.vectors.gather(this.of, keys.slice(0, most));
    const known = filledRows(block).slice(0, this.model.last);
    if (known.length === 0) return undefined;
    const { data: values, dims } = pickedRows(block, known);
    const asked = { keys: [...known.keys()], weights: known.map((row) => weights[row]!) };
    return adapterQuery(adaptHistory(this.model, { values, dims }), oldestFirst(asked));
  }
}
