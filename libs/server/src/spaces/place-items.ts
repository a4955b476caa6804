import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Registry } from '@attune/engine';
import { filledRows, pickedRows, type Artifact, type Item, type SearchIndex, type VectorBlock } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import type { ModelSlot } from './model-spaces.js';

/** Where items with these vectors lie in a model's own space `[rows × dims]`. */
export type Place = (vectors: VectorBlock) => Float32Array;

/** How a trainer places items by a model of its. Throws an Error where it cannot. */
export async function placeBy(
  { use, config }: Pick<Config['train'][number], 'use' | 'config'>,
  model: Artifact,
  registry: Registry,
): Promise<Place> {
  const { plugin } = registry.get('trainer', use)!;
  const running = await plugin.setup(plugin.config.parse(config), {} as never);
  if (!('place' in running) || running.place === undefined)
    throw new Error(`trainer '${use}' reads vectors and places no items: drop index, or give it a method 'place'`);
  return (vectors) => running.place!(model, vectors);
}

/** Items placed at once: they hold the thread for some milliseconds. */
const AT_ONCE = 16;

/**
 * Puts items into a space that is made of another's vectors; how many were put. Items without a vector there are left out, and
 * those that are placed nowhere (zeros, which no cosine is of).
 */
export async function placeItems(
  items: Pick<SearchIndex, 'gather' | 'setVectors'>,
  { id, of, dims }: ModelSlot,
  page: readonly Item[],
  place: Place,
): Promise<number> {
  let placed = 0;
  for (let from = 0; from < page.length; from += AT_ONCE) {
    const some = page.slice(from, from + AT_ONCE);
    const block = await items.gather(
      of!,
      some.map((item) => item.id),
    );
    const known = filledRows(block);
    if (known.length === 0) continue;
    const vectors = place(pickedRows(block, known));
    const lying = known.map((_, at) => at).filter((at) => vectors.subarray(at * dims, (at + 1) * dims).some(Boolean));
    placed += await items.setVectors(
      id,
      lying.map((at) => some[known[at]!]!),
      pickedRows({ rows: known.length, dims, data: vectors }, lying).data,
    );
    await nextTurn();
  }
  return placed;
}
