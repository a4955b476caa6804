import type { Call, Host, View } from '@attune/sdk';
import { z } from 'zod';
import { meanVector } from './mean-vector.js';
import { tasteOf, tasteOptions } from './taste.js';
import { TEXT_SPACE } from './text-space.js';

export const intentOptions = tasteOptions.extend({
  halfLifeDays: z.number().positive().default(30),
  maxItems: z.int().min(1).max(1000).default(50),
  /** Space whose vectors are compared. A query in a language that another space's model reads is compared there. */
  space: z.string().min(1).default(TEXT_SPACE),
});
export type IntentOptions = z.output<typeof intentOptions>;

/** Refuses, when a pipeline is set up, a space that no embedder fills: rejects with `SPACE_UNKNOWN`. */
export async function assertSpace({ space }: IntentOptions, { itemVectors }: Host<'itemVectors'>): Promise<void> {
  await itemVectors.gather(space, []);
}

/** What a request is about, and the space it says it in. */
export interface Intent {
  readonly space: string;
  /** `[dims]`; of length 1 under cosine. */
  readonly vector: Float32Array;
}

/**
 * What a request is about: the query where there is one, in its own space; else the mean of the seeds, else the decayed
 * mean of the history, in the configured space. Undefined where nothing of it has a vector.
 */
export async function intentVector(
  request: View<'query' | 'history'>,
  host: Host<'embed' | 'itemVectors'>,
  options: IntentOptions,
  call: Call,
): Promise<Intent | undefined> {
  const { query, itemIds, history, now } = request;
  if (query !== undefined && query.text.trim() !== '') {
    const space = query.space ?? options.space;
    return { space, vector: await host.embed.query(space, query.text, call) };
  }
  const { keys, weights } =
    itemIds.length > 0
      ? { keys: itemIds, weights: itemIds.map(() => 1) }
      : tasteOf(history, history.items, options, now);
  if (keys.length === 0) return undefined;
  const { space } = options;
  const vector = meanVector(await host.itemVectors.gather(space, keys), weights);
  return vector && { space, vector };
}
