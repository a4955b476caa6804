/** What boosting minimizes over a table's rows. */
export interface Objective {
  /** Score of every row before the first tree. */
  readonly start: number;
  /** Mean loss of scores [rows], lower is better: what early stopping watches and what is reported for each tree. */
  loss(scores: Float64Array): number;
  /** Writes the first and second derivatives, by each row's score, of what the next tree should lower: [rows] each. */
  derive(scores: Float64Array, gradients: Float64Array, hessians: Float64Array): void;
}
