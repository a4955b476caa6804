import { rowCount } from './training-rows.js';
import { nextNode, type TreeEnsemble } from './tree-ensemble.model.js';

/**
 * What each column contributed to the scores: [rows x (columns + 1)], the last of a row what all rows have. A question
 * on a row's way through a tree contributes by how much the mean of the rows it was grown from changes with the answer
 * (Saabas 2014, "Interpreting random forests").
 *
 * Added in whatever order, the contributions of a row are exactly its score before `treeScores` rounds that to a float.
 * Throws RangeError for a table of other columns.
 */
export function treeContributions(model: TreeEnsemble, features: Float32Array): Float64Array {
  const { columns, start, roots, splits, values } = model;
  const rows = rowCount({ features, columns });
  const contributions = new Float64Array(rows * (columns + 1));
  const common = roots.reduce((sum, root) => sum + values[root]!, start);
  for (let row = 0; row < rows; row++) {
    const to = row * (columns + 1);
    contributions[to + columns] = common;
    for (const root of roots) {
      let node = root;
      for (let column = splits[node]!; column >= 0; column = splits[node]!) {
        const next = nextNode(model, node, features[row * columns + column]!);
        contributions[to + column]! += values[next]! - values[node]!;
        node = next;
      }
    }
  }
  return contributions;
}
