import { defineReranker, type Item } from '@attune/sdk';
import { z } from 'zod';
import { ITEM_PATH, valuesOf } from '../items/values-of.js';

const cap = {
  /** What is counted: `brand`, `categories`, or an attribute, as `attributes.color`. */
  by: ITEM_PATH,
  /** Most items of one value among the first `within`. */
  most: z.int().min(1).max(200),
};
type Cap = z.output<z.ZodObject<typeof cap>>;

const options = z.strictObject({
  ...cap,
  /** Caps that hold at the same time; of two steps the second may undo what the first did. */
  also: z.array(z.strictObject(cap)).max(10).default([]),
  /** Places the cap holds for; default: the request's limit. */
  within: z.int().min(1).max(200).optional(),
  /** Candidates it may choose from, the best by score. */
  pool: z.int().min(1).max(1000).default(200),
});

/**
 * At most `most` items of one brand, category or attribute value among the first `within`: each place goes to the best
 * candidate left that no cap forbids. An item of several values counts for each; one without a value is never capped.
 * Where nothing else is left the caps give way: the places are filled in order. What is behind keeps its order.
 */
export const capReranker = defineReranker({
  id: 'cap',
  version: '1.1.0',
  config: options,
  needs: ['items'],
  traits: { tier: 'basic' },
  setup: ({ by, most, also, within, pool }) => ({
    depth: pool,
    rerank({ request, candidates: { size, items } }) {
      const head = Math.min(within ?? request.limit, size);
      const shown = admitted(items.slice(0, Math.min(pool, size)), head, [{ by, most }, ...also]);
      const first = new Set(shown);
      return Uint32Array.from([...shown, ...Array.from({ length: size }, (_, i) => i).filter((i) => !first.has(i))]);
    },
  }),
});

/** The first `places` of a list that keep every cap, in order. */
function admitted(items: readonly Item[], places: number, caps: readonly Cap[]): readonly number[] {
  const counting = caps.map((one) => ({ ...one, counts: new Map<string, number>() }));
  const shown: number[] = [];
  for (let i = 0; i < items.length && shown.length < places; i++) {
    const held = counting.map(({ by, most, counts }) => ({ values: valuesOf(items[i]!, by), most, counts }));
    if (held.some(({ values, most, counts }) => values.some((value) => (counts.get(value) ?? 0) >= most))) continue;
    for (const { values, counts } of held) for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    shown.push(i);
  }
  return shown;
}
