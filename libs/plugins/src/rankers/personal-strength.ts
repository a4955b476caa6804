import type { QueryIntent, View } from '@attune/sdk';
import { z } from 'zod';

const share = z.number().min(0).max(1);

/**
 * Whether a column speaks for the person, and how loudly for each intent of a query, 0..1. A person who names one item
 * wants that item: its place is left to the words.
 */
export const personalOption = z
  .union([
    z.boolean(),
    z.strictObject({
      navigational: share.default(0),
      category: share.default(1),
      broad: share.default(1),
    } satisfies Record<QueryIntent, z.ZodType>),
  ])
  .default(false);
export type PersonalOption = z.output<typeof personalOption>;

const BY_INTENT: Readonly<Record<QueryIntent, number>> = { navigational: 0, category: 1, broad: 1 };

/** Factor of a column's weight for a request, 0..1: 1 for what is not personal. */
export function personalStrength(personal: PersonalOption, { personalize, query }: View<'query'>): number {
  if (personal === false) return 1;
  const byIntent = personal === true ? BY_INTENT : personal;
  return personalize * (query?.intent === undefined ? 1 : byIntent[query.intent]);
}
