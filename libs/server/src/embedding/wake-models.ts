import type { OnnxTextEncoder } from '@attune/inference';
import type { SearchIndex } from '@attune/sdk';
import type { EncodedSpace, Encoders } from '../platform/encoders.js';

/**
 * Opens the models of the languages that the catalogue has items in, so that the first query in one is not late. One that
 * does not open says so to whoever asks it something.
 */
export async function wakeModels(
  [, ...asleep]: readonly Pick<EncodedSpace, 'id' | 'admits'>[],
  query: Encoders['query'],
  items: SearchIndex,
): Promise<void> {
  if (asleep.length === 0) return;
  const needed = new Set<string>();
  for await (const page of items.scan()) {
    for (const { id, admits } of asleep) if (!needed.has(id) && page.some(admits)) needed.add(id);
    if (needed.size === asleep.length) break;
  }
  await Promise.allSettled([...needed].map((id) => wake(query.get(id))));
}

async function wake(encoder: OnnxTextEncoder | undefined): Promise<void> {
  await encoder?.embed([''], 'query');
}
