import { type FeatureTable, rowCount } from './training-rows.js';
import type { TreeNode } from './tree.grower.js';

/**
 * Trees that add up to a score, as typed arrays and numbers, so that they can be stored as they are. Nodes of all trees
 * are numbered through.
 */
export interface TreeEnsemble {
  /** Columns of a row. */
  readonly columns: number;
  /** Score of every row before the first tree. */
  readonly start: number;
  /** Node that each tree begins with: [trees]. */
  readonly roots: Int32Array;
  /** Column that a node asks about, −1 for a leaf: [nodes]. */
  readonly splits: Int32Array;
  /** A number goes left where it is at most this: [nodes]. */
  readonly thresholds: Float32Array;
  /** 1 where NaN goes left: [nodes]. */
  readonly nanLeft: Uint8Array;
  /** Node that the left ones go to; the others go to the next one: [nodes]. */
  readonly lefts: Int32Array;
  /** What a leaf adds to a score; of other nodes, the mean over the rows they were grown from: [nodes]. */
  readonly values: Float64Array;
  /** How much a node's question lowered the loss (twice, to second order), 0 for a leaf: [nodes]. */
  readonly gains: Float32Array;
  /** Rows that a node was grown from: [nodes]. */
  readonly counts: Int32Array;
}

/** How much each column served to split: [columns] each. */
export interface ColumnImportances {
  /** Sum of the gains of questions about the column. */
  readonly gain: Float64Array;
  /** How many questions ask about it. */
  readonly count: Int32Array;
}

/** Bits that values keep below the largest possible score: the rest of a double's 53 is room for the sums. */
const VALUE_BITS = 44;

/** A model of grown trees. Values are rounded to a grid on which all sums of them are exact. */
export function ensembleOf(columns: number, start: number, trees: readonly (readonly TreeNode[])[]): TreeEnsemble {
  const largest = (tree: readonly TreeNode[]): number =>
    tree.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0);
  const bound = trees.reduce((sum, nodes) => sum + largest(nodes), Math.abs(start));
  const grid = 2 ** (Math.ceil(Math.log2(bound || 1)) - VALUE_BITS);
  // Adding 0 makes −0 a 0, which stays what it is on its way through JSON.
  const onGrid = (value: number): number => Math.round(value / grid) * grid + 0;
  const offsets = [0];
  for (const tree of trees) offsets.push(offsets.at(-1)! + tree.length);
  const nodes = trees.flat();
  return {
    columns,
    start: onGrid(start),
    roots: Int32Array.from(offsets.slice(0, -1)),
    splits: Int32Array.from(nodes, ({ question }) => question?.column ?? -1),
    thresholds: Float32Array.from(nodes, ({ question }) => question?.threshold ?? 0),
    nanLeft: Uint8Array.from(nodes, ({ question }) => (question?.nanLeft === true ? 1 : 0)),
    lefts: Int32Array.from(
      trees.flatMap((tree, t) => tree.map(({ question }) => (question ? question.left + offsets[t]! : 0))),
    ),
    values: Float64Array.from(nodes, ({ value }) => onGrid(value)),
    gains: Float32Array.from(nodes, ({ question }) => question?.gain ?? 0),
    counts: Int32Array.from(nodes, ({ from, to }) => to - from),
  };
}

/**
 * Scores of rows: [rows], higher is better. Of trees fitted to chances, log odds: 1 / (1 + e^−score) is the chance.
 * Throws RangeError for a table of other columns.
 */
export function treeScores(model: TreeEnsemble, features: Float32Array): Float32Array {
  const rows = rowCount({ features, columns: model.columns });
  const scores = new Float64Array(rows).fill(model.start);
  addScores(model, { features, columns: model.columns }, scores);
  return Float32Array.from(scores);
}

/** Adds what the trees say to scores [rows] in place: of all rows, or of the given ones. */
export function addScores(model: TreeEnsemble, table: FeatureTable, scores: Float64Array, rows?: Int32Array): void {
  const { features, columns } = table;
  const { splits, values } = model;
  const count = rows?.length ?? scores.length;
  for (const root of model.roots) {
    for (let i = 0; i < count; i++) {
      const row = rows === undefined ? i : rows[i]!;
      let node = root;
      for (let column = splits[node]!; column >= 0; column = splits[node]!)
        node = nextNode(model, node, features[row * columns + column]!);
      scores[row]! += values[node]!;
    }
  }
}

/** Node after one that asks, for a row with the given number in its column. */
export function nextNode({ thresholds, nanLeft, lefts }: TreeEnsemble, node: number, value: number): number {
  const left = value <= thresholds[node]! || (nanLeft[node] === 1 && Number.isNaN(value));
  return left ? lefts[node]! : lefts[node]! + 1;
}

/** How much each column served to split. */
export function columnImportances({ columns, splits, gains }: TreeEnsemble): ColumnImportances {
  const gain = new Float64Array(columns);
  const count = new Int32Array(columns);
  splits.forEach((column, node) => {
    if (column < 0) return;
    gain[column]! += gains[node]!;
    count[column]!++;
  });
  return { gain, count };
}
