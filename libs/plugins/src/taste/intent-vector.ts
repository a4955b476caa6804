import type { Call, Host, View } from '@attune/sdk';
import { meanVector } from './mean-vector.js';
import { tasteOf, type TasteOptions } from './taste.js';
import { TEXT_SPACE } from './text-space.js';

type IntentHost = Host<'embed' | 'itemVectors'>;

/**
 * What a request is about, as a unit vector of the text space `[dims]`: the query where there is one, else the mean of
 * the seeds, else the decayed mean of the history. Undefined where nothing of it has a vector.
 */
export async function intentVector(
  request: View<'query' | 'history'>,
  host: IntentHost,
  options: TasteOptions,
  call: Call,
): Promise<Float32Array | undefined> {
  const { query, itemIds, history, now } = request;
  if (query !== undefined && query.text.trim() !== '') return host.embed.query(TEXT_SPACE, query.text, call);
  if (itemIds.length > 0) return meanOf(host, itemIds, new Array<number>(itemIds.length).fill(1));
  const { keys, weights } = tasteOf(history, history.items, options, now);
  return meanOf(host, keys, weights);
}

async function meanOf(
  host: IntentHost,
  ids: readonly string[],
  weights: readonly number[],
): Promise<Float32Array | undefined> {
  if (ids.length === 0) return undefined;
  return meanVector(await host.itemVectors.gather(TEXT_SPACE, ids), weights);
}
