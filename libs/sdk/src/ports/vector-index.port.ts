import type { Call } from '../blocks/call.js';
import type { Retrieved } from '../plugin/kinds.js';
import type { Predicate } from '../predicate/predicate.schema.js';

export interface KnnQuery {
  readonly space: string;
  readonly vector: Float32Array;
  readonly k: number;
  readonly where?: Predicate | undefined;
}

/** Nearest items by vector, filters exact; scores are similarities, larger is nearer. */
export interface VectorIndexPort {
  knn(query: KnnQuery, call: Call): Promise<Retrieved>;
}
