import { Controller, Inject, Req } from '@nestjs/common';
import type { Platform } from '../../platform/tenant-platform.js';
import { decideOne, draftsPage, type DraftsPage } from '../calls/drafts/drafts.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import { decideDraft, listDrafts, type ItemDraft } from '../operations/drafts.operations.js';
import { Handles } from '../operations/operation.js';
import { parsed } from '../problems/invalid-request.js';

/** Descriptions that wait for somebody. */
@Controller()
export class DraftsController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(listDrafts)
  list(@Req() { tenant, query }: GatewayRequest): Promise<DraftsPage> {
    return draftsPage(parsed(listDrafts.query, query), tenant);
  }

  @Handles(decideDraft)
  decide(@Req() { tenant, params, body }: GatewayRequest): Promise<ItemDraft> {
    return decideOne(params.id, parsed(decideDraft.body, body), { tenant, platform: this.platform });
  }
}
