import { axpy, dot } from './vectors.kernel.js';

/** What one row has: columns and how much each counts. */
export interface SparseRow {
  readonly indices: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** What rows share: factors of the columns [n × dims], and a symmetric matrix [dims × dims]. */
export interface RowSystem {
  readonly factors: Float32Array;
  readonly gram: Float32Array;
  readonly dims: number;
}

/** Residuals below this share of the first are rounding; squares below the other would underflow. */
const CONVERGED = 1e-12;
const VANISHED = 1e-30;
/** A pivot below this share of its diagonal entry is what rounding to f32 leaves of zero. */
const SMALLEST_PIVOT = 5e-7;

/**
 * Solves the least squares of one row of an implicit factorization (Hu, Koren and Volinsky 2008),
 *   (Σ_k v_k y_k y_kᵀ + gram + ridge I) x = Σ_k v_k y_k
 * over the row's columns k, with y_k a row of `factors`. In plain TypeScript: kernels/ials.ts does the same.
 */
export class RowSolver {
  private readonly residual: Float32Array;
  private readonly direction: Float32Array;
  private readonly image: Float32Array;
  private readonly matrix: Float64Array;
  private readonly right: Float64Array;

  constructor(private readonly system: RowSystem) {
    const { dims } = system;
    this.residual = new Float32Array(dims);
    this.direction = new Float32Array(dims);
    this.image = new Float32Array(dims);
    this.matrix = new Float64Array(dims * dims);
    this.right = new Float64Array(dims);
  }

  /**
   * Improves `x` `[dims]` in place: by so many conjugate gradient steps from where it stands (Takács, Pilászy and Tikk
   * 2011), of which each lowers the row's loss and costs dims² + 2 × columns × dims; or, with 0 steps, to the solution
   * by Cholesky. Returns by how much the row's loss, Σ_k v_k where x is zero, is lower at x.
   */
  solve(row: SparseRow, ridge: number, x: Float32Array, steps: number): number {
    return steps === 0 ? this.factorize(row, ridge, x) : this.descend(row, ridge, x, steps);
  }

  private descend(row: SparseRow, ridge: number, x: Float32Array, steps: number): number {
    const { residual, direction, image } = this;
    const { dims } = this.system;
    let explained = this.start(row, ridge, x);
    direction.set(residual);
    let squares = dot(residual, 0, residual, 0, dims);
    const least = Math.max(CONVERGED * squares, VANISHED);
    for (let step = 0; step < steps && squares > least; step++) {
      this.multiply(row, ridge, direction);
      const curvature = dot(direction, 0, image, 0, dims);
      // Negative by rounding only.
      if (!(curvature > 0)) break;
      const length = squares / curvature;
      axpy(x, direction, 0, length, dims);
      axpy(residual, image, 0, -length, dims);
      explained += length * squares;
      const before = squares;
      squares = dot(residual, 0, residual, 0, dims);
      for (let d = 0; d < dims; d++) direction[d] = residual[d]! + (squares / before) * direction[d]!;
    }
    return explained;
  }

  /** residual = right side − matrix × x; returns what x explains: (right side + residual) · x. */
  private start({ indices, values }: SparseRow, ridge: number, x: Float32Array): number {
    const { residual, image } = this;
    const { factors, dims } = this.system;
    residual.fill(0);
    for (let k = 0; k < indices.length; k++) axpy(residual, factors, indices[k]! * dims, values[k]!, dims);
    const explained = dot(residual, 0, x, 0, dims);
    this.multiply({ indices, values }, ridge, x);
    axpy(residual, image, 0, -1, dims);
    return explained + dot(residual, 0, x, 0, dims);
  }

  /** image = matrix × vector. */
  private multiply({ indices, values }: SparseRow, ridge: number, vector: Float32Array): void {
    const { image } = this;
    const { factors, gram, dims } = this.system;
    for (let d = 0; d < dims; d++) image[d] = ridge * vector[d]! + dot(gram, d * dims, vector, 0, dims);
    for (let k = 0; k < indices.length; k++) {
      const at = indices[k]! * dims;
      axpy(image, factors, at, values[k]! * dot(factors, at, vector, 0, dims), dims);
    }
  }

  private factorize({ indices, values }: SparseRow, ridge: number, x: Float32Array): number {
    const { matrix, right } = this;
    const { factors, gram, dims } = this.system;
    matrix.set(gram);
    right.fill(0);
    for (let k = 0; k < indices.length; k++) {
      const at = indices[k]! * dims;
      for (let i = 0; i < dims; i++) {
        const scaled = values[k]! * factors[at + i]!;
        right[i]! += scaled;
        for (let j = 0; j <= i; j++) matrix[i * dims + j]! += scaled * factors[at + j]!;
      }
    }
    for (let i = 0; i < dims; i++) matrix[i * dims + i]! += ridge;
    const explained = solveByCholesky(matrix, right);
    x.set(right);
    return explained;
  }
}

/** x = inverse of the matrix × x, whose lower triangle is spoiled; returns (x before) · (x after). */
function solveByCholesky(matrix: Float64Array, x: Float64Array): number {
  const dims = x.length;
  let product = 0;
  for (let i = 0; i < dims; i++) {
    const row = i * dims;
    const least = SMALLEST_PIVOT * matrix[row + i]!;
    for (let j = 0; j <= i; j++) {
      let sum = matrix[row + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[row + k]! * matrix[j * dims + k]!;
      // The diagonal keeps the inverses of the pivots; a direction that rounding took is left out.
      if (j < i) matrix[row + j] = sum * matrix[j * dims + j]!;
      else matrix[row + i] = sum > least ? 1 / Math.sqrt(sum) : 0;
    }
    for (let k = 0; k < i; k++) x[i]! -= matrix[row + k]! * x[k]!;
    x[i]! *= matrix[row + i]!;
    product += x[i]! ** 2;
  }
  for (let i = dims - 1; i >= 0; i--) {
    for (let k = i + 1; k < dims; k++) x[i]! -= matrix[k * dims + i]! * x[k]!;
    x[i]! *= matrix[i * dims + i]!;
  }
  return product;
}
