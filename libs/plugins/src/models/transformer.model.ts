import type { openSasRec } from '@attune/algorithms';
import type { GraphPort } from '@attune/sdk';
import { FoldedModel } from './folded.model.js';
import { oldestFirst } from './oldest-first.js';
import type { ModelSource } from './shared-model.js';

/** A model that runs graphs, for one of those who opened it. */
export interface OpenedModel {
  readonly model: FoldedModel;
  /** The last to close it closes its graph; a second call does nothing. */
  close(): Promise<void>;
}

/** Opens the model of an artifact. */
export type OpenModel = (source: ModelSource, graphs: GraphPort) => Promise<OpenedModel>;

interface Shared {
  readonly opened: Promise<OpenedModel>;
  users: number;
}

/**
 * Opens transformers over sequences (array `parameters`, their shape in `meta`, ids `items`), once for all who open
 * the same artifact. Interests are chances, 0..1, to be the next item of all.
 */
export function transformerModel(open: typeof openSasRec): OpenModel {
  const models = new WeakMap<ModelSource, Shared>();
  return async (source, graphs) => {
    const shared = models.get(source) ?? { opened: openOne(open, source, graphs), users: 0 };
    models.set(source, shared);
    shared.users += 1;
    let isOpen = true;
    const close = async (): Promise<void> => {
      if (!isOpen) return;
      isOpen = false;
      shared.users -= 1;
      if (shared.users > 0) return;
      models.delete(source);
      await (await shared.opened).close();
    };
    try {
      return { model: (await shared.opened).model, close };
    } catch (error) {
      models.delete(source);
      throw error;
    }
  };
}

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
