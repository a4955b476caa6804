import {
  defineRetriever,
  NOTHING_RETRIEVED,
  vocabularyOf,
  type EventColumns,
  type Retrieved,
  type View,
} from '@attune/sdk';
import { z } from 'zod';
import { decay } from '../counts/days.js';
import { bestRows } from '../proposals/best-rows.js';

const options = z.strictObject({
  /** Event types that count as a purchase. */
  types: z.array(z.string()).min(1).default(['purchase']),
  /** Days after which a purchase weighs half. */
  halfLifeDays: z.number().positive().default(90),
});

/**
 * The user's own items by how often and how recently they were bought: each purchase weighs 1, halved every
 * `halfLifeDays`, and the score is their sum. Proposes nothing for a request that excludes seen items, nor for a user
 * who bought nothing.
 */
export const buyAgainRetriever = defineRetriever({
  id: 'buy-again',
  version: '1.0.0',
  config: options,
  needs: ['history'],
  traits: { coldUser: false, coldItem: false },
  setup: ({ types, halfLifeDays }) => {
    const bought = new Set(types);
    return {
      retrieve: (requests, limit) =>
        Promise.all(requests.map((request) => again(request, limit, { bought, halfLifeDays }))),
    };
  },
});

interface Rule {
  readonly bought: ReadonlySet<string>;
  readonly halfLifeDays: number;
}

async function again(request: View<'history'>, limit: number, rule: Rule): Promise<Retrieved> {
  if (request.seen === 'exclude') return NOTHING_RETRIEVED;
  const weights = ownWeights(request.history, request.now, rule);
  if (weights.size === 0) return NOTHING_RETRIEVED;
  return bestRows({ vocabulary: vocabularyOf([...weights.keys()]), byRow: [...weights.values()] }, request, limit);
}

function ownWeights(history: EventColumns, now: number, { bought, halfLifeDays }: Rule): Map<string, number> {
  const weights = new Map<string, number>();
  for (let i = 0; i < history.size; i++) {
    const id = history.items[i]!;
    if (id === '' || !bought.has(history.types[i]!)) continue;
    weights.set(id, (weights.get(id) ?? 0) + decay(now - history.at[i]!, halfLifeDays));
  }
  return weights;
}
