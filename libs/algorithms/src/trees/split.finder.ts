import type { DerivativeSums } from './derivative-sums.js';
import { NAN_BIN } from './feature-bins.js';
import { COLUMN_SIZE } from './histogram.kernel.js';

/** Sums of whole derivatives over rows, as in `DerivativeSums`. */
export interface Sums {
  readonly gradient: number;
  readonly weight: number;
}

export interface SplitRules {
  /** Fewest rows of a leaf, >= 1. */
  readonly minLeafRows: number;
  /** Least sum of second derivatives of a leaf, >= 0. */
  readonly minLeafHessian: number;
  /** L2 penalty of a leaf's value, >= 0. */
  readonly lambda: number;
  /** Gain that a split must exceed, >= 0. */
  readonly minGain: number;
}

/** A question that parts rows: is the number of `column` in `bin` or a lower one? */
export interface Split {
  readonly column: number;
  readonly bin: number;
  /** Whether rows without a number go with the lower ones. Where the leaf has no such row: with the more numerous. */
  readonly nanLeft: boolean;
  /** Twice the fall of the loss, to second order: G_l²/(H_l + λ) + G_r²/(H_r + λ) − G²/(H + λ). */
  readonly gain: number;
  /** Of the rows that answer yes. */
  readonly left: Sums;
}

/** Rows in a sum. */
export const rowsIn = ({ weight }: Sums, unit: number): number => Math.floor(weight / unit);

/** The value that lowers the loss most, to second order: −G/(H + λ). 0 for rows without derivatives. */
export function bestValue(sums: Sums, derivatives: DerivativeSums, lambda: number): number {
  const { gradientScale, hessianScale, unit } = derivatives;
  if (sums.gradient === 0) return 0;
  const hessian = (sums.weight - rowsIn(sums, unit) * unit) / hessianScale;
  return -sums.gradient / gradientScale / (hessian + lambda);
}

/** Finds the best split of a leaf from its histogram. One for a tree, because it knows the scales of the derivatives. */
export class SplitFinder {
  private readonly unit: number;
  private readonly minRows: number;
  private readonly minHessian: number;
  private readonly ridge: number;
  private readonly minGain: number;
  /** From gains of whole numbers to those of derivatives. */
  private readonly gainScale: number;
  private best = { column: -1, bin: 0, nanLeft: false, gain: 0, gradient: 0, weight: 0 };

  constructor(
    { unit, gradientScale, hessianScale }: DerivativeSums,
    rules: SplitRules,
    private readonly edges: readonly Float32Array[],
  ) {
    this.unit = unit;
    this.minRows = rules.minLeafRows;
    // Without any curvature a leaf has no value, so it needs at least one unit of it.
    this.minHessian = Math.max(1, rules.minLeafHessian * hessianScale);
    this.ridge = rules.lambda * hessianScale;
    this.gainScale = hessianScale / gradientScale ** 2;
    this.minGain = rules.minGain / this.gainScale;
  }

  /**
   * @param histogram of the leaf
   * @param total sums of the leaf
   * @param columns that may be asked about; of equal gains the first column and the lowest bin win
   * @returns undefined where no split is allowed or gains enough
   */
  find(histogram: Float64Array, total: Sums, columns: Int32Array): Split | undefined {
    const rows = rowsIn(total, this.unit);
    const hessian = total.weight - rows * this.unit;
    if (rows < 2 * this.minRows || hessian < 2 * this.minHessian) return undefined;
    const before = total.gradient ** 2 / (hessian + this.ridge);
    this.best = { column: -1, bin: 0, nanLeft: false, gain: before + this.minGain, gradient: 0, weight: 0 };
    for (const column of columns) {
      const nan = column * COLUMN_SIZE + 2 * NAN_BIN;
      this.scan(histogram, total, column, { gradient: 0, weight: 0 });
      if (histogram[nan + 1]! > 0)
        this.scan(histogram, total, column, { gradient: histogram[nan]!, weight: histogram[nan + 1]! });
    }
    const { column, bin, gain, gradient, weight } = this.best;
    if (column < 0) return undefined;
    const left = { gradient, weight };
    const hadNan = histogram[column * COLUMN_SIZE + 2 * NAN_BIN + 1]! > 0;
    const nanLeft = hadNan ? this.best.nanLeft : 2 * rowsIn(left, this.unit) >= rows;
    return { column, bin, nanLeft, gain: (gain - before) * this.gainScale, left };
  }

  /** Tries the splits of a column that have the rows of `start` on the left, keeping the best of all. */
  private scan(histogram: Float64Array, total: Sums, column: number, start: Sums): void {
    const { unit, minRows, minHessian, ridge, best } = this;
    const end = this.edges[column]!.length;
    let { gradient, weight } = start;
    for (let bin = 0; bin < end; bin++) {
      const at = column * COLUMN_SIZE + 2 * bin;
      if (histogram[at + 1] === 0) continue;
      gradient += histogram[at]!;
      weight += histogram[at + 1]!;
      const right = total.weight - weight;
      const leftRows = Math.floor(weight / unit);
      const rightRows = Math.floor(right / unit);
      if (rightRows < minRows) break;
      const leftHessian = weight - leftRows * unit;
      const rightHessian = right - rightRows * unit;
      if (rightHessian < minHessian) break;
      if (leftRows < minRows || leftHessian < minHessian) continue;
      const other = total.gradient - gradient;
      const gain = (gradient * gradient) / (leftHessian + ridge) + (other * other) / (rightHessian + ridge);
      if (gain <= best.gain) continue;
      best.gain = gain;
      best.column = column;
      best.bin = bin;
      best.gradient = gradient;
      best.weight = weight;
      best.nanLeft = start.weight > 0;
    }
  }
}
