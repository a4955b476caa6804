import type { GraphRuntime } from '@attune/training';
import { meanOf, sample, uniform } from '../metrics/bootstrap.js';
import { defaultsOf, type Grid, type Options } from '../search/options.js';
import type { Attempt } from '../search/tries.js';
import { judge } from './judge.js';
import type { RankingCase, RankingTask } from './ranking.task.js';
import { recencyOf } from './recency.js';
import type { Recommender, RecommenderLearner } from './recommender.learner.js';

/** What learning takes, whatever the model. */
export interface LearnContext {
  readonly task: RankingTask;
  readonly runtime: GraphRuntime;
  readonly seed: number;
  /** That a model may learn by. Default 1. */
  readonly threads?: number;
  /** Called while a model learns. */
  readonly onWork: () => void;
}

/** Cases that trials are judged by: more would cost more than they tell. */
const MOST_CASES = 3_000;

/** Learns from a log, the task's by default, with nothing held out to stop early by. */
export function learn(
  learner: RecommenderLearner,
  options: Options,
  context: LearnContext,
  log = context.task.log,
): Promise<Recommender> {
  return learner.fit(log, options, { ...ambientOf(context), seconds: Infinity, judge: undefined });
}

/** What learning is handed whether anything is held out or not: the same seed learns the same. */
const ambientOf = ({ task: { purchases, repeats = false }, runtime, seed, threads = 1, onWork }: LearnContext) => ({
  random: uniform(seed),
  watch: { progress: onWork },
  runtime,
  threads,
  purchases,
  repeats,
});

/** Learns with options and finds how histories are best told to what has learned, by validation. */
export async function tryRecommender(
  learner: RecommenderLearner,
  options: Options,
  seconds: number,
  context: LearnContext,
): Promise<Attempt<Recommender>> {
  const { task, seed } = context;
  const cases = sample(task.validation, MOST_CASES, seed);
  const early = (model: Recommender): Promise<number> => figureOf(model, cases, task);
  const learned = await learner.fit(task.log, options, { ...ambientOf(context), seconds, judge: early });
  const told = await bestAsking(learner.takesWeights ? recencyOf(task) : {}, (asking) =>
    figureOf(learned, cases, task, asking),
  );
  return { learned, options: learned.learned ?? options, ...told };
}

async function figureOf(
  model: Recommender,
  cases: readonly RankingCase[],
  { itemIds, chosenBy }: RankingTask,
  asking: Options = {},
): Promise<number> {
  const ranking = await judge(model, cases, { items: itemIds.length, metrics: [chosenBy] }, asking);
  return meanOf(ranking.values(chosenBy));
}

/** How histories are best told: one parameter after the other, each at its best beside those before. */
async function bestAsking(
  recency: Grid,
  figureOf: (asking: Options) => Promise<number>,
): Promise<{ readonly asking: Options; readonly figure: number }> {
  const whole = defaultsOf(recency);
  let best = { asking: whole, figure: await figureOf(whole) };
  for (const [name, values] of Object.entries(recency)) {
    for (const value of values.slice(1)) {
      const asking = { ...best.asking, [name]: value };
      const figure = await figureOf(asking);
      if (figure > best.figure) best = { asking, figure };
    }
  }
  return best;
}
