import type { Watch } from '@attune/numeric';

/** How trees are boosted; the names in brackets are LightGBM's. */
export interface TreeOptions extends Watch {
  /** Most trees, >= 1 [num_iterations]. Default 100. */
  readonly trees?: number;
  /** Most leaves of a tree, >= 2 [num_leaves]. Default 31. */
  readonly leaves?: number;
  /** Factor of every leaf's value, above 0 to 1 [learning_rate]. Default .1. */
  readonly learningRate?: number;
  /** Fewest rows of a leaf, >= 1 [min_data_in_leaf]. Default 20. */
  readonly minLeafRows?: number;
  /** Least sum of second derivatives of a leaf, >= 0 [min_sum_hessian_in_leaf]. Default .001. */
  readonly minLeafHessian?: number;
  /** L2 penalty of a leaf's value, >= 0 [lambda_l2]. Default 0. */
  readonly lambda?: number;
  /** Gain that a split must exceed, >= 0 [min_gain_to_split]. Default 0. */
  readonly minGain?: number;
  /** Most intervals that a column's numbers are told apart by, 2..255 [max_bin]. Default 255. */
  readonly maxBins?: number;
  /** Chance of a row, or of a group where there are groups, to serve a tree, above 0 to 1 [bagging_fraction]. Default 1. */
  readonly rowShare?: number;
  /** Share of the columns that a tree may ask about, above 0 to 1; at least one [feature_fraction]. Default 1. */
  readonly columnShare?: number;
  /** With validation rows: trees to try without an improvement, >= 1 [early_stopping_round]. Default 20. */
  readonly patience?: number;
  /** Uniform in [0, 1): what is sampled. The same numbers give the same model. */
  readonly random: () => number;
}

export type TreeSettings = Required<Omit<TreeOptions, keyof Watch>> & Watch;

const DEFAULTS = {
  trees: 100,
  leaves: 31,
  learningRate: 0.1,
  minLeafRows: 20,
  minLeafHessian: 1e-3,
  lambda: 0,
  minGain: 0,
  maxBins: 255,
  rowShare: 1,
  columnShare: 1,
  patience: 20,
} as const;

/** Options with their defaults. Throws RangeError for one out of range. */
export function treeSettings(options: TreeOptions): TreeSettings {
  const settings = { ...DEFAULTS, ...options };
  const { trees, leaves, minLeafRows, maxBins, patience } = settings;
  for (const [name, value] of Object.entries({ trees, leaves, minLeafRows, maxBins, patience })) {
    const least = name === 'leaves' || name === 'maxBins' ? 2 : 1;
    if (!(Number.isInteger(value) && value >= least)) throw new RangeError(`${name} must be >= ${least}, got ${value}`);
  }
  if (maxBins > 255) throw new RangeError(`maxBins must be at most 255, got ${maxBins}`);
  const { learningRate, rowShare, columnShare, minLeafHessian, lambda, minGain } = settings;
  for (const [name, value] of Object.entries({ learningRate, rowShare, columnShare }))
    if (!(value > 0 && value <= 1)) throw new RangeError(`${name} must be above 0 to 1, got ${value}`);
  for (const [name, value] of Object.entries({ minLeafHessian, lambda, minGain }))
    if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} must be >= 0, got ${value}`);
  return settings;
}
