import { treeContributions, type TreeEnsemble } from '@attune/algorithms';
import type { Artifact, Columns, RankedColumns } from '@attune/sdk';
import { rankedSum } from '../rankers/ranked-sum.js';

/** Trees over the columns of a pipeline: two of theirs for each, in order. */
export interface LearnedOrder {
  readonly columns: readonly string[];
  readonly trees: TreeEnsemble;
}

/** Name of what all candidates have in common. */
export const COMMON = 'common';

/** The model of an artifact that the trainer `lambdamart` handed over. */
export function learnedOrder(artifact: Artifact): LearnedOrder {
  const names = artifact.ids('columns');
  const columns = Array.from({ length: names.size }, (_, row) => names.id(row));
  const [start] = doublesOf(artifact, 'start');
  return {
    columns,
    trees: {
      columns: 2 * columns.length,
      start: start!,
      roots: artifact.ints('roots'),
      splits: artifact.ints('splits'),
      thresholds: artifact.floats('thresholds'),
      nanLeft: Uint8Array.from(artifact.array('nanLeft')),
      lefts: artifact.ints('lefts'),
      values: doublesOf(artifact, 'values'),
      gains: artifact.floats('gains'),
      counts: artifact.ints('counts'),
    },
  };
}

function doublesOf(artifact: Artifact, name: string): Float64Array {
  const array = artifact.array(name);
  if (array instanceof Float64Array) return array;
  throw new Error(`model '${artifact.name}' has no doubles '${name}': train it again`);
}

/** Orders candidates by a model: those of request r are `offsets[r]` to `offsets[r + 1] - 1`. */
export function orderBy({ columns, trees }: LearnedOrder, offsets: ArrayLike<number>, filled: Columns): RankedColumns {
  const size = offsets[offsets.length - 1]!;
  const features = new Float32Array(size * columns.length).fill(NaN);
  columns.forEach((name, k) => {
    const column = filled.get(name);
    if (column !== undefined) for (let c = 0; c < size; c++) features[c * columns.length + k] = column[c]!;
  });
  const parts = treeContributions(trees, withShares(features, columns.length, offsets));
  const width = trees.columns + 1;
  const contributions = new Map(
    columns.map((name, k): [string, Float64Array] => [
      name,
      Float64Array.from({ length: size }, (_, c) => parts[c * width + 2 * k]! + parts[c * width + 2 * k + 1]!),
    ]),
  );
  contributions.set(
    COMMON,
    Float64Array.from({ length: size }, (_, c) => parts[c * width + trees.columns]!),
  );
  return rankedSum(contributions, size);
}

/**
 * Each column as it is, and beside its largest absolute value within the request: [rows x 2 columns]. Trees cannot divide, and a
 * share compares where a count does not.
 */
export function withShares(features: Float32Array, columns: number, groups: ArrayLike<number>): Float32Array {
  const both = new Float32Array(2 * features.length);
  for (let g = 0; g + 1 < groups.length; g++)
    for (let k = 0; k < columns; k++) {
      let largest = 0;
      for (let row = groups[g]!; row < groups[g + 1]!; row++)
        if (Math.abs(features[row * columns + k]!) > largest) largest = Math.abs(features[row * columns + k]!);
      for (let row = groups[g]!; row < groups[g + 1]!; row++) {
        const value = features[row * columns + k]!;
        both[2 * (row * columns + k)] = value;
        both[2 * (row * columns + k) + 1] = largest === 0 ? value : value / largest;
      }
    }
  return both;
}
