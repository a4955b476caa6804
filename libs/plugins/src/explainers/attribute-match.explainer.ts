import { defineExplainer, type Explanation, type Item } from '@attune/sdk';
import { z } from 'zod';
import { ITEM_PATH, valuesOf } from '../items/values-of.js';
import { tasteOf, tasteOptions } from '../taste/taste.js';

const options = tasteOptions.extend({
  /** What is compared: `brand`, `categories`, or an attribute, as `attributes.color`. */
  by: z.array(ITEM_PATH).min(1).max(20).default(['brand', 'categories']),
  /** Items of the past that must share a value. */
  minItems: z.int().min(1).default(2),
  /** Most items named as evidence, the latest. */
  maxEvidence: z.int().min(1).max(20).default(3),
});

/** A value of the user's past: what has it, latest first, and how much they weigh together. */
interface Shared {
  readonly path: string;
  readonly value: string;
  readonly ids: string[];
  weight: number;
}

/**
 * The brand, category or attribute value a candidate shares with most of what the user took up: reason
 * `attribute-match` with params `attribute` (`brand`, `category`, or the attribute's name) and `value`, and as evidence the
 * latest items that have it. Nothing to say where fewer than `minItems` others share one.
 */
export const attributeMatchExplainer = defineExplainer({
  id: 'attribute-match',
  version: '1.0.0',
  config: options,
  needs: ['history', 'items'],
  uses: ['documents'],
  traits: { coldUser: false },
  setup: ({ by, minItems, maxEvidence, ...taste }, { documents }) => ({
    async explain({ request: { history, now }, candidates }) {
      const { keys, weights } = tasteOf(history, history.items, taste, now);
      if (keys.length < minItems) return candidates.ids.map(() => undefined);
      const past = sharedBy(await documents.get(keys), weights, by);
      return candidates.items.map((item): Explanation | undefined => {
        let best: Shared | undefined;
        for (const shared of by.flatMap((path) => valuesOf(item, path).map((value) => past.get(keyOf(path, value))))) {
          if (shared === undefined || shared.ids.filter((id) => id !== item.id).length < minItems) continue;
          if (best === undefined || shared.weight > best.weight) best = shared;
        }
        if (best === undefined) return undefined;
        const evidence = best.ids.filter((id) => id !== item.id).slice(0, maxEvidence);
        return { reason: 'attribute-match', evidence, params: { attribute: nameOf(best.path), value: best.value } };
      });
    },
  }),
});

const keyOf = (path: string, value: string): string => `${path}\n${value}`;
const nameOf = (path: string): string => (path === 'categories' ? 'category' : path.replace('attributes.', ''));

function sharedBy(
  items: readonly (Item | undefined)[],
  weights: readonly number[],
  by: readonly string[],
): ReadonlyMap<string, Shared> {
  const past = new Map<string, Shared>();
  items.forEach((item, i) => {
    if (item === undefined) return;
    for (const path of by)
      for (const value of valuesOf(item, path)) {
        const key = keyOf(path, value);
        let shared = past.get(key);
        if (shared === undefined) past.set(key, (shared = { path, value, ids: [], weight: 0 }));
        shared.ids.push(item.id);
        shared.weight += weights[i]!;
      }
  });
  return past;
}
