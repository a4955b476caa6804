/** How much is regularized, and how much what a user does not have counts. */
export interface IalsPenalty {
  /** L2 penalty, > 0; times a row's weight to the power `nu`. */
  readonly lambda: number;
  /** Weight of every pair as a zero beside the pairs that are there, > 0. */
  readonly alpha0: number;
  /** 1: rows are regularized by how much they have; 0: all alike. */
  readonly nu: number;
}

/** lambda × (weight of a row over all columns)^nu; `weight`: of those it has. */
export function ridge(weight: number, columns: number, { lambda, alpha0, nu }: IalsPenalty): number {
  return lambda * (weight + alpha0 * columns) ** nu;
}
