import { Controller, Req } from '@nestjs/common';
import { listSpaces, type Spaces } from '../../spaces/list-spaces.js';
import { useVersion } from '../../spaces/use-version.js';
import type { GatewayRequest } from '../gateway-request.js';
import { Handles } from '../operations/operation.js';
import { getSpaces, useSpaceVersion } from '../operations/spaces.operations.js';
import { parsed } from '../problems/invalid-request.js';

@Controller()
export class SpacesController {
  @Handles(getSpaces)
  list(@Req() { tenant }: GatewayRequest): Promise<Spaces> {
    return listSpaces(tenant);
  }

  @Handles(useSpaceVersion)
  async use(@Req() { tenant, params, body }: GatewayRequest<'space'>): Promise<Spaces> {
    const { version } = parsed(useSpaceVersion.body, body);
    await useVersion({ space: params.space, version }, tenant);
    return listSpaces(tenant);
  }
}
