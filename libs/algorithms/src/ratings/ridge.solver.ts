import { axpy } from '@attune/numeric';

/** Equations to be met as well as may be: row · x = target. */
export interface LeastSquares {
  /** [targets × width]. */
  readonly rows: Float64Array;
  readonly width: number;
  readonly targets: Float32Array;
}

/** A residual of this share of the first, squared, is as near as a factor in single precision tells. */
const CONVERGED = 1e-14;

/**
 * x [width] that minimizes Σ (row · x − target)² + ridge |x|², by conjugate gradients (Hestenes and Stiefel 1952): no
 * matrix is made, and a step costs 2 × targets × width. `ridge` > 0.
 */
export function solveRidge({ rows, width, targets }: LeastSquares, ridge: number): Float64Array {
  const x = new Float64Array(width);
  const residual = new Float64Array(width);
  targets.forEach((target, k) => axpy(residual, rows, k * width, target, width));
  const direction = residual.slice();
  const image = new Float64Array(width);
  let squares = product(residual, residual);
  const least = CONVERGED * squares;
  // In exact arithmetic it ends after `width` steps; some more make up for rounding.
  for (let step = 0; step < 2 * width && squares > least; step++) {
    image.fill(0);
    axpy(image, direction, 0, ridge, width);
    for (let k = 0; k < targets.length; k++)
      axpy(image, rows, k * width, product(direction, rows.subarray(k * width, (k + 1) * width)), width);
    const length = squares / product(direction, image);
    axpy(x, direction, 0, length, width);
    axpy(residual, image, 0, -length, width);
    const before = squares;
    squares = product(residual, residual);
    for (let d = 0; d < width; d++) direction[d] = residual[d]! + (squares / before) * direction[d]!;
  }
  return x;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
