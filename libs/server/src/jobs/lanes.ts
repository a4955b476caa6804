import type { JobType } from './job.js';

/** Jobs of one lane run one after the other; lanes run beside each other, so that none waits for another's long work. */
export type Lane = 'learning' | 'catalogue' | 'backfill' | 'reading' | 'writing';

/** Erasing waits for training and the other way round: a model is never fitted to what is being forgotten. */
const LANE_OF: Readonly<Record<JobType, Lane>> = {
  train: 'learning',
  erase: 'learning',
  // What is taught elsewhere cannot be forgotten there: nobody is exported who is being erased.
  instructions: 'learning',
  embed: 'catalogue',
  // Hours of a whole catalogue: what is new in it must not wait.
  backfill: 'backfill',
  recommend: 'reading',
  evaluate: 'reading',
  diff: 'reading',
  compare: 'reading',
  // Both change items, one at a time; with a language model they take hours, and nobody is to wait for them.
  enrich: 'writing',
  describe: 'writing',
};

export const laneOf = (type: JobType): Lane => LANE_OF[type];
