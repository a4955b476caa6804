import { AttuneError } from '@attune/sdk';
import type { z } from 'zod';
import { offerSchema, type Offer } from '../../../offers/offer.schema.js';
import { TenantOffers } from '../../../offers/tenant-offers.js';
import type { Platform, TenantPlatform } from '../../../platform/tenant-platform.js';
import type { KeptOffers, listOffers, putOffer } from '../../operations/offers.operations.js';
import { InvalidRequest, parsed } from '../../problems/invalid-request.js';
import { checkFilterable } from '../filterable.js';

/** Who permits offers, and where. */
export interface Permitting {
  readonly tenant: TenantPlatform;
  readonly platform: Pick<Platform, 'clock' | 'config'>;
}

/**
 * Stores an offer.
 * @throws InvalidRequest where the body names another; AttuneError FIELD_NOT_FILTERABLE, TOO_MANY_OFFERS, NOT_DURABLE
 */
export async function permitOne(
  id: string,
  body: z.output<(typeof putOffer)['body']>,
  { tenant, platform }: Permitting,
): Promise<Offer> {
  if (body.id !== undefined && body.id !== id) {
    const message = 'is not that of the path: leave it out';
    throw new InvalidRequest([{ code: 'custom', path: ['id'], message, input: body.id }]);
  }
  const offer = parsed(offerSchema, { ...body, id });
  refuseUnfilterable(offer, platform);
  await TenantOffers.of(tenant, platform).catalogue.put(offer);
  return offer;
}

/** A page of offers, with how often those were made whose number is bounded. */
export async function offersPage(
  { limit, cursor }: z.output<(typeof listOffers)['query']>,
  { tenant, platform }: Permitting,
): Promise<KeptOffers> {
  const { catalogue, totals } = TenantOffers.of(tenant, platform);
  const page = await catalogue.page(limit, cursor);
  const bounded = page.offers.filter(({ caps }) => caps.total !== undefined).map(({ id }) => id);
  const made = await totals.of(bounded);
  const offers = page.offers.map((offer) =>
    bounded.includes(offer.id) ? { ...offer, made: made.get(offer.id) ?? 0 } : offer,
  );
  return { ...page, offers };
}

/** @throws AttuneError OFFER_NOT_FOUND, NOT_DURABLE */
export async function forbidOne(id: string, { tenant, platform }: Permitting): Promise<void> {
  const isThere = offerSchema.shape.id.safeParse(id).success;
  if (!isThere || !(await TenantOffers.of(tenant, platform).catalogue.delete(id)))
    throw new AttuneError('OFFER_NOT_FOUND', `no offer '${id.slice(0, 64)}'`);
}

function refuseUnfilterable({ items }: Offer, { config }: Permitting['platform']): void {
  try {
    checkFilterable(items.where, config.attributes);
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    throw new AttuneError(error.code, error.detail, { pointer: '/items/where', cause: error });
  }
}
