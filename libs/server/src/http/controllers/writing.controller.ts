import { Controller, Inject, Req } from '@nestjs/common';
import type { Platform } from '../../platform/tenant-platform.js';
import { describeItem } from '../calls/writing/write-description.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import { Handles } from '../operations/operation.js';
import { writeDescription, type ItemDescription } from '../operations/writing.operations.js';
import { parsed } from '../problems/invalid-request.js';

/** Texts about items. */
@Controller()
export class WritingController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(writeDescription)
  describe(@Req() { tenant, params, body }: GatewayRequest): Promise<ItemDescription> {
    return describeItem(params.id, parsed(writeDescription.body, body), { tenant, platform: this.platform });
  }
}
