import { dot } from '@attune/numeric';

/**
 * Small symmetric positive definite systems, one after another in the same memory: set `matrix` and `right`, then `solve`.
 * Only the lower triangle counts.
 */
export class LocalSystem {
  /** [size × stride], row order. */
  readonly matrix: Float32Array;
  /** Right side, then the answer [size]. */
  readonly right: Float64Array;

  /** @param stride the largest size */
  constructor(readonly stride: number) {
    this.matrix = new Float32Array(stride * stride);
    this.right = new Float64Array(stride);
  }

  /**
   * Solves the first `size` equations by Cholesky; `matrix` is spoiled.
   * @param least pivots below it are raised to it: what a matrix that was rounded or thinned has lost
   */
  solve(size: number, least: number): void {
    const { matrix, right, stride } = this;
    for (let i = 0; i < size; i++) {
      const row = i * stride;
      for (let j = 0; j < i; j++) {
        const pivot = matrix[j * stride + j]!;
        matrix[row + j] = (matrix[row + j]! - dot(matrix, row, matrix, j * stride, j)) / pivot;
      }
      matrix[row + i] = Math.sqrt(Math.max(least, matrix[row + i]! - dot(matrix, row, matrix, row, i)));
      let sum = right[i]!;
      for (let j = 0; j < i; j++) sum -= matrix[row + j]! * right[j]!;
      right[i] = sum / matrix[row + i]!;
    }
    for (let i = size - 1; i >= 0; i--) {
      const row = i * stride;
      const answer = right[i]! / matrix[row + i]!;
      right[i] = answer;
      for (let j = 0; j < i; j++) right[j]! -= matrix[row + j]! * answer;
    }
  }
}
