import type { WrittenLanguage } from '../writing/description.style.js';

/** What an offer gives. */
export const OFFER_KINDS = ['percent', 'amount', 'free-delivery', 'gift', 'bundle'] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];

/** What is said of an offer: its discount, and the shop's own words. */
export interface OfferWords {
  readonly kind: OfferKind;
  /** Off the price: 1 to 90, of the kind `percent`. */
  readonly percent?: number | undefined;
  /** Off the price, of the kind `amount`; `currency` as ISO 4217 has it. */
  readonly amount?: { readonly amount: number; readonly currency: string } | undefined;
  /** The shop's own words; a gift and a bundle are told by them alone. */
  readonly title?: string | undefined;
  readonly terms?: string | undefined;
}

/** An offer with the items it is made on, as a message tells it. */
export interface OfferSaid {
  readonly offer: OfferWords;
  /** Titles of items that it covers; the first is wanted most. */
  readonly titles: readonly string[];
  readonly language: WrittenLanguage;
}

/** Most UTF-16 units of a message. */
export const OFFER_CHARS = 280;
