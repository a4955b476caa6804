import { z } from 'zod';
import { MOST_OFFERS, MOST_TIMES } from './offer.schema.js';

const DAY_MS = 86_400_000;
/** How long an idempotency key is known, and how many of a user's are. */
const [KEY_MS, MOST_KEYS] = [DAY_MS, 30];

const usedKeySchema = z.strictObject({
  /** Digests of the key and of what was asked with it: the key is the caller's own. */
  key: z.string(),
  asked: z.string(),
  at: z.number(),
  /** What was made then. */
  offers: z.array(z.string()),
});
export type UsedKey = z.output<typeof usedKeySchema>;

/** What was made to one user: times of each offer, epoch ms, ascending, the newest 20; and idempotency keys of the last day. */
export const madeOffersSchema = z.strictObject({
  offers: z.array(z.tuple([z.string(), z.array(z.number())])),
  keys: z.array(usedKeySchema),
});
export type MadeOffers = z.output<typeof madeOffersSchema>;

export const NO_OFFERS: MadeOffers = { offers: [], keys: [] };

/** When an offer was made to the user, epoch ms, ascending. */
export const timesOf = ({ offers }: MadeOffers, offerId: string): readonly number[] =>
  offers.find(([id]) => id === offerId)?.[1] ?? [];

export interface Making {
  readonly offerIds: readonly string[];
  /** Epoch ms. */
  readonly at: number;
  readonly used?: Pick<UsedKey, 'key' | 'asked'> | undefined;
  /** The offers there are: of those that went, the oldest are forgotten where there is no room. */
  readonly known: ReadonlySet<string>;
}

/** With these offers made as well. */
export function withMade(made: MadeOffers, { offerIds, at, used, known }: Making): MadeOffers {
  const offers = new Map(made.offers);
  for (const id of offerIds) offers.set(id, [...(offers.get(id) ?? []), at].sort((a, b) => a - b).slice(-MOST_TIMES));
  const gone = [...offers].filter(([id]) => !known.has(id)).sort(([, a], [, b]) => (a.at(-1) ?? 0) - (b.at(-1) ?? 0));
  for (const [id] of gone.slice(0, Math.max(0, offers.size - MOST_OFFERS))) offers.delete(id);
  const keys = used === undefined ? made.keys : [...made.keys, { ...used, at, offers: [...offerIds] }];
  return { offers: [...offers], keys: keys.filter((one) => one.at > at - KEY_MS).slice(-MOST_KEYS) };
}

/** What was made under a key within a day. */
export const usedAt = ({ keys }: MadeOffers, key: string, now: number): UsedKey | undefined =>
  keys.find((one) => one.key === key && one.at > now - KEY_MS);
