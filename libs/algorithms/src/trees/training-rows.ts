/** Rows of numbers that trees ask about. */
export interface FeatureTable {
  /** [rows x columns], row by row. NaN is no opinion; infinite numbers are very large ones. */
  readonly features: Float32Array;
  readonly columns: number;
}

/** Rows and what a model should say of each. */
export interface TargetData extends FeatureTable {
  /** [rows], finite. */
  readonly targets: Float32Array;
}

/** Rows of queries (or of users, of slates): a model should put the better rows of each group first. */
export interface RankingData extends FeatureTable {
  /** How good each row is, 0 (not wanted) to 31, usually 0 to 4: [rows]. */
  readonly grades: Float32Array;
  /** Group g has rows `groups[g]` to `groups[g + 1] - 1`: [groups + 1], from 0 to the number of rows. */
  readonly groups: Int32Array;
}

/** Largest grade: a gain is 2^grade − 1. */
const MAX_GRADE = 31;

/** Rows of a table. Throws RangeError where its columns do not fit. */
export function rowCount({ features, columns }: FeatureTable): number {
  if (!(Number.isInteger(columns) && columns >= 1)) throw new RangeError(`columns must be >= 1, got ${columns}`);
  if (features.length % columns !== 0)
    throw new RangeError(`${features.length} features are not rows of ${columns} columns`);
  return features.length / columns;
}

/** Throws RangeError where there is no row, or not a finite target for each. */
export function checkTargets(data: TargetData): void {
  const rows = filledRows(data);
  if (data.targets.length !== rows) throw new RangeError(`${data.targets.length} targets are not one for ${rows} rows`);
  const bad = data.targets.findIndex((target) => !Number.isFinite(target));
  if (bad >= 0) throw new RangeError(`target ${bad} must be finite, got ${data.targets[bad]}`);
}

/** Throws RangeError where there is no row, not a grade of 0..31 for each, or groups do not part the rows. */
export function checkRanking(data: RankingData): void {
  const rows = filledRows(data);
  const { grades, groups } = data;
  if (grades.length !== rows) throw new RangeError(`${grades.length} grades are not one for ${rows} rows`);
  const bad = grades.findIndex((grade) => !(grade >= 0 && grade <= MAX_GRADE));
  if (bad >= 0) throw new RangeError(`grade ${bad} must lie in 0..${MAX_GRADE}, got ${grades[bad]}`);
  if (groups[0] !== 0 || groups.at(-1) !== rows) throw new RangeError(`groups must go from 0 to ${rows} rows`);
  const back = groups.findIndex((from, g) => g > 0 && from < groups[g - 1]!);
  if (back >= 0) throw new RangeError(`groups must ascend, but entry ${back} is ${groups[back]}`);
}

/** Throws RangeError where validation rows have other columns than the rows of training. */
export function checkSameColumns(validation: FeatureTable, training: FeatureTable): void {
  if (validation.columns !== training.columns)
    throw new RangeError(`validation has ${validation.columns} columns, training ${training.columns}`);
}

function filledRows(table: FeatureTable): number {
  const rows = rowCount(table);
  if (rows === 0) throw new RangeError('trees need at least one row');
  return rows;
}
