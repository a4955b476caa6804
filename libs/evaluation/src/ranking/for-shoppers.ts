import type { PurchaseLog, Sequences, Shopper, TimedSequences } from '@attune/algorithms';
import { oneByOne } from './one-by-one.js';
import type { FitContext, Recommender } from './recommender.learner.js';

/** A recommender that answers one person after the other, as of the moment. */
export const forShoppers = (interestsOf: (shopper: Shopper) => Float32Array): Recommender =>
  oneByOne(({ shopper }) => interestsOf(given(shopper, 'who asks')));

/** What was bought when: there for all learners that need moments. */
export const purchasesOf = ({ purchases }: FitContext): PurchaseLog => given(purchases, 'purchases');

/** A log with its moments. */
export const timed = ({ times, ...log }: Sequences): TimedSequences => ({ ...log, times: given(times, 'times') });

function given<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`a protocol without moments has no ${name}`);
  return value;
}
