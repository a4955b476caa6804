import { Controller, Inject, Req } from '@nestjs/common';
import type { SlateAnswer } from '@attune/sdk';
import type { Platform } from '../../platform/tenant-platform.js';
import { searchFor, similarTo, slateFor, type Asking } from '../calls/slates.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import { Handles } from '../operations/operation.js';
import { recommend, search, similarItems } from '../operations/slates.operations.js';
import { parsed } from '../problems/invalid-request.js';

@Controller()
export class SlatesController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(recommend)
  recommend(@Req() request: GatewayRequest): Promise<SlateAnswer> {
    return slateFor(parsed(recommend.body, request.body), this.asking(request));
  }

  @Handles(search)
  search(@Req() request: GatewayRequest): ReturnType<typeof searchFor> {
    return searchFor(parsed(search.body, request.body), this.asking(request));
  }

  @Handles(similarItems)
  similar(@Req() request: GatewayRequest): Promise<SlateAnswer> {
    return similarTo(request.params.id, parsed(similarItems.query, request.query), this.asking(request));
  }

  private asking({ tenant, id }: GatewayRequest): Asking {
    return { platform: this.platform, tenant, requestId: id };
  }
}
