import { axpy, dot } from '@attune/numeric';

/** What one row has: columns and how much each counts. */
export interface SparseRow {
  readonly indices: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Residuals below this share of the right side are rounding. */
const CONVERGED = 1e-12;

/**
 * Solves the least squares of one row of an implicit factorization, by conjugate gradients (Takács, Pilászy and Tikk
 * 2011) from where `x` stands:
 *   (Σ_k v_k y_k y_kᵀ + gram + ridge I) x = Σ_k v_k y_k
 * over the row's columns k, with y_k a row of `factors` [n × dims] and `gram` [dims × dims] symmetric. Each step lowers
 * the row's loss and costs dims² + 2 × columns × dims; after `dims` steps the answer is exact up to rounding.
 */
export class RowSolver {
  private readonly residual: Float32Array;
  private readonly direction: Float32Array;
  private readonly image: Float32Array;

  constructor(
    private readonly factors: Float32Array,
    private readonly gram: Float32Array,
    private readonly dims: number,
  ) {
    this.residual = new Float32Array(dims);
    this.direction = new Float32Array(dims);
    this.image = new Float32Array(dims);
  }

  /** Improves `x` `[dims]` in place. */
  solve(row: SparseRow, ridge: number, x: Float32Array, steps: number): void {
    const { residual, direction, image, dims } = this;
    const target = this.start(row, ridge, x);
    direction.set(residual);
    let squares = dot(residual, 0, residual, 0, dims);
    for (let step = 0; step < steps && squares > CONVERGED * target; step++) {
      this.multiply(row, ridge, direction);
      const length = squares / dot(direction, 0, image, 0, dims);
      axpy(x, direction, 0, length, dims);
      axpy(residual, image, 0, -length, dims);
      const before = squares;
      squares = dot(residual, 0, residual, 0, dims);
      for (let d = 0; d < dims; d++) direction[d] = residual[d]! + (squares / before) * direction[d]!;
    }
  }

  /** residual = right side − matrix × x; returns the squared length of the right side. */
  private start(row: SparseRow, ridge: number, x: Float32Array): number {
    const { residual, image, factors, dims } = this;
    residual.fill(0);
    for (let k = 0; k < row.indices.length; k++) axpy(residual, factors, row.indices[k]! * dims, row.values[k]!, dims);
    const target = dot(residual, 0, residual, 0, dims);
    this.multiply(row, ridge, x);
    axpy(residual, image, 0, -1, dims);
    return target;
  }

  /** image = matrix × vector. */
  private multiply({ indices, values }: SparseRow, ridge: number, vector: Float32Array): void {
    const { image, gram, factors, dims } = this;
    for (let d = 0; d < dims; d++) image[d] = ridge * vector[d]! + dot(gram, d * dims, vector, 0, dims);
    for (let k = 0; k < indices.length; k++) {
      const at = indices[k]! * dims;
      axpy(image, factors, at, values[k]! * dot(factors, at, vector, 0, dims), dims);
    }
  }
}
