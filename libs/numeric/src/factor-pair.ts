export interface FactorShape {
  readonly rows: number;
  readonly columns: number;
  /** Length of a factor, >= 1. */
  readonly dims: number;
}

/** Which factors of a matrix: those of its rows or those of its columns. */
export type FactorSide = 'rows' | 'columns';

/** Neighboring rows of one side in compressed form, and what is added to the diagonal for each. */
export interface RowPiece {
  /** Row of the first. */
  readonly first: number;
  /** One more than there are rows; the first is the offset of `indices` and `values`. */
  readonly offsets: Int32Array;
  /** Rows of the other side. */
  readonly indices: Int32Array;
  readonly values: Float32Array;
  readonly ridges: Float32Array;
}

/** Sums over the rows of a piece. */
export interface RowSums {
  /** By how much the rows' losses, Σ values where a factor is zero, are lower at their factors. */
  readonly explained: number;
  /** Σ ridge × |factor|². */
  readonly penalty: number;
}

/** Factors of the rows and the columns of a sparse matrix, and what improves those of one side given the other's. */
export interface FactorPair {
  /** Copies factors `[n × dims]` in; all are zero before. */
  write(side: FactorSide, factors: Float32Array): void;
  /** A copy of the factors `[n × dims]`. */
  read(side: FactorSide): Float32Array;
  /**
   * scale × Σ of the outer products of a side's factors `[dims × dims]`, which then stands for that side in `solve`.
   * @param pause called between pieces of well under a second
   */
  gram(side: FactorSide, scale: number, pause?: () => void): Float32Array;
  /** Improves factors of `side` as `RowSolver.solve` does, by `steps` conjugate gradients, or exactly when 0. */
  solve(side: FactorSide, piece: RowPiece, steps: number): RowSums;
  /** Ends the threads; nothing can be solved any more. */
  close(): void;
}
