import type { ItemHistory } from '@attune/algorithms';
import type { Taste } from '../taste/taste.js';

/** A taste as the history that models of order are asked with. */
export const oldestFirst = ({ keys, weights }: Taste<number>): ItemHistory => ({
  rows: keys.toReversed(),
  weights: weights.toReversed(),
});
