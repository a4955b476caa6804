import { defineScorer, type Item } from '@attune/sdk';
import { z } from 'zod';
import { tasteOf, tasteOptions } from '../taste/taste.js';
import { BaseRates } from '../items/base-rates.js';
import { FeatureTally } from '../items/feature-tally.js';
import { featuresOf, type FeatureField } from '../items/item-features.js';

const fieldWeight = z.number().min(0);
const options = tasteOptions.extend({
  counting: tasteOptions.shape.counting.unwrap().default('log'),
  halfLifeDays: z.number().positive().default(90),
  /** How much each field counts, 0 = not at all. */
  fields: z
    .strictObject({
      /** Weight of the categories. */
      category: fieldWeight.default(1),
      /** Weight of the brand. */
      brand: fieldWeight.default(1),
      /** Weight of the price band: prices up to a factor of √2 apart share one. */
      price: fieldWeight.default(1),
      /** Weight of each attribute. */
      attributes: fieldWeight.default(1),
      /** Weight of the tags. */
      tags: fieldWeight.default(1),
    } satisfies Record<FeatureField, z.ZodType>)
    .prefault({}),
  /** Items of everybody's choice that the user's own are mixed with: how slowly a taste is believed. */
  smoothing: z.number().positive().default(5),
});

/**
 * How much more often than everybody the user takes up items of a candidate's category, brand, price band, attributes
 * and tags: for each field ln(own share / base share), the own share being smoothed with the base, the mean over the
 * candidate's values, times the field's weight; the sum over fields. The base is what everybody took up so far and the
 * candidates themselves. 0 is indifference. Abstains for users without history and on items that say nothing.
 */
export const affinityScorer = defineScorer({
  id: 'affinity',
  version: '1.0.0',
  config: options,
  needs: ['history', 'items'],
  uses: ['counts', 'documents'],
  traits: { coldUser: false },
  setup({ fields, smoothing, ...taste }, ports) {
    const everybody = new BaseRates(ports, Object.keys(taste.types));
    return {
      async score({ requests, offsets, candidates: { items } }, out, call) {
        for (const [r, { history, now }] of requests.entries()) {
          const { keys, weights } = tasteOf(history, history.items, taste, now);
          if (keys.length === 0) continue;
          const [taken, base] = await Promise.all([ports.documents.get(keys), everybody.before(now)]);
          if (call.deadline.signal.aborted) return;
          const own = new FeatureTally();
          taken.forEach((item, i) => item && own.add(featuresOf(item), weights[i]!));
          const pool = items.slice(offsets[r], offsets[r + 1]);
          const lift = liftOf({ own, base, around: tallyOf(pool), smoothing });
          pool.forEach((item, c) => (out[offsets[r]! + c] = affinity(item, fields, lift)));
        }
      },
    };
  },
});

type Lift = (field: string, value: string) => number;

interface Held {
  readonly own: FeatureTally;
  readonly base: FeatureTally;
  /** The candidates: no value of theirs is unheard of. */
  readonly around: FeatureTally;
  readonly smoothing: number;
}

/** ln((own + smoothing × base share) / (own total + smoothing) / base share); 0 where the user says nothing. */
function liftOf({ own, base, around, smoothing }: Held): Lift {
  return (field, value) => {
    const share =
      (base.weightOf(field, value) + around.weightOf(field, value)) / (base.totalOf(field) + around.totalOf(field));
    return Math.log((own.weightOf(field, value) / share + smoothing) / (own.totalOf(field) + smoothing));
  };
}

function affinity(item: Item, fields: Readonly<Record<FeatureField, number>>, lift: Lift): number {
  const features = featuresOf(item).filter(({ kind }) => fields[kind] > 0);
  if (features.length === 0) return NaN;
  return features.reduce((sum, { kind, field, values }) => {
    const lifts = values.reduce((all, value) => all + lift(field, value), 0);
    return sum + (fields[kind] * lifts) / values.length;
  }, 0);
}

function tallyOf(items: readonly Item[]): FeatureTally {
  const tally = new FeatureTally();
  for (const item of items) tally.add(featuresOf(item), 1);
  return tally;
}
