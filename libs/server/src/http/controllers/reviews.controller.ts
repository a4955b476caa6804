import { Controller, Inject, Req } from '@nestjs/common';
import type { Platform } from '../../platform/tenant-platform.js';
import { reviewsOf } from '../calls/item-reviews.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import { Handles } from '../operations/operation.js';
import { getReviews, type ItemReviews } from '../operations/reviews.operations.js';
import { parsed } from '../problems/invalid-request.js';

/** What reviews say. */
@Controller()
export class ReviewsController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(getReviews)
  get(@Req() { tenant, params, query }: GatewayRequest): Promise<ItemReviews> {
    return reviewsOf(params.id, parsed(getReviews.query, query), { tenant, platform: this.platform });
  }
}
