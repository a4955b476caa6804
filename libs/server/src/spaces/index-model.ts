import { vocabularyOf, type ArtifactDraft, type TenantStores, type TypedArray } from '@attune/sdk';
import { swapIn, type SwapParts } from '../training/swap-in.js';
import type { ModelSlot } from './model-spaces.js';
import { aliasOf } from './space-alias.js';

export interface IndexModelParts extends SwapParts {
  readonly stores: Pick<TenantStores, 'items' | 'artifacts' | 'changes'>;
}

export interface IndexModelRun {
  /** Digest of the model. */
  readonly digest: string;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/**
 * Puts a model's item factors (array `factors` [items × dims], ids `items`) into a slot of the search index, then has every
 * process use them. What folding a user in takes besides goes into the artifact that says so, so that both change at once.
 * Throws an Error where the model has no such arrays.
 */
export async function indexModel(
  draft: ArtifactDraft,
  slot: ModelSlot,
  parts: IndexModelParts,
  run: IndexModelRun,
): Promise<void> {
  const known = factorsIn(draft, slot.dims);
  await fill(slot, known, { ...run, items: parts.stores.items });
  const name = aliasOf(slot.name);
  const meta = { ...draft.meta, items: known.ids.length, model: run.digest, digest: slot.digest };
  const { factors: _, ...rest } = draft.arrays;
  await swapIn(name, await parts.stores.artifacts.put(name, { meta, arrays: rest, ids: {} }), parts);
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
async function fill(
  { id: space, dims }: ModelSlot,
  { factors, ids }: ItemFactors,
  { items, signal, progress }: FillRun,
): Promise<void> {
  const known = vocabularyOf(ids);
  const total = await items.size();
  let done = 0;
  for await (const page of items.scan()) {
    signal.throwIfAborted();
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
    progress(Math.min((done += page.length), total), total);
  }
  await items.refresh();
}
