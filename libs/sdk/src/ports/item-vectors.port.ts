import type { VectorBlock } from '../blocks/candidates.js';

/** Vectors of given items in a space. */
export interface ItemVectorsPort {
  /** `[ids × dims]`; a row of NaN where an item has no vector in that space. */
  gather(space: string, ids: readonly string[]): Promise<VectorBlock>;
}
