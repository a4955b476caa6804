import {
  fitBert4Rec,
  fitSasRec,
  fitXlnet4Rec,
  openBert4Rec,
  openSasRec,
  openXlnet4Rec,
  type SequenceModel,
} from '@attune/algorithms';
import { judgedTraining } from '../judged-training.js';
import { numberOf, type Grid, type Options } from '../../search/options.js';
import type { FitContext, LogSize, RecommenderLearner } from '../recommender.learner.js';

/** Sequences shorter than this, on average, are sparse: less fits into them, and more is forgotten on purpose. */
const SPARSE_LENGTH = 25;

/** A transformer over sequences. */
interface Transformer {
  readonly name: string;
  readonly summary: string;
  readonly fit: typeof fitSasRec;
  readonly open: typeof openSasRec;
  /** Of dense and of sparse sequences; epochs are fewer where the time has no room. */
  readonly dense: Grid;
  readonly sparse: Grid;
}

const transformer = ({ name, summary, fit, open, dense, sparse }: Transformer): RecommenderLearner => ({
  name,
  summary,
  takesWeights: false,
  needsOrder: true,
  timeWeight: 6,
  grid: ({ users, interactions }: LogSize) => (interactions / users < SPARSE_LENGTH ? sparse : dense),
  fit: (log, options, context) =>
    judgedTraining<SequenceModel>(options, context, {
      train: (trained, onEpoch) => fit(log, { ...shapeOf(trained), ...ambientOf(context), onEpoch }, context.runtime),
      open: (model) => open(model, context.runtime),
    }),
});

const shapeOf = (options: Options) => ({
  dims: numberOf(options, 'dims'),
  window: numberOf(options, 'window'),
  dropout: numberOf(options, 'dropout'),
  batch: numberOf(options, 'batch'),
  rate: numberOf(options, 'rate'),
  epochs: numberOf(options, 'epochs'),
});

const ambientOf = ({ random, watch }: FitContext) => ({ random, ...watch });

const SPARSE: Grid = { dims: [64, 128], window: [50], dropout: [0.5, 0.4, 0.6], batch: [64], rate: [0.002] };

export const sasRec = transformer({
  name: 'sasrec',
  summary: 'a causal transformer that tells the next item (Kang and McAuley 2018)',
  fit: fitSasRec,
  open: openSasRec,
  dense: { dims: [64, 128], window: [200, 100], dropout: [0.2, 0.3], batch: [16, 32], rate: [0.002], epochs: [26] },
  sparse: { ...SPARSE, epochs: [30] },
});

export const bert4Rec = transformer({
  name: 'bert4rec',
  summary: 'a transformer that tells hidden items from both sides (Sun et al. 2019)',
  fit: fitBert4Rec,
  open: openBert4Rec,
  dense: { dims: [64, 128], window: [100], dropout: [0.2, 0.3], batch: [16], rate: [0.003, 0.002], epochs: [50] },
  sparse: { ...SPARSE, epochs: [60] },
});

export const xlnet4Rec = transformer({
  name: 'xlnet4rec',
  summary: 'a transformer that tells items in permuted order (after Yang et al. 2019)',
  fit: fitXlnet4Rec,
  open: openXlnet4Rec,
  dense: { dims: [64, 128], window: [100], dropout: [0.2, 0.3], batch: [16], rate: [0.002, 0.003], epochs: [24] },
  sparse: { ...SPARSE, epochs: [60] },
});
