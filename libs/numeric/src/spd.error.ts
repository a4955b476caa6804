/** A matrix that has no Cholesky factor in single precision. */
export class NotPositiveDefiniteError extends Error {
  override readonly name = 'NotPositiveDefiniteError';
  /** @param pivot 0-based row and column at which the factorization failed. */
  constructor(readonly pivot: number) {
    super(`the matrix is not positive definite at pivot ${pivot}; add more to its diagonal (raise lambda)`);
  }
}
