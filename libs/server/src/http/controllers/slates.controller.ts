import { Controller, Inject, Req } from '@nestjs/common';
import { nextPageSchema, searchRequestSchema, slateRequestSchema, type SlateAnswer } from '@attune/sdk';
import type { Platform } from '../../platform/tenant-platform.js';
import type { WhyAnswer } from '../../slates/why.schema.js';
import type { Asking } from '../calls/slates/asking.js';
import { slatesFor, type SlateBatchAnswer } from '../calls/slates/batch.js';
import { isNextPage, nextPage } from '../calls/slates/next-page.js';
import { similarTo, slateFor } from '../calls/slates/recommend.js';
import { searchFor } from '../calls/slates/search.js';
import { whyFor } from '../calls/slates/why/why.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import { Handles } from '../operations/operation.js';
import {
  batchEnvelopeSchema,
  recommend,
  recommendBatch,
  search,
  similarItems,
  why,
} from '../operations/slates.operations.js';
import { parsed } from '../problems/invalid-request.js';

@Controller()
export class SlatesController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(recommend)
  recommend(@Req() request: GatewayRequest): Promise<SlateAnswer> {
    const { body } = request;
    const asking = this.asking(request);
    if (isNextPage(body)) return nextPage('recommend', parsed(nextPageSchema, body), asking);
    return slateFor(parsed(slateRequestSchema, body), asking);
  }

  @Handles(recommendBatch)
  batch(@Req() request: GatewayRequest): Promise<SlateBatchAnswer> {
    return slatesFor(parsed(batchEnvelopeSchema, request.body).requests, this.asking(request));
  }

  @Handles(why)
  why(@Req() request: GatewayRequest): Promise<WhyAnswer> {
    return whyFor(parsed(why.body, request.body), this.asking(request));
  }

  @Handles(search)
  search(@Req() request: GatewayRequest): Promise<SlateAnswer> {
    const { body } = request;
    const asking = this.asking(request);
    if (isNextPage(body)) return nextPage('search', parsed(nextPageSchema, body), asking);
    return searchFor(parsed(searchRequestSchema, body), asking);
  }

  @Handles(similarItems)
  similar(@Req() request: GatewayRequest): Promise<SlateAnswer> {
    return similarTo(request.params.id, parsed(similarItems.query, request.query), this.asking(request));
  }

  private asking({ tenant, id }: GatewayRequest): Asking {
    return { platform: this.platform, tenant, requestId: id };
  }
}
