import { Controller, Inject, Req } from '@nestjs/common';
import { AttuneError } from '@attune/sdk';
import { diagnose, type Diagnosis } from '../../diagnosis/diagnose.js';
import type { Platform } from '../../platform/tenant-platform.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import { getDiagnosis } from '../operations/diagnosis.operations.js';
import { Handles } from '../operations/operation.js';

@Controller()
export class DiagnosisController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(getDiagnosis)
  async get(@Req() { tenant }: GatewayRequest): Promise<Diagnosis> {
    if (!this.platform.ready) throw new AttuneError('NOT_READY', 'the pipelines are being proved and warmed');
    return await diagnose(tenant, this.platform);
  }
}
