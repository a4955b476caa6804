import { fitLambdaMart, treeScores } from '@attune/algorithms';
import {
  defineTrainer,
  type ArtifactDraft,
  type JudgedCandidates,
  type TrainingData,
  type TrainingRun,
} from '@attune/sdk';
import { z } from 'zod';
import { watchOf } from '../logs/interaction-matrix.js';
import { COMMON } from '../models/learned-order.model.js';
import { byOwner, ndcgOf, rowsOf, scoresOf, tellingGroups } from './judged-order.js';

const options = z.strictObject({
  /** Trees at most. */
  trees: z.int().min(1).max(2_000).default(200),
  /** Leaves of a tree. */
  leaves: z.int().min(2).max(255).default(15),
  /** Factor of what each tree adds. */
  learningRate: z.number().positive().max(1).default(0.05),
  /** Fewest candidates of a leaf. */
  minLeafRows: z.int().min(1).default(100),
  /**
   * What the order must reach on requests held out, as a multiple of the NDCG that the weighted columns reach there; else it is
   * refused and the previous one stays. 0: it is promoted whatever it reaches.
   */
  gate: z.number().min(0).default(1),
});

/** Share of the people whose requests the order is judged on. */
const HELD_SHARE = 0.2;
/** Fewer requests in which something was bought say nothing. */
const FEWEST = 100;
/** The largest float. */
const LARGEST = Math.fround(3.4e38);
/** Penalty, and shares of requests and of columns that serve a tree: so that trees differ. */
const STEADY = { lambda: 1, rowShare: 0.7, columnShare: 0.5, truncation: 20 };

/**
 * LambdaMART (Burges 2010) over the columns of a surface's pipeline, learned from what was bought of what it proposed as of past
 * moments. Artifact: arrays of the trees; ids `columns`. Refused where it fails its gate on the requests of a fifth of the people,
 * which it does not learn from. Throws where no surface is configured, or fewer than 100 requests have something bought among their candidates.
 */
export const lambdaMartTrainer = defineTrainer({
  id: 'lambdamart',
  version: '1.0.0',
  config: options,
  setup: (settings) => ({
    fit: (data: TrainingData, run: TrainingRun): ArtifactDraft => fitted(data.candidates, settings, run),
  }),
});

function fitted(
  candidates: JudgedCandidates | undefined,
  { gate, ...trees }: z.output<typeof options>,
  run: TrainingRun,
): ArtifactDraft {
  if (candidates === undefined)
    throw new Error(
      'lambdamart learns from what a surface proposed: name it, as in { use: lambdamart, surface: home }',
    );
  const telling = tellingGroups(candidates);
  if (telling.length < FEWEST)
    throw new Error(`${telling.length} requests have something bought among their candidates: ${FEWEST} are needed`);
  if (candidates.columns.includes(COMMON))
    throw new Error(
      `a column is called '${COMMON}', as what all candidates share is: give its step another name by as`,
    );
  const { held, others } = byOwner(candidates, telling, () => run.random() < HELD_SHARE);
  const model = fitLambdaMart(rowsOf(candidates, others), {
    ...trees,
    ...STEADY,
    random: () => run.random(),
    ...watchOf(run),
  });
  const asked = rowsOf(candidates, held);
  const ndcg = ndcgOf(asked, treeScores(model, asked.features));
  const weighted = ndcgOf(asked, scoresOf(candidates, held));
  const { columns, start, thresholds, losses: _, validationLosses: __, ...arrays } = model;
  return {
    meta: { ...trees, columns, requests: telling.length, heldOut: held.length, ndcg, weighted },
    // Artifacts hold finite numbers; no column goes beyond the largest.
    arrays: {
      ...arrays,
      start: Float64Array.of(start),
      thresholds: thresholds.map((threshold) => Math.min(threshold, LARGEST)),
    },
    ids: { columns: candidates.columns },
    evaluation: {
      metric: `NDCG@10 on ${held.length} requests held out, where the weighted columns have ${weighted.toFixed(4)},`,
      value: ndcg,
      minimum: gate * weighted,
    },
  };
}
