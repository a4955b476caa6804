import { Controller, Inject, Req } from '@nestjs/common';
import type { Platform } from '../../platform/tenant-platform.js';
import { suggestFor } from '../calls/suggest.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import { Handles } from '../operations/operation.js';
import { suggest, type Suggestions } from '../operations/suggest.operations.js';
import { parsed } from '../problems/invalid-request.js';

@Controller()
export class SuggestController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(suggest)
  suggest(@Req() { tenant, query }: GatewayRequest): Promise<Suggestions> {
    return suggestFor(parsed(suggest.query, query), { platform: this.platform, tenant });
  }
}
