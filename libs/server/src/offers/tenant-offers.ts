import type { Platform, TenantPlatform } from '../platform/tenant-platform.js';
import { ClaimedOffers } from './claimed-offers.js';
import { OfferCatalogue } from './offer-catalogue.js';
import { OfferTotals } from './offer-totals.js';

const all = new WeakMap<TenantPlatform, TenantOffers>();

/** What offers of one tenant are made with; made when the first one is asked for. */
export class TenantOffers {
  readonly catalogue: OfferCatalogue;
  readonly totals: OfferTotals;
  readonly claimed: ClaimedOffers;

  private constructor({ stores: { records } }: TenantPlatform, clock: Platform['clock']) {
    this.catalogue = new OfferCatalogue(records, clock);
    this.totals = new OfferTotals(records);
    this.claimed = new ClaimedOffers(records, this.totals);
  }

  static of(tenant: TenantPlatform, { clock }: Pick<Platform, 'clock'>): TenantOffers {
    const known = all.get(tenant);
    if (known !== undefined) return known;
    const offers = new TenantOffers(tenant, clock);
    all.set(tenant, offers);
    return offers;
  }
}
