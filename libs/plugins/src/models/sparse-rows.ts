import { Csr } from '@attune/numeric';
import type { ArtifactDraft } from '@attune/sdk';
import type { ModelSource } from './shared-model.js';

/** A sparse matrix as arrays of an artifact. */
export const sparseArrays = ({ indptr, indices, values }: Csr): ArtifactDraft['arrays'] => ({
  indptr,
  indices,
  values,
});

/** The sparse matrix of an artifact, with as many rows as its `indptr` says. */
export function csrOf(source: ModelSource, cols: number): Csr {
  const indptr = source.ints('indptr');
  const arrays = { indptr, indices: source.ints('indices'), values: source.floats('values') };
  return Csr.fromArrays({ rows: indptr.length - 1, cols }, arrays);
}
