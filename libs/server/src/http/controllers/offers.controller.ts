import { Controller, Inject, Req } from '@nestjs/common';
import type { Offer } from '../../offers/offer.schema.js';
import type { Platform } from '../../platform/tenant-platform.js';
import { offersFor } from '../calls/offers/make-offers.js';
import { forbidOne, offersPage, permitOne } from '../calls/offers/permit-offers.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import {
  deleteOffer,
  listOffers,
  makeOffers,
  putOffer,
  type KeptOffers,
  type OffersMade,
} from '../operations/offers.operations.js';
import { Handles } from '../operations/operation.js';
import { parsed } from '../problems/invalid-request.js';

/** Offers that may be made, and making them. */
@Controller()
export class OffersController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(makeOffers)
  make(@Req() { tenant, body, headers, id }: GatewayRequest): Promise<OffersMade> {
    const idempotencyKey = parsed(makeOffers.headers, headers)['idempotency-key'];
    const asking = { tenant, platform: this.platform, requestId: id };
    return offersFor(parsed(makeOffers.body, body), idempotencyKey, asking);
  }

  @Handles(putOffer)
  put(@Req() { tenant, params, body }: GatewayRequest): Promise<Offer> {
    return permitOne(params.id, parsed(putOffer.body, body), { tenant, platform: this.platform });
  }

  @Handles(listOffers)
  list(@Req() { tenant, query }: GatewayRequest): Promise<KeptOffers> {
    return offersPage(parsed(listOffers.query, query), { tenant, platform: this.platform });
  }

  @Handles(deleteOffer)
  delete(@Req() { tenant, params }: GatewayRequest): Promise<void> {
    return forbidOne(params.id, { tenant, platform: this.platform });
  }
}
