import { defineRetriever, NOTHING_RETRIEVED, vocabularyOf, type Retrieved, type View } from '@attune/sdk';
import { z } from 'zod';
import { DAY_MS } from '../counts/days.js';
import { bestRows } from '../proposals/best-rows.js';

const options = z.strictObject({
  /** Event types that count as a look. */
  types: z.array(z.string()).min(1).default(['view', 'click']),
  /** Whether an item returns that the user bought since or before. */
  purchased: z.enum(['exclude', 'include']).default('exclude'),
  /** Days after which a look is forgotten; default: never. */
  maxAgeDays: z.number().positive().optional(),
});
type Rule = z.output<typeof options>;

const REFUSALS: ReadonlySet<string> = new Set(['dislike', 'hide']);

/**
 * What the user looked at, the newest first; the score is 1 / (1 + days since the last look). Leaves out what the user
 * hid or disliked and, by default, what they bought. Proposes nothing for a user who looked at nothing.
 */
export const recentlyViewedRetriever = defineRetriever({
  id: 'recently-viewed',
  version: '1.0.0',
  config: options,
  needs: ['history'],
  traits: { coldUser: false, coldItem: false, tier: 'basic' },
  setup: (rule) => ({
    retrieve: (requests, limit) => Promise.all(requests.map((request) => viewed(request, limit, rule))),
  }),
});

async function viewed(
  request: View<'history'>,
  limit: number,
  { types, purchased, maxAgeDays }: Rule,
): Promise<Retrieved> {
  const { history, now } = request;
  const out = new Set<string>(['']);
  const ages = new Map<string, number>();
  for (let i = history.size - 1; i >= 0; i--) {
    const [id, type] = [history.items[i]!, history.types[i]!];
    if (REFUSALS.has(type) || (purchased === 'exclude' && type === 'purchase')) out.add(id);
    const days = Math.max(0, now - history.at[i]!) / DAY_MS;
    if (types.includes(type) && !ages.has(id) && days <= (maxAgeDays ?? Infinity)) ages.set(id, days);
  }
  for (const id of out) ages.delete(id);
  if (ages.size === 0) return NOTHING_RETRIEVED;
  const byRow = Array.from(ages.values(), (days) => 1 / (1 + days));
  return bestRows({ vocabulary: vocabularyOf([...ages.keys()]), byRow }, request, limit);
}
