import type { Llm } from '@attune/sdk';
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
  readonly #llms = new Map<string, Llm>();

  private constructor(
    private readonly tenant: TenantPlatform,
    clock: Platform['clock'],
  ) {
    const { records } = tenant.stores;
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

  /** One purpose for all messages: it has a circuit. Rejects with `LLM_MISSING` where the server has no such model. */
  async llm(runs: 'service' | 'any'): Promise<Llm> {
    const llm = this.#llms.get(runs) ?? (await this.tenant.llm.open('offer', { runs }));
    this.#llms.set(runs, llm);
    return llm;
  }
}
