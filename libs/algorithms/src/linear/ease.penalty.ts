import { Csr } from '@attune/numeric';

/** How EASE weighs users, what it adds to the diagonal of X^T X, and what it divides interests by. */
export interface EasePenalty {
  /** L2 penalty, > 0; larger for sparser data. Values of 50 to 1000 are usual for binary interactions. */
  readonly lambda: number;
  /**
   * Share of a user's items that is hidden at random from what learns them (Steck 2020, "Autoencoders that don't overfit
   * towards the identity"), >= 0, below 1. Worked out exactly: adds dropout / (1 − dropout) × the item's diagonal entry.
   * Default 0; 1/3 to 1/2 was better wherever it was tried.
   */
  readonly dropout?: number;
  /** Power of (1 + the item's diagonal entry) that interest in it is divided by, >= 0. Default 0. */
  readonly popularityPower?: number;
  /**
   * Power of a user's number of entries, relative to the mean, that the user's part of X^T X is divided by, >= 0: busy
   * users say less of each item. Default 0.
   */
  readonly activityPower?: number;
}

/** Throws RangeError for lambda <= 0, dropout outside 0..1 or a negative power. */
export function checkPenalty({ lambda, dropout = 0, popularityPower = 0, activityPower = 0 }: EasePenalty): void {
  if (!(lambda > 0 && lambda < Infinity)) throw new RangeError(`lambda must be above 0, got ${lambda}`);
  if (!(dropout >= 0 && dropout < 1)) throw new RangeError(`dropout must be >= 0 and below 1, got ${dropout}`);
  for (const [name, power] of Object.entries({ popularityPower, activityPower }))
    if (!(power >= 0 && power < Infinity)) throw new RangeError(`${name} must be >= 0, got ${power}`);
}

/** The matrix [users × items] with each user's entries × (their number / the mean number)^(−activityPower / 2). */
export function weighUsers(matrix: Csr, { activityPower = 0 }: EasePenalty): Csr {
  if (activityPower === 0) return matrix;
  const { rows, cols, indptr, indices } = matrix;
  const values = matrix.values.slice();
  const mean = matrix.entries / rows;
  for (let user = 0; user < rows; user++) {
    const [start, end] = [indptr[user]!, indptr[user + 1]!];
    const weight = ((end - start) / mean) ** (-activityPower / 2);
    for (let at = start; at < end; at++) values[at]! *= weight;
  }
  return Csr.fromArrays({ rows, cols }, { indptr, indices, values });
}

/** Penalty of an item. @param square its entry on the diagonal of X^T X: its users, where X is binary */
export function ridgeOf(square: number, { lambda, dropout = 0 }: EasePenalty): number {
  return lambda + (dropout / (1 - dropout)) * square;
}

/** Factor of an item's column of weights. @param square as of `ridgeOf` */
export function dampingOf(square: number, { popularityPower = 0 }: EasePenalty): number {
  return (square + 1) ** -popularityPower;
}
