import {
  ATTRIBUTE_INJECTIONS,
  DESCRIPTION_INJECTIONS,
  REVIEW_INJECTIONS,
  TITLE_INJECTIONS,
} from './catalogue-injections.js';
import type { Injection } from './injection.js';
import { INTEREST_INJECTIONS, MESSAGE_INJECTIONS, QUERY_INJECTIONS } from './shopper-injections.js';

/**
 * Texts of strangers that try to have a language model do something, English and Chinese, by the place where they stand: what
 * feeds prompts has to hold against all of them. The user whose data some of them ask for is `bob`.
 */
export const INJECTIONS: readonly Injection[] = [
  ...TITLE_INJECTIONS,
  ...DESCRIPTION_INJECTIONS,
  ...ATTRIBUTE_INJECTIONS,
  ...REVIEW_INJECTIONS,
  ...QUERY_INJECTIONS,
  ...MESSAGE_INJECTIONS,
  ...INTEREST_INJECTIONS,
];
