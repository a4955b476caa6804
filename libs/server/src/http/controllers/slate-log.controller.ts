import { Controller, Inject, Param, Req } from '@nestjs/common';
import type { LoggedSlate } from '@attune/sdk';
import type { Platform } from '../../platform/tenant-platform.js';
import { attributionOf, type AttributionAnswer } from '../calls/attribution.js';
import { loggedSlate, replay, type ReplayAnswer } from '../calls/slates/replay.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import { attribution } from '../operations/attribution.operations.js';
import { Handles } from '../operations/operation.js';
import { getSlate, replaySlate } from '../operations/slate-log.operations.js';
import { parsed } from '../problems/invalid-request.js';

/** What was shown, and what came of it. */
@Controller()
export class SlateLogController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(getSlate)
  slate(@Req() { tenant }: GatewayRequest, @Param('slateId') slateId: string): Promise<LoggedSlate> {
    return loggedSlate(slateId, { tenant });
  }

  @Handles(replaySlate)
  replay(@Req() { tenant, id }: GatewayRequest, @Param('slateId') slateId: string): Promise<ReplayAnswer> {
    return replay(slateId, { platform: this.platform, tenant, requestId: id });
  }

  @Handles(attribution)
  attribution(@Req() { tenant, query }: GatewayRequest): Promise<AttributionAnswer> {
    return attributionOf(parsed(attribution.query, query), tenant);
  }
}
