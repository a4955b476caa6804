import type { Call, Retrieved, VectorIndexPort, View } from '@attune/sdk';

/** What is asked for: a vector, in a space. */
export interface Nearest {
  readonly space: string;
  readonly vector: Float32Array;
  /** Whether an item of this score is proposed; default: any. */
  readonly isLiked?: (score: number) => boolean;
}

/** Up to `limit` items nearest to a vector that pass the request's filters and are none of its seeds, best first. */
export async function nearestItems(
  vectorIndex: VectorIndexPort,
  { space, vector, isLiked = () => true }: Nearest,
  { request: { itemIds, where }, limit, call }: { readonly request: View; readonly limit: number; readonly call: Call },
): Promise<Retrieved> {
  const { ids, scores } = await vectorIndex.knn({ space, vector, k: limit + itemIds.length, where }, call);
  const named = new Set(itemIds);
  const kept = [...ids.keys()].filter((i) => isLiked(scores[i]!) && !named.has(ids[i]!)).slice(0, limit);
  return { ids: kept.map((i) => ids[i]!), scores: Float32Array.from(kept, (i) => scores[i]!) };
}
