import type { OpenModel } from '../models/opened-model.js';
import { sourceOf } from '../models/shared-model.js';
import type { Exam } from './exam.js';
import { judge } from './gate.js';
import { holdOutUsers, type HoldOut } from './held-out-users.js';
import { watchOf } from '../logs/interaction-matrix.js';
import type { TrainingOptions } from './training-options.js';

/** What users held out took up next. */
export const nextItems = (open: OpenModel): Exam<TrainingOptions, HoldOut> => ({
  holdOut: (data, { types }, random) => holdOutUsers(data, types, random),
  async judge(draft, held, { types, gate }, run) {
    const { model, close, beside } = await open(sourceOf(draft), run.graphs);
    const asked = judge(model, held, { types, gate, beside, watch: watchOf(run) });
    const { figures, evaluation } = await asked.finally(close);
    return { figures: { ...figures }, evaluation };
  },
});
