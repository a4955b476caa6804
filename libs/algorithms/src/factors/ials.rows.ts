import type { Csr, FactorPair, FactorSide, RowSums } from '@attune/numeric';
import { type IalsPenalty, ridge } from './ials.penalty.js';

/** Multiply-adds between two reports. */
const PIECE = 2 ** 27;

/** What is added to the diagonal for each row. */
export function ridgesOf(rows: Csr, penalty: IalsPenalty): Float32Array {
  const { indptr, values } = rows;
  const ridges = new Float32Array(rows.rows);
  for (let r = 0; r < ridges.length; r++) {
    let weight = 0;
    for (let k = indptr[r]!; k < indptr[r + 1]!; k++) weight += values[k]!;
    ridges[r] = ridge(weight, rows.cols, penalty);
  }
  return ridges;
}

/** One side of a factorization, and how its rows are solved. */
export interface SidePlan {
  readonly side: FactorSide;
  readonly rows: Csr;
  readonly ridges: Float32Array;
  readonly dims: number;
  /** Conjugate gradient steps; 0: exactly. */
  readonly steps: number;
}

/** Solves all rows of one side, piece by piece; `report` hears the first row of each. */
export function solveSide(pair: FactorPair, plan: SidePlan, report: (row: number) => void): RowSums {
  const { side, rows, ridges, steps } = plan;
  const { indptr, indices, values } = rows;
  let [explained, penalty] = [0, 0];
  for (let first = 0, end = 0; first < rows.rows; first = end) {
    report(first);
    end = endOfPiece(plan, first);
    const [from, to] = [indptr[first]!, indptr[end]!];
    const piece = {
      first,
      offsets: indptr.subarray(first, end + 1),
      indices: indices.subarray(from, to),
      values: values.subarray(from, to),
      ridges: ridges.subarray(first, end),
    };
    const sums = pair.solve(side, piece, steps);
    explained += sums.explained;
    penalty += sums.penalty;
  }
  return { explained, penalty };
}

function endOfPiece({ rows, dims, steps }: SidePlan, first: number): number {
  const ofRow = steps === 0 ? dims ** 3 / 6 : (steps + 1) * dims ** 2;
  const ofEntry = steps === 0 ? dims ** 2 / 2 : (steps + 1) * dims * 2;
  let cost = 0;
  let end = first;
  while (end < rows.rows && cost < PIECE) {
    cost += ofRow + ofEntry * (rows.indptr[end + 1]! - rows.indptr[end]!);
    end++;
  }
  return end;
}
