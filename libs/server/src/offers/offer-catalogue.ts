import { AttuneError, type KeptRecord, type RecordStore } from '@attune/sdk';
import { readyOffer, type ReadyOffer } from './offer-rules.js';
import { MOST_OFFERS, offerSchema, type Offer } from './offer.schema.js';
import { plainJson } from '../plain-json.js';

const KIND = 'offer';
/** What other processes change is known after so long. */
const HELD_MS = 2_000;

export interface OffersPage {
  readonly offers: readonly Offer[];
  /** Id of the last one, where there are more. */
  readonly cursor?: string;
}

/** The offers that a tenant permits, and a copy of them for requests. */
export class OfferCatalogue {
  #held: { readonly offers: Promise<readonly ReadyOffer[]>; readonly at: number } | undefined;

  constructor(
    private readonly records: RecordStore,
    private readonly clock: { monotonic(): number },
  ) {}

  /** All of them, ready to be judged: what this process changed at once, others' changes within two seconds. */
  all(): Promise<readonly ReadyOffer[]> {
    const now = this.clock.monotonic();
    if (this.#held === undefined || now - this.#held.at >= HELD_MS) {
      const offers = this.#read();
      const held = { offers, at: now };
      this.#held = held;
      // Where it fails, the next who asks tries again.
      offers.catch(() => {
        if (this.#held === held) this.#held = undefined;
      });
    }
    return this.#held.offers;
  }

  /** @throws AttuneError TOO_MANY_OFFERS; NOT_DURABLE */
  async put(offer: Offer): Promise<void> {
    const [known] = await this.records.get(KIND, [offer.id]);
    if (known === undefined && (await this.records.count(KIND)) >= MOST_OFFERS)
      throw new AttuneError('TOO_MANY_OFFERS', `there are ${MOST_OFFERS} offers already: delete those that are over`);
    await this.#change(() => this.records.put(KIND, [{ id: offer.id, value: plainJson(offer) }]));
  }

  /** Whether it was there. */
  async delete(id: string): Promise<boolean> {
    return (await this.#change(() => this.records.delete(KIND, [id]))) > 0;
  }

  /** By id. */
  async page(limit: number, after: string | undefined): Promise<OffersPage> {
    const found = await this.records.list(KIND, { limit: limit + 1, after });
    const offers = found.slice(0, limit).flatMap(offerIn);
    const last = found[limit - 1];
    return found.length > limit && last !== undefined ? { offers, cursor: last.id } : { offers };
  }

  /** The copy is let go of afterwards: also one that others began to read in between, which may be of before. */
  async #change<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      this.#held = undefined;
    }
  }

  async #read(): Promise<readonly ReadyOffer[]> {
    const found = await this.records.list(KIND, { limit: 1000 });
    return found.flatMap(offerIn).map(readyOffer);
  }
}

/** None where a newer version of the server wrote what this one does not know: it cannot tell to whom it may be made. */
function offerIn({ value }: KeptRecord): readonly Offer[] {
  const read = offerSchema.safeParse(value);
  return read.success ? [read.data] : [];
}
