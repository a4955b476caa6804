import { numberOf } from '../../search/options.js';
import { SHOWN, type SearchLearner } from '../search.learner.js';

/** The words of a query, by BM25 (Robertson and Zaragoza 2009) over the platform's analysis of texts. */
export const bm25: SearchLearner = {
  name: 'bm25',
  summary: 'the words of the query, by BM25',
  grid: { k1: [1.2, 0.6, 2, 3], b: [0.75, 0.3, 0.5, 0.9] },
  open: (sources) =>
    Promise.resolve((query, options) => {
      const { ids } = sources.words(query, SHOWN, { k1: numberOf(options, 'k1'), b: numberOf(options, 'b') });
      return Promise.resolve(ids);
    }),
};
