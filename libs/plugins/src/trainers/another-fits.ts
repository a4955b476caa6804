import type { TrainingRun } from '@attune/sdk';

/** What the longest epoch so far may be exceeded by. */
const SLACK = 1.5;

/** Says at the end of each epoch whether there is time for another. */
export function anotherFits({ deadline }: TrainingRun): () => boolean {
  let left = deadline.remainingMs();
  let longest = 0;
  return () => {
    const now = deadline.remainingMs();
    longest = Math.max(longest, left - now);
    left = now;
    return now > SLACK * longest;
  };
}
