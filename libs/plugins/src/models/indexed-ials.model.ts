import { ialsUser, type IalsPenalty } from '@attune/algorithms';
import type { Artifact, ItemVectorsPort, View } from '@attune/sdk';
import { tasteOf } from '../taste/taste.js';
import { asksBySeeds, tasteOfSeeds } from './asked-with.js';
import type { FoldInOptions } from './folded.model.js';

/** The space of an iALS model's item factors, and the artifact that says whose are in it. */
export const IALS_SPACE = 'ials';
export const IALS_ALIAS = `space:${IALS_SPACE}`;

/**
 * An iALS model whose item factors are in the search index: at hand are its array `gram` [dims × dims], its penalty and
 * its number of items, in `meta`. Users are folded in from the factors of what they took up.
 */
export class IndexedIals {
  private readonly gram: Float32Array;
  private readonly penalty: IalsPenalty;
  private readonly items: number;

  constructor(
    artifact: Artifact,
    private readonly vectors: ItemVectorsPort,
  ) {
    const { meta } = artifact;
    this.gram = artifact.floats('gram');
    this.penalty = { lambda: Number(meta['lambda']), alpha0: Number(meta['alpha0']), nu: Number(meta['nu']) };
    this.items = Number(meta['items']);
  }

  /** Factor of the request's user, or of its seeds `[dims]`; undefined where the model knows none of the items. */
  async userOf(request: View<'history'>, options: FoldInOptions): Promise<Float32Array | undefined> {
    const { itemIds, history, now } = request;
    const { keys, weights } = asksBySeeds(options.from, itemIds)
      ? tasteOfSeeds(itemIds)
      : tasteOf(history, history.items, options, now);
    if (keys.length === 0) return undefined;
    const { rows, dims, data } = await this.vectors.gather(IALS_SPACE, keys);
    const known = Array.from({ length: rows }, (_, row) => row).filter((row) => isKnown(data, row, dims));
    if (known.length === 0) return undefined;
    const part = { factors: data, gram: this.gram, dims, items: this.items };
    return ialsUser(part, this.penalty, { rows: known, weights: known.map((row) => weights[row]!) });
  }
}

/** Whether a row of factors is of an item that the model knows: it lacks those of others, or has zeros for them. */
export function isKnown(data: Float32Array, row: number, dims: number): boolean {
  const factor = data.subarray(row * dims, (row + 1) * dims);
  return !Number.isNaN(factor[0]) && factor.some((value) => value !== 0);
}
