import { reportStep, type Watch } from '@attune/numeric';
import type { TimedSequences } from '../data/sequences.js';
import { userMatrix } from '../data/user-matrix.js';
import { fitEase } from '../linear/ease.model.js';
import { fitLambdaMart, type LambdaMartOptions } from '../trees/lambdamart.model.js';
import { type TreeEnsemble, treeScores } from '../trees/tree-ensemble.model.js';
import { candidateRows, columnNames } from './candidate-rows.js';
import type { ColumnGroup } from './column-group.js';
import { latestBaskets, withoutLatest, type Basket } from './latest-baskets.js';
import { LearningRows } from './learning-rows.js';
import { likenessColumns } from './likeness.columns.js';
import { neighborColumns } from './neighbors.columns.js';
import { ownColumns } from './own.columns.js';
import { type PurchaseLog, type Shopper, shopperAt } from './purchase-log.js';
import { salesColumns } from './sales.columns.js';

export interface NextBasketOptions
  extends Watch, Pick<LambdaMartOptions, 'trees' | 'leaves' | 'learningRate' | 'minLeafRows' | 'random'> {
  /** Whether what a person bought before is ranked, too. */
  readonly repeats: boolean;
  /** Baskets of each person that the order is learned from, the latest ones, >= 1. Default 6. */
  readonly depth?: number;
  /** Baskets of each depth that the order is learned from, drawn by chance where there are more, >= 1. Default 4,000. */
  readonly most?: number;
  /** Penalty of EASE. Default 400. */
  readonly lambda?: number;
}

/** What there is to know of a next basket. */
export interface NextBasketModel {
  /** Names of the columns that the trees ask about. */
  readonly columns: readonly string[];
  readonly trees: TreeEnsemble;
  /** EASE's [items x items]. */
  readonly ease: Float32Array;
  readonly repeats: boolean;
}

const DEFAULTS = { depth: 6, most: 4_000, lambda: 400, trees: 200, leaves: 15, learningRate: 0.05, minLeafRows: 100 };
/** Groups and columns that serve a tree: fewer than all, so that trees differ. */
const SHARES = { rowShare: 0.7, columnShare: 0.5, lambda: 1, truncation: 20 };

/**
 * Ranks what somebody may buy next by LambdaMART (Burges 2010) over columns as of the moment: their own purchases, sales,
 * EASE, and the purchases of people alike. The order is learned from the latest baskets of everybody in `known`, the k-th
 * latest with an EASE that has not seen it or what came after. Candidates are what some group of columns proposes.
 *
 * @param known what may be learned from; moments of other people's purchases are looked up in `log`, before the moment only
 * Time: depth + 1 times EASE's, and 8 ms a basket at 4,000 items. Memory: 3 items² floats, and 30 KB a basket
 * that is learned from, at 200 candidates, twice while trees are grown.
 * Throws RangeError where nobody has two baskets, and what EASE and LambdaMART throw. Progress is in depths, then the trees.
 */
export function fitNextBasket(known: TimedSequences, log: PurchaseLog, options: NextBasketOptions): NextBasketModel {
  const { depth, most, lambda, ...trees } = { ...DEFAULTS, ...options };
  if (!(Number.isInteger(depth) && depth >= 1)) throw new RangeError(`depth must be >= 1, got ${depth}`);
  const { repeats } = options;
  const easeOf = (sequences: TimedSequences): Float32Array =>
    fitEase(userMatrix(sequences), { lambda, ...(options.shouldStop && { shouldStop: options.shouldStop }) });
  const learning = new LearningRows();
  for (let back = 1; back <= depth; back++) {
    const groups = groupsOf(log, easeOf(withoutLatest(known, back)));
    const baskets = drawn(latestBaskets(known, back), most, options.random);
    baskets.forEach(({ user, at, items }, b) => {
      learning.add(candidateRows(groups, shopperAt(log.sequences, user, at), repeats), new Set(items));
      reportStep(options, back - 1 + b / baskets.length, depth + 1);
    });
  }
  const ease = easeOf(known);
  const columns = columnNames(groupsOf(log, ease));
  if (learning.groups === 0) throw new RangeError('nobody has two baskets to learn an order from');
  const { progress } = options;
  const settings = {
    ...trees,
    ...SHARES,
    ...(progress && { progress: (done: number, total: number) => progress(depth + done / total, depth + 1) }),
  };
  return { columns, trees: fitLambdaMart(learning.data(columns.length), settings), ease, repeats };
}

/** Interest in every item, higher is better: [items]. What is no candidate is below all that are. The log may know more than the model. */
export function nextBasketInterests(model: NextBasketModel, log: PurchaseLog, shopper: Shopper): Float32Array {
  const { items, features } = candidateRows(groupsOf(log, model.ease), shopper, model.repeats);
  const scores = treeScores(model.trees, features);
  const lowest = scores.reduce((least, score) => Math.min(least, score), 0);
  const interests = new Float32Array(log.sequences.itemCount).fill(lowest - 1);
  items.forEach((item, c) => (interests[item] = scores[c]!));
  return interests;
}

/** At most so many of the baskets, each as likely as the others. */
function drawn(baskets: readonly Basket[], most: number, random: () => number): readonly Basket[] {
  if (baskets.length <= most) return baskets;
  const all = [...baskets];
  for (let i = 0; i < most; i++) {
    const other = i + Math.floor(random() * (all.length - i));
    [all[i], all[other]] = [all[other]!, all[i]!];
  }
  return all.slice(0, most);
}

const groupsOf = (log: PurchaseLog, ease: Float32Array): readonly ColumnGroup[] => {
  const { itemCount } = log.sequences;
  return [ownColumns(itemCount), salesColumns(log), likenessColumns(ease, itemCount), neighborColumns(log)];
};
