import { SHOWN, type SearchLearner } from '../search.learner.js';

/** The meaning of a query: items whose text has the nearest vectors, by the model of the query's language. */
export const vectors: SearchLearner = {
  name: 'vectors',
  summary: 'the meaning of the query, by vectors of texts',
  grid: {},
  async open(sources) {
    const meaning = await sources.meaning();
    return (query) => Promise.resolve(meaning.found(query, SHOWN).ids);
  },
};
