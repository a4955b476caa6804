import { judgeAll, type JudgedLearner } from '../ranking/evaluate-learner.js';
import type { RankingTask } from '../ranking/ranking.task.js';
import { uniform } from '../metrics/bootstrap.js';
import type { FitContext, Recommender, RecommenderLearner } from '../ranking/recommender.learner.js';

/** A model that says of every history what a function does. */
export const fixedModel = (interestsOf: (history: Int32Array) => ArrayLike<number>): Recommender => ({
  interests: (histories) =>
    Promise.resolve(histories.map(({ rows }) => Float32Array.from(interestsOf(Int32Array.from(rows))))),
});

/** What learning is handed in a protocol without moments; graphs cannot be run in it. */
export const PLAIN_CONTEXT: FitContext = {
  random: uniform(1),
  watch: {},
  runtime: { open: () => Promise.reject(new Error('no graphs here')) },
  threads: 1,
  seconds: 1,
  judge: undefined,
  purchases: undefined,
  repeats: false,
};

/** A learner that learns nothing and gives a model. */
export const fixedKind = (name: string, model: Recommender): RecommenderLearner => ({
  name,
  summary: name,
  takesWeights: false,
  grid: () => ({}),
  fit: () => Promise.resolve(model),
});

/** Such a learner as a search leaves it. */
export function judgedModel(name: string, model: Recommender, task: RankingTask): Promise<JudgedLearner> {
  const trial = { model: name, options: {}, asking: {}, figure: 0, seconds: 0 };
  return judgeAll(
    { learner: fixedKind(name, model), trial, tried: 1, inFull: 1, model, tested: model },
    process.cpuUsage(),
    task,
  );
}
