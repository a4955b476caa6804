import { StoppedError } from '@attune/numeric';
import type { ArtifactDraft, TrainingData, TrainingRun } from '@attune/sdk';
import type { ModelOf } from '../models/shared-model.js';
import type { OpenModel } from '../models/opened-model.js';
import type { Exam } from './exam.js';
import type { HoldOut } from './held-out-users.js';
import { nextItems } from './next-items.exam.js';
import { earlier, phaseOf } from './phases.js';
import type { TrainingOptions } from './training-options.js';

/** Makes a model of a log; its own evaluation says whether it holds anything at all. */
export type Learn<O> = (data: TrainingData, options: O, run: TrainingRun) => ArtifactDraft | Promise<ArtifactDraft>;

/** Share of the time that is kept for the questions where the model takes all it is told there is. */
const ASKING = 0.1;

interface Lesson<O, H extends { readonly rest: TrainingData }> {
  readonly learn: Learn<O>;
  readonly exam: Exam<O, H>;
  /** Whether a model that passed is learned again, from everybody. */
  readonly again: boolean;
}

/**
 * Set-up of a trainer whose model is judged before it is handed over: it learns without some users (a tenth, at most 500),
 * is asked what they took up next, and where it passes, learns from everybody. `meta.gate` has the figures. A model that
 * fails is handed over as it is, with the evaluation that has it refused. Where the time ends in the second learning, the
 * first model is handed over; where there are fewer than 200 users to choose from, nobody is held out.
 */
export const learnBy = <O extends TrainingOptions>(modelOf: ModelOf, learn: Learn<O>) =>
  learnExaminedBy<O, HoldOut>(
    nextItems((source) => Promise.resolve({ model: modelOf(source), close: () => Promise.resolve() })),
    learn,
  );

/** As `learnBy`, for models that are asked other questions. */
export const learnExaminedBy = <O extends { readonly gate: number }, H extends { readonly rest: TrainingData }>(
  exam: Exam<O, H>,
  learn: Learn<O>,
) => learning({ learn, exam, again: true });

/**
 * As `learnBy`, for models that learn as long as there is time: what passed is handed over, those held out are not learned
 * from. A tenth of the time is kept for the questions; `learn` is told of the rest.
 */
export const learnOnceBy = <O extends TrainingOptions>(open: OpenModel, learn: Learn<O>) =>
  learning<O, HoldOut>({ learn, exam: nextItems(open), again: false });

/** As `learnOnceBy`, for models that are asked other questions. */
export const learnOnceExaminedBy = <O extends { readonly gate: number }, H extends { readonly rest: TrainingData }>(
  exam: Exam<O, H>,
  learn: Learn<O>,
) => learning({ learn, exam, again: false });

const learning =
  <O extends { readonly gate: number }, H extends { readonly rest: TrainingData }>({
    learn,
    exam,
    again,
  }: Lesson<O, H>) =>
  (options: O) => ({
    async fit(data: TrainingData, run: TrainingRun): Promise<ArtifactDraft> {
      const held = options.gate > 0 ? exam.holdOut(data, options, () => run.random()) : undefined;
      if (held === undefined) return learn(data, options, run);
      const phase = (at: number): TrainingRun => phaseOf(run, at, again ? 3 : 2);
      const learning = again ? phase(0) : { ...phase(0), deadline: earlier(run.deadline, ASKING) };
      const first = await learn(held.rest, options, learning);
      if (!passes(first)) return first;
      const { figures, evaluation } = await exam.judge(first, held, options, phase(1));
      const judged = (draft: ArtifactDraft): ArtifactDraft => ({
        ...draft,
        meta: { ...draft.meta, gate: figures },
        ...(passes(draft) && { evaluation }),
      });
      if (!again || !passes({ evaluation })) return judged(first);
      try {
        return judged(await learn(data, options, phase(2)));
      } catch (error) {
        if (error instanceof StoppedError) return judged(first);
        throw error;
      }
    },
  });

const passes = ({ evaluation }: Pick<ArtifactDraft, 'evaluation'>): boolean =>
  evaluation === undefined || evaluation.value >= evaluation.minimum;
