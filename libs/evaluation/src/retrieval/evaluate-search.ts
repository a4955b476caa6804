import { noPredictions } from '../formats/evaluation.errors.js';
import { estimate, type Estimate } from '../metrics/bootstrap.js';
import type {
  EvaluatedModel,
  EvaluationContext,
  EvaluationRequest,
  EvaluationResult,
} from '../run/evaluation.request.js';
import { comparisonsOf, estimatesOf, intervalsOf, meansOf, type CaseValues } from '../run/told-figures.js';
import { inShares } from '../search/in-shares.js';
import { namedLearners } from '../search/learners-by-name.js';
import { bestTrial, chosenWithout } from './held-out.choice.js';
import { CHOSEN_BY, judgeSearch, type JudgedSearch, type SearchTrial } from './judge-search.js';
import { querySlices, type QuerySlice } from './query-slices.js';
import { SEARCH_LEARNERS } from './search.learners.js';
import { SearchSources } from './search.sources.js';
import { openSearch } from './search.task.js';

/** Searches items for queries with graded judgements. Throws DataFileError, EvaluationRequestError. */
export async function evaluateSearch(
  request: EvaluationRequest,
  context: EvaluationContext,
): Promise<EvaluationResult> {
  if (request.predictions !== undefined) throw noPredictions();
  const learners = namedLearners(SEARCH_LEARNERS, request.models);
  const task = await openSearch(request.inputs);
  const { textModels = [], pairModel, budgetMinutes } = request;
  const sources = new SearchSources(task, { textModels, pairModel, open: context.textModels }, context.onProgress);
  try {
    const judging = { sources, onProgress: context.onProgress };
    const { results, notes } = await inShares(learners, budgetMinutes * 60, (learner, seconds) =>
      judgeSearch(learner, seconds, judging),
    );
    const told = results.map(toldSearch);
    const slices = querySlices(task);
    return {
      protocol: request.protocol,
      ...choiceOf(told),
      data: {
        users: task.queries.length,
        items: task.items.length,
        interactions: task.judgements,
        cases: task.queries.length,
      },
      models: told.map((one) => toldModel(one, slices)),
      notes: [...task.notes, ...notes, ...trialsNote(request), choiceNote(results)],
      seed: request.seed,
    };
  } finally {
    await sources.close();
  }
}

/** The search that is best on validation, against each other one on test. */
function choiceOf(told: readonly ToldSearch[]): Pick<EvaluationResult, 'chosen' | 'chosenBy' | 'comparisons'> {
  const chosen = told[bestTrial(told.map(({ validation }) => validation[CHOSEN_BY]!))]!;
  const figures = ({ test }: ToldSearch): CaseValues => ({ [CHOSEN_BY]: test[CHOSEN_BY]! });
  const others = told.filter((one) => one !== chosen);
  return {
    chosen: chosen.judged.learner.name,
    chosenBy: CHOSEN_BY,
    comparisons: comparisonsOf(
      figures(chosen),
      others.map((one) => ({ name: one.judged.learner.name, values: figures(one) })),
    ),
  };
}

/** A learner with its values: on validation of the options that are best over all queries, on test of those chosen without each. */
interface ToldSearch {
  readonly judged: JudgedSearch;
  readonly best: SearchTrial;
  readonly validation: CaseValues;
  readonly test: CaseValues;
}

function toldSearch(judged: JudgedSearch): ToldSearch {
  const figures = judged.trials.map(({ values }) => values[CHOSEN_BY]!);
  const best = judged.trials[bestTrial(figures)]!;
  return { judged, best, validation: best.values, test: valuesWithout(judged.trials) };
}

/** The values of each query with the options that the other queries chose. */
function valuesWithout(trials: readonly SearchTrial[]): CaseValues {
  const places = chosenWithout(trials.map(({ values }) => values[CHOSEN_BY]!));
  const metrics = Object.keys(trials[0]!.values);
  return Object.fromEntries(
    metrics.map((metric) => [metric, places.map((place, at) => trials[place]!.values[metric]![at]!)]),
  );
}

function toldModel({ judged, best, validation, test }: ToldSearch, slices: readonly QuerySlice[]): EvaluatedModel {
  const [onAll, onHeld] = [estimatesOf(validation), estimatesOf(test)];
  return {
    name: judged.learner.name,
    options: best.options,
    asking: {},
    tried: judged.trials.length,
    inFull: judged.trials.length,
    validation: meansOf(onAll),
    test: meansOf(onHeld),
    intervals: { validation: intervalsOf(onAll), test: intervalsOf(onHeld) },
    slices: slices.map(({ name, queries }) => {
      const estimates = estimatesOf(picked(test, queries));
      return { name, users: queries.length, test: meansOf(estimates), intervals: intervalsOf(estimates) };
    }),
    slates: null,
    fitSeconds: judged.openSeconds,
    cpuSeconds: judged.cpuSeconds,
  };
}

const picked = (values: CaseValues, queries: readonly number[]): CaseValues =>
  Object.fromEntries(Object.entries(values).map(([metric, all]) => [metric, queries.map((at) => all[at]!)]));

const trialsNote = ({ trials }: EvaluationRequest): readonly string[] =>
  trials === undefined ? [] : ['a search tries every option each time: --trials keeps nothing'];

/** What choosing model and options together reaches: a figure that the choice took no part in. */
function choiceNote(results: readonly JudgedSearch[]): string {
  const values = valuesWithout(results.flatMap(({ trials }) => trials))[CHOSEN_BY]!;
  return `model and options chosen for each query on the others: ${CHOSEN_BY} ${shown(estimate(values))}`;
}

const shown = ({ mean, low, high }: Estimate): string => `${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`;
