/**
 * First and second derivatives of the loss as whole numbers, so that sums of them are exact in whatever order they are
 * added, and a child's sum is its parent's minus its sibling's to the last bit.
 */
export interface DerivativeSums {
  /**
   * [rows x 2]: the first derivative times `gradientScale`, rounded, then the _weight_: `unit` plus the second derivative
   * times `hessianScale`, rounded. So a sum of weights tells how many rows it is of.
   */
  readonly pairs: Float64Array;
  readonly gradientScale: number;
  readonly hessianScale: number;
  /** A power of two above the sum of all rounded second derivatives. */
  readonly unit: number;
}

/** Bits of a double's whole numbers. */
const BITS = 53;

/**
 * @param gradients first derivatives [rows], finite
 * @param hessians second derivatives [rows], finite and >= 0
 * @param pairs [rows x 2], overwritten
 */
export function wholeDerivatives(gradients: Float64Array, hessians: Float64Array, pairs: Float64Array): DerivativeSums {
  const rows = gradients.length;
  const unit = 2 ** (BITS - Math.ceil(Math.log2(rows + 2)));
  let slope = 0;
  let curvature = 0;
  for (let row = 0; row < rows; row++) {
    slope += Math.abs(gradients[row]!);
    curvature += hessians[row]!;
  }
  // A quarter of what would fit leaves room for the rounding of every row.
  const gradientScale = slope > 0 ? 2 ** (BITS - 2) / slope : 0;
  const hessianScale = curvature > 0 ? unit / 4 / curvature : 0;
  for (let row = 0; row < rows; row++) {
    pairs[2 * row] = Math.round(gradients[row]! * gradientScale);
    pairs[2 * row + 1] = unit + Math.round(hessians[row]! * hessianScale);
  }
  return { pairs, gradientScale, hessianScale, unit };
}
