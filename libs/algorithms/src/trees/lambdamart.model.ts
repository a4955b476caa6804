import { boost, type FittedTrees } from './boosting.js';
import { LambdaRank } from './lambdarank.objective.js';
import { checkRanking, checkSameColumns, type RankingData } from './training-rows.js';
import { type TreeOptions, treeSettings } from './tree.options.js';

export interface LambdaMartOptions extends TreeOptions {
  /** k of the NDCG that losses are told in and that early stopping watches, >= 1. Default 10. */
  readonly at?: number;
  /**
   * Pairs of rows count where at least one of the two is among so many best, >= 1 [lambdarank_truncation_level].
   * Default 30.
   */
  readonly truncation?: number;
  /** Whether groups with few and with many pairs count more alike [lambdarank_norm]. Default true. */
  readonly normalize?: boolean;
  /** Other groups, of the same columns, that say when to stop. */
  readonly validation?: RankingData;
}

/**
 * LambdaMART (Burges 2010, "From RankNet to LambdaRank to LambdaMART"): boosted trees that put the rows with the higher
 * grades of each group first. Scores compare within a group. Losses are 1 − NDCG@at; where no group has rows of
 * different grades the model has no trees.
 *
 * Takes rows x (8 + columns) bytes beside the data, and 4 KB x columns for each leaf of a tree.
 * Throws RangeError for bad options or data, StoppedError. Progress is in splits of all trees.
 */
export function fitLambdaMart(data: RankingData, options: LambdaMartOptions): FittedTrees {
  const { at = 10, truncation = 30, normalize = true, validation } = options;
  for (const [name, value] of Object.entries({ at, truncation }))
    if (!(Number.isInteger(value) && value >= 1)) throw new RangeError(`${name} must be >= 1, got ${value}`);
  checkRanking(data);
  if (validation) {
    checkRanking(validation);
    checkSameColumns(validation, data);
  }
  const rules = { at, truncation, normalize };
  const task = {
    table: data,
    objective: new LambdaRank(data, rules),
    groups: data.groups,
    validation: validation && { table: validation, objective: new LambdaRank(validation, rules) },
  };
  return boost(task, treeSettings(options));
}
