import { performance } from 'node:perf_hooks';
import { DataFileError } from '../formats/evaluation.errors.js';

/** Something to work on, and its part of the time beside the others'. */
interface Shared {
  readonly name: string;
  /** Default 1. */
  readonly timeWeight?: number;
}

/** What became of each, and why some were left out. */
interface Shares<R> {
  readonly results: readonly R[];
  readonly notes: readonly string[];
}

/**
 * Works on each in turn within its share of the time, in proportion to `timeWeight`; what one leaves of its share is there
 * for those after it. One that refuses the data, by a RangeError, is left out with a note. Throws DataFileError where all do.
 */
export async function inShares<K extends Shared, R>(
  learners: readonly K[],
  seconds: number,
  work: (learner: K, seconds: number) => Promise<R>,
): Promise<Shares<R>> {
  const deadline = performance.now() + seconds * 1000;
  const results: R[] = [];
  const notes: string[] = [];
  let weights = learners.reduce((sum, { timeWeight = 1 }) => sum + timeWeight, 0);
  for (const learner of learners) {
    const { timeWeight = 1 } = learner;
    const left = (deadline - performance.now()) / 1000;
    try {
      results.push(await work(learner, Math.max(0, (left * timeWeight) / weights)));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      notes.push(`${learner.name} is left out: ${error.message}`);
    }
    weights -= timeWeight;
  }
  if (results.length === 0)
    throw new DataFileError(
      `no model can learn from this: ${notes.join('; ')}`,
      'Give more data, or name other models.',
    );
  return { results, notes };
}
