import { mayProfile, NO_EVENTS } from '@attune/sdk';
import { needsPast, type ReadyOffer } from '../../../offers/offer-rules.js';
import { interestsOf, type Shopper } from '../../../offers/shopper.js';
import { TenantOffers } from '../../../offers/tenant-offers.js';
import type { Asking } from '../slates/asking.js';

/** What the rules of these offers look at of a user, as of `now` (epoch ms); of his past nothing where he does not consent. */
export async function shopperOf(
  userId: string,
  { offers, now }: { readonly offers: readonly ReadyOffer[]; readonly now: number },
  { tenant, platform }: Asking,
): Promise<Shopper> {
  const { stores } = tenant;
  const { totals, claimed } = TenantOffers.of(tenant, platform);
  const bounded = offers.filter(({ offer }) => offer.caps.total !== undefined).map(({ offer }) => offer.id);
  const [[user], made, counts] = await Promise.all([
    stores.users.get([userId]),
    claimed.of(userId),
    totals.of(bounded),
  ]);
  const common = { user, made, totals: counts };
  if (!mayProfile(user)) return { ...common, history: undefined, interests: [] };
  const looking = offers.filter(({ offer }) => needsPast(offer));
  if (looking.length === 0) return { ...common, history: NO_EVENTS, interests: [] };
  const history = await stores.events.history({ userId }, now);
  const isInterest = looking.some(({ offer }) => offer.eligible.interestedIn !== undefined);
  const interests = isInterest ? await stores.items.get(interestsOf(history)) : [];
  return { ...common, history, interests: interests.filter((item) => item !== undefined) };
}
