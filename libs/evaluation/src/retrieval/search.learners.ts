import { bm25 } from './models/bm25.learner.js';
import { crossEncoder, rrf, weighted } from './models/fusion.learners.js';
import { vectors } from './models/vectors.learner.js';
import type { SearchLearner } from './search.learner.js';

/** Ways to search, the quick ones first. */
export const SEARCH_LEARNERS: readonly SearchLearner[] = [bm25, vectors, rrf, weighted, crossEncoder];
