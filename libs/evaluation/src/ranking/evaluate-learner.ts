import { userCount } from '@attune/algorithms';
import type { FullRanking } from '../metrics/full-ranking.js';
import type { EvaluationContext } from '../run/evaluation.request.js';
import { timeProgress } from '../run/progress.js';
import type { CaseValues } from '../run/told-figures.js';
import { searchOptions, triedLine } from '../search/search-options.js';
import type { Trial, Trials } from '../search/trials.js';
import { judge } from './judge.js';
import type { RankingTask } from './ranking.task.js';
import type { LogSize, Recommender, RecommenderLearner } from './recommender.learner.js';
import { SlateTally, type SlateFigures } from './slate-figures.js';
import { learn, tryRecommender, type LearnContext } from './try-recommender.js';

/** A learner whose options were searched for, with what it reached on all cases. */
export interface JudgedLearner {
  readonly learner: RecommenderLearner;
  readonly trial: Trial;
  /** Options tried, and how many of them in full. */
  readonly tried: number;
  readonly inFull: number;
  readonly model: Recommender;
  /** What is asked the test: the same, unless there is more to learn from for it. */
  readonly tested: Recommender;
  readonly validation: FullRanking;
  readonly test: FullRanking;
  /** Of the slates shown to the test cases. */
  readonly slates: SlateFigures;
  /** Of the search and the judging. */
  readonly cpuSeconds: number;
}

/** Share of the time that is searched in, where models learn anew for the test. */
const SEARCH_SHARE = 0.6;

export interface RankingContext
  extends Omit<LearnContext, 'onWork'>, Pick<EvaluationContext, 'onProgress' | 'onNote' | 'clock'> {
  readonly trials: Trials;
}

/** Searches a learner's options for a time, and judges what was found on validation and on test. */
export async function evaluateLearner(
  learner: RecommenderLearner,
  seconds: number,
  context: RankingContext,
): Promise<JudgedLearner> {
  const before = process.cpuUsage();
  const { task, trials, seed, onProgress, onNote, clock } = context;
  const working = { ...context, onWork: timeProgress(learner.name, seconds, onProgress) };
  const { trial, learned, ...tries } = await searchOptions(
    {
      model: learner.name,
      grid: learner.grid(sizeOf(task)),
      attempt: (options, left) => tryRecommender(learner, options, left, working),
    },
    { seconds: task.testLog === undefined ? seconds : seconds * SEARCH_SHARE, trials, seed, clock },
  );
  onNote?.(triedLine(learner.name, tries));
  const model = learned ?? (await learn(learner, trial.options, working));
  const tested = task.testLog === undefined ? model : await learn(learner, trial.options, working, task.testLog);
  const judged = await judgeAll({ learner, trial, ...tries, model, tested }, before, task);
  onProgress(learner.name, 1);
  return judged;
}

/** Judges a model on all cases. `before`: when its work began, as of `process.cpuUsage`. */
export async function judgeAll(
  made: Pick<JudgedLearner, 'learner' | 'trial' | 'tried' | 'inFull' | 'model' | 'tested'>,
  before: NodeJS.CpuUsage,
  task: RankingTask,
): Promise<JudgedLearner> {
  const ruler = { items: task.itemIds.length, metrics: task.told };
  const validation = await judge(made.model, task.validation, ruler, made.trial.asking);
  const tally = new SlateTally(task);
  const onSlate = (slate: Uint32Array, history: Int32Array): void => tally.add(slate, history);
  const test = await judge(made.tested, task.test, { ...ruler, onSlate }, made.trial.asking);
  const { user, system } = process.cpuUsage(before);
  return { ...made, validation, test, slates: tally.figures(), cpuSeconds: (user + system) / 1e6 };
}

/** The figures that a task tells of: one a case, of all cases or of some. */
export const valuesOf = (ranking: FullRanking, { told }: RankingTask, cases?: readonly number[]): CaseValues =>
  Object.fromEntries(
    told.map((name) => {
      const values = ranking.values(name);
      return [name, cases === undefined ? values : cases.map((at) => values[at]!)];
    }),
  );

/** How much there is to learn from. */
export const sizeOf = ({ log, ordered }: RankingTask): LogSize => ({
  users: userCount(log),
  items: log.itemCount,
  interactions: log.items.length,
  ordered,
});
