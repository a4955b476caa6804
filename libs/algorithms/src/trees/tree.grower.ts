import { reportStep, type Watch } from '@attune/numeric';
import type { DerivativeSums } from './derivative-sums.js';
import { type BinnedRows, NAN_BIN } from './feature-bins.js';
import { COLUMN_SIZE, HistogramMaker, subtractHistogram } from './histogram.kernel.js';
import { bestValue, rowsIn, type Split, SplitFinder, type SplitRules, type Sums } from './split.finder.js';

export interface GrowthRules extends SplitRules {
  /** Most leaves of a tree, >= 2. */
  readonly leaves: number;
  /** Factor of every leaf's value, > 0. */
  readonly learningRate: number;
}

/** A node of a tree: a leaf until it has a question. */
export interface TreeNode {
  /** Rows of the node: entries `from` to `to - 1` of the order that the tree was grown in. */
  readonly from: number;
  readonly to: number;
  /** What a leaf adds to the score of its rows; of a node with a question, the mean over its rows. */
  value: number;
  question?: TreeQuestion;
}

export interface TreeQuestion {
  readonly column: number;
  /** Rows with at most this number go left. */
  readonly threshold: number;
  readonly nanLeft: boolean;
  readonly gain: number;
  /** Place of the node for rows that go left; the next one is for the others. */
  readonly left: number;
}

/** What a tree is grown from. */
export interface GrowthInput {
  /** Rows to grow from, each once; put in the order of the nodes in place. */
  readonly order: Int32Array;
  readonly derivatives: DerivativeSums;
  /** Columns that may be asked about. */
  readonly columns: Int32Array;
}

/** A node with the sums over its rows. */
interface Summed {
  readonly place: number;
  readonly sums: Sums;
}

/** A leaf that may be split. */
interface OpenLeaf extends Summed {
  readonly histogram: Float64Array;
  readonly split: Split;
}

/**
 * Grows trees leaf by leaf: of all leaves, the one whose split gains most is split next (Shi 2007, "Best-first decision
 * tree learning"). The smaller side of a split is added up from its rows; the larger is the rest of the whole.
 */
export class TreeGrower {
  private readonly histograms: HistogramMaker;
  /** Room for the rows of one side while they are parted. */
  private readonly spare: Int32Array;

  constructor(
    private readonly rows: BinnedRows,
    private readonly rules: GrowthRules,
  ) {
    this.histograms = new HistogramMaker(rows);
    this.spare = new Int32Array(rows.rows);
  }

  /** Nodes of one tree, the root first and every node before its children; the root alone where no split gains. */
  grow(input: GrowthInput, watch: Watch): TreeNode[] {
    const { leaves } = this.rules;
    const finder = new SplitFinder(input.derivatives, this.rules, this.rows.edges);
    const nodes: TreeNode[] = [{ from: 0, to: input.order.length, value: 0 }];
    const whole = this.histogramOf(nodes[0]!, input);
    const root = { place: 0, sums: sumsOf(whole) };
    const summed: Summed[] = [root];
    const open: OpenLeaf[] = [];
    const offer = (node: Summed, histogram: Float64Array): void => {
      const split = finder.find(histogram, node.sums, input.columns);
      if (split === undefined) this.histograms.give(histogram);
      else open.push({ ...node, histogram, split });
    };
    offer(root, whole);
    for (let count = 1; count < leaves && open.length > 0; count++) {
      reportStep(watch, count - 1, leaves - 1);
      const leaf = takeBest(open);
      const [left, right] = this.part(leaf, nodes, input);
      summed.push(left, right);
      const [smaller, larger] = rowsOf(nodes, left) < rowsOf(nodes, right) ? [left, right] : [right, left];
      // The last leaves are not split, so nobody asks for their histograms.
      if (count + 1 === leaves) break;
      const histogram = this.histogramOf(nodes[smaller.place]!, input);
      subtractHistogram(leaf.histogram, histogram);
      offer(smaller, histogram);
      offer(larger, leaf.histogram);
    }
    open.forEach(({ histogram }) => this.histograms.give(histogram));
    this.giveValues(nodes, summed, input.derivatives);
    return nodes;
  }

  private histogramOf({ from, to }: TreeNode, { order, derivatives }: GrowthInput): Float64Array {
    return this.histograms.make(order.subarray(from, to), derivatives);
  }

  /** Gives a leaf its question and adds its children to the nodes. */
  private part({ place, sums, split }: OpenLeaf, nodes: TreeNode[], { order }: GrowthInput): [Summed, Summed] {
    const { column, bin, nanLeft, gain, left } = split;
    const node = nodes[place]!;
    const at = nodes.length;
    node.question = { column, threshold: this.rows.edges[column]![bin]!, nanLeft, gain, left: at };
    const middle = node.from + this.partRows(order.subarray(node.from, node.to), split);
    nodes.push({ from: node.from, to: middle, value: 0 }, { from: middle, to: node.to, value: 0 });
    const right = { gradient: sums.gradient - left.gradient, weight: sums.weight - left.weight };
    return [
      { place: at, sums: left },
      { place: at + 1, sums: right },
    ];
  }

  /** Puts the rows that go left before the others, each side in its order; returns how many go left. */
  private partRows(rows: Int32Array, { column, bin, nanLeft }: Split): number {
    const { bins, stride } = this.rows;
    const { spare } = this;
    let left = 0;
    let right = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const own = bins[row * stride + column]!;
      if (own === NAN_BIN ? nanLeft : own <= bin) rows[left++] = row;
      else spare[right++] = row;
    }
    rows.set(spare.subarray(0, right), left);
    return left;
  }

  /** Leaves have the value that lowers the loss most, shrunk; nodes above them the mean of their rows. */
  private giveValues(nodes: TreeNode[], summed: readonly Summed[], derivatives: DerivativeSums): void {
    const { lambda, learningRate } = this.rules;
    for (const { place, sums } of summed.toReversed()) {
      const node = nodes[place]!;
      if (node.question === undefined) node.value = learningRate * bestValue(sums, derivatives, lambda);
      else {
        const [left, right] = [nodes[node.question.left]!, nodes[node.question.left + 1]!];
        const rows = rowsIn(sums, derivatives.unit);
        node.value = (left.value * (left.to - left.from) + right.value * (right.to - right.from)) / rows;
      }
    }
  }
}

const rowsOf = (nodes: readonly TreeNode[], { place }: Summed): number => nodes[place]!.to - nodes[place]!.from;

/** Sums over all rows: those of the bins of any column. */
function sumsOf(histogram: Float64Array): Sums {
  let gradient = 0;
  let weight = 0;
  for (let at = 0; at < COLUMN_SIZE; at += 2) {
    gradient += histogram[at]!;
    weight += histogram[at + 1]!;
  }
  return { gradient, weight };
}

/** Removes the leaf whose split gains most, of equals the first. */
function takeBest(open: OpenLeaf[]): OpenLeaf {
  let best = 0;
  for (let i = 1; i < open.length; i++) if (open[i]!.split.gain > open[best]!.split.gain) best = i;
  return open.splice(best, 1)[0]!;
}
