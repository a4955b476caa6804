import { bayesianFmArtifact, fitBayesianFm } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { openBayesianFm } from '../clicks/click-models.js';
import { clickOptions, learnsFromSlates } from '../clicks/click-options.js';
import { clickExam, learnClicks } from '../clicks/learn-clicks.js';
import { watchOf } from '../logs/interaction-matrix.js';
import { learnExaminedBy } from '../exams/learn-by.js';

const options = clickOptions.extend({
  /** Sweeps before the first sample. */
  burnIn: z.int().min(0).max(10_000).default(100),
  /** Machines that are kept: memory and time at a request grow with them. */
  samples: z.int().min(1).max(1_000).default(25),
  /** Sweeps from one kept machine to the next. */
  every: z.int().min(1).max(100).default(6),
});
type Options = z.output<typeof options>;

/**
 * A Bayesian factorization machine (Freudenthaler, Schmidt-Thieme and Rendle 2011) that foretells what comes of an item that a slate
 * shows: of fields of who sees it, what, when and where. Artifact: arrays `biases`, `weights`, `factors`, `places…`, ids by the names
 * of fields; nothing of a user, who is told by what they did. Refused where it fails its gate. Throws where no slate was logged, where all
 * or none led to the goal, and where a field is named that nothing has.
 */
export const bayesianFmTrainer = defineTrainer({
  id: 'bayesian-fm',
  version: '1.0.0',
  config: options,
  learnsFrom: learnsFromSlates,
  setup: learnExaminedBy(
    clickExam<Options>(openBayesianFm),
    learnClicks((data, { dims, burnIn, samples, every }, run) =>
      bayesianFmArtifact(
        fitBayesianFm(data, { dims, burnIn, samples, every, random: () => run.random(), ...watchOf(run) }),
      ),
    ),
  ),
});
