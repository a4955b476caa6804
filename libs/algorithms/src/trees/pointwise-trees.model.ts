import { boost, type FittedTrees } from './boosting.js';
import type { Objective } from './objective.js';
import { logisticObjective, squaredObjective } from './pointwise.objectives.js';
import { checkSameColumns, checkTargets, type TargetData } from './training-rows.js';
import { type TreeOptions, treeSettings } from './tree.options.js';

export interface PointwiseTreeOptions extends TreeOptions {
  /** Other rows, of the same columns, that say when to stop. */
  readonly validation?: TargetData;
}

/**
 * Boosted trees for the chance of an event such as a click: scores are log odds. Losses are mean log losses.
 * @param data targets 0..1, usually 0 or 1
 * Throws RangeError for bad options or data, StoppedError. Progress is in splits of all trees.
 */
export function fitLogisticTrees(data: TargetData, options: PointwiseTreeOptions): FittedTrees {
  for (const { targets } of [data, ...(options.validation ? [options.validation] : [])]) {
    const bad = targets.findIndex((target) => !(target >= 0 && target <= 1));
    if (bad >= 0) throw new RangeError(`target ${bad} must lie in 0..1, got ${targets[bad]}`);
  }
  return fit(data, options, logisticObjective);
}

/**
 * Boosted trees for a number: scores are its estimates. Losses are mean squared errors.
 * Throws RangeError for bad options or data, StoppedError. Progress is in splits of all trees.
 */
export function fitSquaredTrees(data: TargetData, options: PointwiseTreeOptions): FittedTrees {
  return fit(data, options, squaredObjective);
}

function fit(
  data: TargetData,
  options: PointwiseTreeOptions,
  objective: (targets: Float32Array) => Objective,
): FittedTrees {
  const { validation } = options;
  checkTargets(data);
  if (validation) {
    checkTargets(validation);
    checkSameColumns(validation, data);
  }
  const scored = (table: TargetData) => ({ table, objective: objective(table.targets) });
  return boost({ ...scored(data), validation: validation && scored(validation) }, treeSettings(options));
}
