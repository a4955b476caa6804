import type { Watch } from '@attune/numeric';
import { wholeDerivatives } from './derivative-sums.js';
import { binRows } from './feature-bins.js';
import type { Objective } from './objective.js';
import { drawColumns, drawRows } from './samples.js';
import { type FeatureTable, rowCount } from './training-rows.js';
import { addScores, ensembleOf, type TreeEnsemble } from './tree-ensemble.model.js';
import { TreeGrower, type TreeNode } from './tree.grower.js';
import type { TreeSettings } from './tree.options.js';

/** A model and its losses, lower is better: entry t is that of the first t trees. */
export interface FittedTrees extends TreeEnsemble {
  readonly losses: readonly number[];
  /** Over the validation rows; also of the trees that the model leaves out. Empty without validation rows. */
  readonly validationLosses: readonly number[];
}

/** Rows and what is minimized over them. */
export interface ScoredTable {
  readonly table: FeatureTable;
  readonly objective: Objective;
}

export interface BoostingTask extends ScoredTable {
  /** Offsets of rows that are drawn together; without them each row is drawn by itself. */
  readonly groups?: Int32Array;
  /** Rows that say when to stop. */
  readonly validation?: ScoredTable | undefined;
}

/**
 * Gradient boosting (Friedman 2001) by second derivatives (Chen and Guestrin 2016) over histograms (Ke et al. 2017). With
 * validation rows the model keeps the trees up to the least loss over these. It ends early where no split gains.
 * Throws StoppedError. Progress is in splits of all trees.
 */
export function boost(task: BoostingTask, settings: TreeSettings): FittedTrees {
  const { table, objective, validation } = task;
  const training = new Scores(task);
  const watched = validation && new Scores(validation);
  const next = new NextTree(task, settings);
  const trees: TreeNode[][] = [];
  let best = 0;
  for (let t = 0; t < settings.trees; t++) {
    const tree = next.grow(training.scores, watchOf(settings, t));
    if (tree.length === 1) {
      if (drawsAnew(settings)) continue;
      break;
    }
    trees.push(tree);
    const model = ensembleOf(table.columns, 0, [tree]);
    next.addTo(training.scores, tree, model);
    training.note();
    if (watched === undefined) continue;
    addScores(model, watched.table, watched.scores);
    watched.note();
    if (watched.losses.at(-1)! < watched.losses[best]!) best = trees.length;
    if (trees.length - best >= settings.patience) break;
  }
  const kept = watched ? trees.slice(0, best) : trees;
  const splits = settings.trees * (settings.leaves - 1);
  settings.progress?.(splits, splits);
  return {
    ...ensembleOf(table.columns, objective.start, kept),
    losses: training.losses,
    validationLosses: watched?.losses ?? [],
  };
}

/** Whether another tree may find a split where one found none. */
const drawsAnew = ({ rowShare, columnShare }: TreeSettings): boolean => rowShare < 1 || columnShare < 1;

/** Scores of a table's rows and their losses so far. */
class Scores {
  readonly table: FeatureTable;
  readonly scores: Float64Array;
  readonly losses: number[];
  private readonly objective: Objective;

  constructor({ table, objective }: ScoredTable) {
    this.table = table;
    this.objective = objective;
    this.scores = new Float64Array(rowCount(table)).fill(objective.start);
    this.losses = [objective.loss(this.scores)];
  }

  note(): void {
    this.losses.push(this.objective.loss(this.scores));
  }
}

/** Grows a tree to given scores, of rows and columns that are drawn for it. */
class NextTree {
  private readonly grower: TreeGrower;
  /** Rows of the last tree in the order of its leaves, then those that were not drawn. */
  private readonly order: Int32Array;
  private drawn = 0;
  private readonly gradients: Float64Array;
  private readonly hessians: Float64Array;
  private readonly pairs: Float64Array;

  constructor(
    private readonly task: BoostingTask,
    private readonly settings: TreeSettings,
  ) {
    const rows = rowCount(task.table);
    this.grower = new TreeGrower(binRows(task.table, settings, watchOf(settings, 0)), settings);
    this.order = new Int32Array(rows);
    this.gradients = new Float64Array(rows);
    this.hessians = new Float64Array(rows);
    this.pairs = new Float64Array(2 * rows);
  }

  grow(scores: Float64Array, watch: Watch): TreeNode[] {
    const { task, settings, order, gradients, hessians, pairs } = this;
    const { rowShare, columnShare, random } = settings;
    task.objective.derive(scores, gradients, hessians);
    this.drawn = drawRows(order, rowShare, random, task.groups);
    const input = {
      order: order.subarray(0, this.drawn),
      derivatives: wholeDerivatives(gradients, hessians, pairs),
      columns: drawColumns(task.table.columns, columnShare, random),
    };
    return this.grower.grow(input, watch);
  }

  /** Adds the last tree to the scores it was grown to: rows that were drawn are in its leaves already. */
  addTo(scores: Float64Array, tree: readonly TreeNode[], model: TreeEnsemble): void {
    const { order } = this;
    for (const { from, to, value, question } of tree)
      if (question === undefined) for (let i = from; i < to; i++) scores[order[i]!]! += value;
    addScores(model, this.task.table, scores, order.subarray(this.drawn));
  }
}

/** Reports the splits of tree `t` among those of all. */
function watchOf(settings: TreeSettings, t: number): Watch {
  const { progress, shouldStop } = settings;
  const splits = settings.leaves - 1;
  const watch: Watch = {};
  if (progress) watch.progress = (done) => progress(t * splits + done, settings.trees * splits);
  if (shouldStop) watch.shouldStop = shouldStop;
  return watch;
}
