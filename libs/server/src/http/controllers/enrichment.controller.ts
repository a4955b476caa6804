import { Controller, Inject, Req } from '@nestjs/common';
import type { Platform } from '../../platform/tenant-platform.js';
import { decideValue, enrichmentsPage, oneEnrichment } from '../calls/enrichment/enrichments.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import {
  decideEnrichment,
  getEnrichment,
  listEnrichments,
  type ItemEnrichment,
} from '../operations/enrichment.operations.js';
import { Handles } from '../operations/operation.js';
import { parsed } from '../problems/invalid-request.js';

/** What was read from the texts of items. */
@Controller()
export class EnrichmentController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(listEnrichments)
  list(@Req() { tenant, query }: GatewayRequest): ReturnType<typeof enrichmentsPage> {
    return enrichmentsPage(parsed(listEnrichments.query, query), tenant);
  }

  @Handles(getEnrichment)
  get(@Req() { tenant, params }: GatewayRequest): Promise<ItemEnrichment> {
    return oneEnrichment(params.id, tenant);
  }

  @Handles(decideEnrichment)
  decide(@Req() { tenant, params, body }: GatewayRequest): Promise<ItemEnrichment> {
    return decideValue(params.id, parsed(decideEnrichment.body, body), { tenant, platform: this.platform });
  }
}
