import type { Recommender, ToldHistory } from './recommender.learner.js';

/** A recommender that answers one history after the other. */
export const oneByOne = (interestsOf: (history: ToldHistory) => Float32Array): Recommender => ({
  interests: (histories) => Promise.resolve(histories.map(interestsOf)),
});
