import { Controller, Inject, Req } from '@nestjs/common';
import type { User } from '@attune/sdk';
import type { Platform } from '../../platform/tenant-platform.js';
import { describeAll, describeOne, erase, exportOne, getOne, identify } from '../calls/users.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import { Handles } from '../operations/operation.js';
import {
  eraseUser,
  exportUser,
  getUser,
  identifyUser,
  putUser,
  putUsers,
  type UserExport,
  type UsersReceipt,
} from '../operations/users.operations.js';
import { parsed } from '../problems/invalid-request.js';

@Controller()
export class UsersController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(putUsers)
  putMany(@Req() { tenant, body }: GatewayRequest): Promise<UsersReceipt> {
    return describeAll(body, tenant);
  }

  @Handles(putUser)
  put(@Req() { tenant, params, body }: GatewayRequest): Promise<User> {
    return describeOne(params.id, parsed(putUser.body, body), tenant);
  }

  @Handles(getUser)
  get(@Req() { tenant, params }: GatewayRequest): Promise<User> {
    return getOne(params.id, tenant);
  }

  @Handles(identifyUser)
  identify(@Req() { tenant, params }: GatewayRequest<'id' | 'anonymousId'>): Promise<void> {
    return identify(params, this.platform.clock.now(), tenant);
  }

  @Handles(exportUser)
  export(@Req() { tenant, params }: GatewayRequest): Promise<UserExport> {
    return exportOne(params.id, tenant);
  }

  @Handles(eraseUser)
  erase(@Req() { tenant, params }: GatewayRequest): Promise<{ readonly jobId: string }> {
    return erase(params.id, tenant);
  }
}
