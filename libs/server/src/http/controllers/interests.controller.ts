import { Controller, Inject, Req } from '@nestjs/common';
import type { Platform } from '../../platform/tenant-platform.js';
import { deleteInterests as drop, editedBy, interestsOf } from '../calls/interests/interests.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import {
  deleteInterests,
  editInterests,
  getInterests,
  type UserInterests,
} from '../operations/interests.operations.js';
import { Handles } from '../operations/operation.js';
import { parsed } from '../problems/invalid-request.js';

/** What users are interested in, for them to see, to edit and to delete. */
@Controller()
export class InterestsController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(getInterests)
  get(@Req() { tenant, params, query }: GatewayRequest): Promise<UserInterests> {
    return interestsOf(params.id, parsed(getInterests.query, query), { tenant, platform: this.platform });
  }

  @Handles(editInterests)
  edit(@Req() { tenant, params, body }: GatewayRequest): Promise<UserInterests> {
    return editedBy(params.id, parsed(editInterests.body, body), { tenant, platform: this.platform });
  }

  @Handles(deleteInterests)
  delete(@Req() { tenant, params }: GatewayRequest): Promise<void> {
    return drop(params.id, { tenant, platform: this.platform });
  }
}
