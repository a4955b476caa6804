import { deepFmArtifact, fitDeepFm, fitFm } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { openDeepFmClicks } from '../clicks/click-models.js';
import { clickOptions, learnsFromSlates } from '../clicks/click-options.js';
import { clickExam, learnClicks } from '../clicks/learn-clicks.js';
import { anotherFits } from './another-fits.js';
import { watchOf } from '../logs/interaction-matrix.js';
import { learnOnceExaminedBy } from '../exams/learn-by.js';
import { phaseOf } from '../exams/phases.js';

const options = clickOptions.extend({
  /** L2 penalty of the factors of the machine; fewer values or clearer tastes want less. */
  machinePenalty: z.number().min(0).default(0.06),
  /** Widths of the hidden layers. */
  hidden: z.array(z.int().min(1).max(1_024)).min(1).max(4).default([64, 32]),
  /** Passes of the network over what was shown; fewer where the time has no room for another. */
  epochs: z.int().min(1).max(100).default(6),
  /** Highest learning rate of the network. */
  rate: z.number().positive().max(1).default(0.0005),
  /** L2 penalty of what a case is told by, while the network learns. */
  penalty: z.number().min(0).default(0.1),
  /** Share of hidden units that is left out at random while it learns. */
  dropout: z.number().min(0).lt(1).default(0.5),
});
type Options = z.output<typeof options>;

/** Passes of the machine that the network begins with. */
const MACHINE_EPOCHS = 10;
/** Chance that a field is learned as if it were unknown, while the network learns. */
const HIDE = 0.2;

/**
 * DeepFM (Guo, Tang, Ye, Li and He 2017), which foretells what comes of an item that a slate shows: a factorization machine is learned
 * first, then a network beside it. Artifact: arrays `parameters`, `places…`, ids by the names of fields; nothing of a user,
 * who is told by what they did. Refused where it fails its gate; the slates held out for that are not learned from. Throws
 * where no slate was logged, where all or none led to the goal, and where a field is named that nothing has.
 */
export const deepFmTrainer = defineTrainer({
  id: 'deepfm',
  version: '1.0.0',
  config: options,
  learnsFrom: learnsFromSlates,
  setup: learnOnceExaminedBy(
    clickExam<Options>(openDeepFmClicks),
    learnClicks(async (data, { dims, machinePenalty, hidden, epochs, rate, penalty, dropout }, run) => {
      const random = (): number => run.random();
      const machine = { dims, factorPenalty: machinePenalty, epochs: MACHINE_EPOCHS, random };
      const start = fitFm(data, { ...machine, ...watchOf(phaseOf(run, 0, 2)) });
      const hasTime = anotherFits(run);
      const onEpoch = (): Promise<boolean> => Promise.resolve(hasTime());
      const network = { hidden, epochs, rate, penalty, dropout, hide: HIDE, random, start, onEpoch };
      return deepFmArtifact(await fitDeepFm(data, { ...network, ...watchOf(phaseOf(run, 1, 2)) }, run.graphs));
    }),
  ),
});
