import {
  vocabularyOf,
  type Artifact,
  type ArtifactDraft,
  type Item,
  type TenantStores,
  type TypedArray,
} from '@attune/sdk';
import { swapIn, type SwapParts } from '../training/swap-in.js';
import type { ModelSlot } from './model-spaces.js';
import { placeItems, type Place } from './place-items.js';
import { aliasOf } from './space-alias.js';

export interface IndexModelParts extends SwapParts {
  readonly stores: Pick<TenantStores, 'items' | 'artifacts' | 'changes'>;
  /** Of the trainer. */
  readonly placeBy: (model: Artifact) => Promise<Place>;
}

export interface IndexModelRun {
  /** Digest of the model. */
  readonly digest: string;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/**
 * Puts a model's items into a slot of the search index, then has every process use them: its item factors (array `factors`
 * [items × dims], ids `items`), or, where the slot is made of other vectors, what the trainer makes of those. What asking for a user's
 * items takes besides goes into the artifact that says so, so that both change at once. Throws an Error where the model has no such
 * arrays.
 */
export async function indexModel(
  draft: ArtifactDraft,
  slot: ModelSlot,
  parts: IndexModelParts,
  run: IndexModelRun,
): Promise<void> {
  const { stores, placeBy } = parts;
  const name = aliasOf(slot.name);
  const filling = { ...run, items: stores.items };
  const said = { model: run.digest, digest: slot.digest };
  let alias: ArtifactDraft;
  if (slot.of === undefined) {
    const known = factorsIn(draft, slot.dims);
    await fill(putFactors(slot, known, stores.items), filling);
    const { factors: _, ...rest } = draft.arrays;
    alias = { meta: { ...draft.meta, items: known.ids.length, ...said }, arrays: rest, ids: {} };
  } else {
    const place = await placeBy(await stores.artifacts.open(slot.name, run.digest));
    await fill((page) => placeItems(stores.items, slot, page, place), filling);
    alias = { ...draft, meta: { ...draft.meta, of: slot.of, ...said } };
  }
  await swapIn(name, await stores.artifacts.put(name, alias), parts);
}

interface ItemFactors {
  readonly factors: TypedArray;
  readonly ids: readonly string[];
}

function factorsIn({ arrays: { factors }, ids: { items: ids } }: ArtifactDraft, dims: number): ItemFactors {
  if (factors !== undefined && ids !== undefined && factors.length === ids.length * dims) return { factors, ids };
  throw new Error(`a model in the index has an array 'factors' of ${dims} numbers an item, and ids 'items'`);
}

interface FillRun extends IndexModelRun {
  readonly items: TenantStores['items'];
}

/** Items that the model does not know get zeros where the slot has the factors of a model before it. */
const putFactors = ({ id: space, dims }: ModelSlot, { factors, ids }: ItemFactors, items: TenantStores['items']) => {
  const known = vocabularyOf(ids);
  return async (page: readonly Item[]): Promise<void> => {
    const before = await items.gather(
      space,
      page.map((item) => item.id),
    );
    const put = page.filter((item, i) => known.row(item.id) >= 0 || !Number.isNaN(before.data[i * dims]));
    const vectors = new Float32Array(put.length * dims);
    put.forEach((item, i) => {
      const row = known.row(item.id);
      if (row >= 0) vectors.set(factors.subarray(row * dims, (row + 1) * dims), i * dims);
    });
    await items.setVectors(space, put, vectors);
  };
};

/** Calls `put` for the whole catalogue, page by page. */
async function fill(
  put: (page: readonly Item[]) => Promise<unknown>,
  { items, signal, progress }: FillRun,
): Promise<void> {
  const total = await items.size();
  let done = 0;
  for await (const page of items.scan()) {
    signal.throwIfAborted();
    await put(page);
    progress(Math.min((done += page.length), total), total);
  }
  await items.refresh();
}
