import type { Csr } from '@attune/numeric';
import type { ArtifactDraft, JsonValue } from '@attune/sdk';
import { sparseArrays } from '../models/sparse-rows.js';
import { positiveWeights } from '../logs/interaction-matrix.js';

/**
 * The artifact of a model that says for each item what it speaks for: a sparse [items × items] matrix in arrays `indptr`,
 * `indices`, `values`, ids `items`. Refused where it says nothing.
 */
export const rowsDraft = (
  rows: Csr,
  itemIds: readonly string[],
  meta: Readonly<Record<string, JsonValue>>,
): ArtifactDraft => ({
  meta: { ...meta, items: itemIds.length },
  arrays: sparseArrays(rows),
  ids: { items: itemIds },
  evaluation: { metric: 'neighbors', value: positiveWeights(rows.values), minimum: 1 },
});
