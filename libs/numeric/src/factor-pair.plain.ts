import type { FactorPair, FactorShape, FactorSide, RowPiece, RowSums } from './factor-pair.js';
import { RowSolver } from './row.solver.js';
import { dot } from './vectors.kernel.js';

/** Multiply-adds between two pauses. */
const PIECE = 2 ** 26;

export class PlainFactorPair implements FactorPair {
  private readonly factors: Readonly<Record<FactorSide, Float32Array>>;
  private readonly dims: number;
  private solver: RowSolver | undefined;

  constructor({ rows, columns, dims }: FactorShape) {
    this.factors = { rows: new Float32Array(rows * dims), columns: new Float32Array(columns * dims) };
    this.dims = dims;
  }

  write(side: FactorSide, factors: Float32Array): void {
    this.factors[side].set(factors);
  }

  read(side: FactorSide): Float32Array {
    return this.factors[side].slice();
  }

  gram(side: FactorSide, scale: number, pause?: () => void): Float32Array {
    const { dims } = this;
    const factors = this.factors[side];
    const sums = new Float64Array(dims * dims);
    const step = Math.ceil(PIECE / dims ** 2) * dims;
    for (let at = 0; at < factors.length; at += dims) {
      if (at % step === 0 && at > 0) pause?.();
      for (let i = 0; i < dims; i++) {
        const scaled = scale * factors[at + i]!;
        for (let k = 0; k <= i; k++) sums[i * dims + k]! += scaled * factors[at + k]!;
      }
    }
    const gram = new Float32Array(dims * dims);
    for (let i = 0; i < dims; i++)
      for (let k = 0; k <= i; k++) gram[i * dims + k] = gram[k * dims + i] = sums[i * dims + k]!;
    this.solver = new RowSolver({ factors, gram, dims });
    return gram;
  }

  solve(side: FactorSide, { first, offsets, indices, values, ridges }: RowPiece, steps: number): RowSums {
    const { solver, dims } = this;
    if (solver === undefined) throw new Error('gram comes before solve');
    let [explained, penalty] = [0, 0];
    for (let r = 0; r < ridges.length; r++) {
      const from = offsets[r]! - offsets[0]!;
      const to = offsets[r + 1]! - offsets[0]!;
      const row = { indices: indices.subarray(from, to), values: values.subarray(from, to) };
      const x = this.factors[side].subarray((first + r) * dims, (first + r + 1) * dims);
      explained += solver.solve(row, ridges[r]!, x, steps);
      penalty += ridges[r]! * dot(x, 0, x, 0, dims);
    }
    return { explained, penalty };
  }

  /** There are no threads to end. */
  close(): void {}
}
