import type { openSasRec } from '@attune/algorithms';
import type { GraphPort } from '@attune/sdk';
import { FoldedModel } from './folded.model.js';
import { oldestFirst } from './oldest-first.js';
import type { OpenedModel, OpenModel } from './opened-model.js';
import { openedOnce } from './opened-once.js';
import type { ModelSource } from './shared-model.js';

/**
 * Opens transformers over sequences (array `parameters`, their shape in `meta`, ids `items`), once for all who open
 * the same artifact. Interests are chances, 0..1, to be the next item of all.
 */
export const transformerModel = (open: typeof openSasRec): OpenModel =>
  openedOnce((source, graphs) => openOne(open, source, graphs));

async function openOne(open: typeof openSasRec, source: ModelSource, graphs: GraphPort): Promise<OpenedModel> {
  const items = source.ids('items');
  const scorer = await open({ parameters: source.floats('parameters'), shape: shapeOf(source) }, graphs);
  const model = new FoldedModel(items, async (taste) => {
    const [scores] = await scorer.interests([oldestFirst(taste)]);
    return chances(scores!);
  });
  return { model, close: () => scorer.close() };
}

function shapeOf({ meta }: ModelSource) {
  const size = (name: string): number => Number(meta[name]);
  return {
    rows: size('rows'),
    positions: size('window'),
    dims: size('dims'),
    heads: size('heads'),
    blocks: size('blocks'),
    feedForward: size('feedForward'),
  };
}

/** Softmax. */
function chances(scores: Float32Array): Float32Array {
  const most = scores.reduce((best, score) => Math.max(best, score), -Infinity);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
