import type { estypes } from '@elastic/elasticsearch';
import type { Query } from './predicate.query.js';
import type { VectorField } from './vector.field.js';

/** The server gives no more. */
export const MAX_HITS = 10_000;

export interface KnnSearch {
  readonly vector: Float32Array;
  readonly k: number;
  readonly filter?: Query | undefined;
}

/** Candidates for each neighbor: the coarser vectors are compared, the more are compared again as they are. */
const CANDIDATES = { by_size: 2, exact: 1, hnsw: 2, int8_hnsw: 2, bbq_hnsw: 6 } as const;
/** For fewer neighbors as many candidates are looked at as for these. */
const LEAST_NEIGHBORS = 100;

/** The nearest items that pass the filter, which is applied while they are searched. */
export function knnQuery(field: VectorField, { vector, k, filter }: KnnSearch): estypes.SearchRequest {
  const { search } = field;
  const candidates = Math.min(MAX_HITS, CANDIDATES[search] * Math.max(LEAST_NEIGHBORS, k));
  // Where vectors are still compared as they are, the server leaves the second comparison out.
  const coarse = search !== 'exact' && search !== 'hnsw';
  return {
    size: k,
    knn: {
      field: field.name,
      query_vector: [...field.comparable(vector)],
      k,
      num_candidates: candidates,
      ...(coarse ? { rescore_vector: { oversample: candidates / k } } : {}),
      ...(filter === undefined ? {} : { filter }),
    },
  };
}

/** The similarity behind a score of the server's. */
export function similarityOf({ space: { metric } }: VectorField, score: number): number {
  if (metric === 'euclidean') return -Math.sqrt(Math.max(0, 1 / score - 1));
  const product = score < 1 ? 1 - 1 / score : score - 1;
  return metric === 'cosine' ? Math.max(-1, Math.min(1, product)) : product;
}

/** Minus the distance of two vectors: that of a score is too coarse for near ones. */
export function nearness(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return -Math.sqrt(sum);
}
