import { Controller, Inject } from '@nestjs/common';
import { AttuneError } from '@attune/sdk';
import type { Platform } from '../../platform/tenant-platform.js';
import { PLATFORM, VERSION } from '../gateway-request.js';
import { live, ready } from '../operations/health.operations.js';
import { Handles } from '../operations/operation.js';

interface Health {
  readonly status: 'ok';
  readonly version: string;
}

@Controller()
export class HealthController {
  constructor(
    @Inject(PLATFORM) private readonly platform: Platform,
    @Inject(VERSION) private readonly version: string,
  ) {}

  @Handles(live)
  live(): Health {
    return { status: 'ok', version: this.version };
  }

  @Handles(ready)
  ready(): Health {
    if (!this.platform.ready) throw new AttuneError('NOT_READY', 'the pipelines are being proved and warmed');
    return this.live();
  }
}
