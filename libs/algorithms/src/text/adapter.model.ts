import { checkOptions } from '../sequences/option.checks.js';
import type { AdapterMap } from './adapter.graph.js';
import { checkVectors, type TextVectors } from './text.vectors.js';
import { type TextWhitening, whiteningOf } from './text.whitening.js';

/** What adapting vectors takes: nothing of it belongs to an item or a user. */
export interface TextAdapterModel {
  readonly dims: number;
  /** What vectors go through first. */
  readonly whitening: TextWhitening;
  /** Of items that are candidates. */
  readonly items: AdapterMap;
  /** Of items in a history. */
  readonly history: AdapterMap;
  /** Newest items of a history that count. */
  readonly last: number;
  /** Weight of an item of a history beside that of the next newer one. */
  readonly decay: number;
}

/** What an adapter takes from the texts alone. */
export interface TextAdapterStart {
  /** Share of the mean variance that is added to each before whitening, > 0: the higher, the less. Default 0.3. */
  readonly ridge?: number;
  /** Newest items of a history that count, >= 1. Default 10. */
  readonly last?: number;
  /** Weight of an item of a history beside that of the next newer one, above 0, at most 1. Default 0.6. */
  readonly decay?: number;
}

/**
 * The adapter that `fitTextAdapter` starts from: whitened vectors, and maps that leave them as they are. Of use where
 * nobody has done anything yet.
 * Throws RangeError for bad options or vectors.
 */
export function startTextAdapter(vectors: TextVectors, options: TextAdapterStart = {}): TextAdapterModel {
  const { ridge = 0.3, last = 10, decay = 0.6 } = options;
  checkOptions({ whole: { last }, above0: { ridge } });
  if (!(decay > 0 && decay <= 1)) throw new RangeError(`decay must lie above 0 and at most at 1, got ${decay}`);
  checkVectors(vectors);
  const { dims } = vectors;
  const same = (): AdapterMap => ({ weights: new Float32Array(dims * dims), bias: new Float32Array(dims) });
  return { dims, whitening: whiteningOf(vectors, ridge), items: same(), history: same(), last, decay };
}
