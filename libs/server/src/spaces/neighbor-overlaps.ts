import { overlap, sample } from '@attune/evaluation';
import type { SearchIndex } from '@attune/sdk';
import { callWithin } from '../platform/call-within.js';

const K = 10;
/** Time for a search: nobody waits for a job's. */
const PATIENT_MS = 60_000;

export interface OverlapOptions {
  /** Ids of the two versions. */
  readonly inUse: string;
  readonly version: string;
  /** Items to draw. */
  readonly count: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Share of the ten nearest neighbors that two versions both name, for items drawn among those that have both vectors. */
export async function neighborOverlaps(
  items: SearchIndex,
  { inUse, version, count, seed, signal }: OverlapOptions,
): Promise<readonly number[]> {
  const ids: string[] = [];
  for await (const page of items.scan()) ids.push(...page.map(({ id }) => id));
  const overlaps: number[] = [];
  for (const id of sample(ids, count, seed)) {
    signal.throwIfAborted();
    const [some, others] = await Promise.all([neighborsOf(id, inUse, items), neighborsOf(id, version, items)]);
    if (some !== undefined && others !== undefined) overlaps.push(overlap(some, others, K));
  }
  return overlaps;
}

/** Ids of the items nearest to one, itself left out; undefined where it has no vector. */
async function neighborsOf(id: string, space: string, items: SearchIndex): Promise<readonly string[] | undefined> {
  const { data: vector } = await items.gather(space, [id]);
  if (Number.isNaN(vector[0])) return undefined;
  const { ids } = await items.knn({ space, vector, k: K + 1 }, callWithin(PATIENT_MS));
  return [...ids].filter((one) => one !== id).slice(0, K);
}
