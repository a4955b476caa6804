/** A file of data cannot be evaluated: what is wrong with it, and what mends it. */
export class DataFileError extends Error {
  override readonly name = 'DataFileError';
  readonly code = 'DATA_FILE';
  constructor(
    message: string,
    readonly fix: string,
  ) {
    super(message);
  }
}

/** An evaluation is asked for something that there is not, such as a model of an unknown name. */
export class EvaluationRequestError extends Error {
  override readonly name = 'EvaluationRequestError';
  readonly code = 'REQUEST';
  constructor(
    message: string,
    readonly fix: string,
  ) {
    super(message);
  }
}

/** Predictions are asked of a protocol that has none. */
export const noPredictions = (): EvaluationRequestError =>
  new EvaluationRequestError('this protocol has no predictions', 'Use --predictions with next-item or next-basket.');

/** A part of a basket is asked of a protocol that has none. */
export const noBasket = (protocol: string): EvaluationRequestError =>
  new EvaluationRequestError(`${protocol} has no basket`, 'Leave --basket out, or use --protocol next-basket.');

/** Threads that nothing can run on. */
export const badThreads = (threads: number): EvaluationRequestError =>
  new EvaluationRequestError(`${threads} threads cannot be had`, 'Give a whole number from 1 to 64.');

/** A file that results go to cannot be written. `code`: as of Node, such as ENOENT. */
export const unwritable = (file: string, code: string | undefined): EvaluationRequestError =>
  new EvaluationRequestError(
    `${file} cannot be written (${code})`,
    'Name a file in a folder that exists and may be written to.',
  );
