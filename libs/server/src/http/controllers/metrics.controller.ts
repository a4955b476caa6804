import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Platform } from '../../platform/tenant-platform.js';
import { PLATFORM } from '../gateway-request.js';
import { getMetrics } from '../operations/metrics.operations.js';
import { Handles } from '../operations/operation.js';

@Controller()
export class MetricsController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(getMetrics)
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    const { metrics } = this.platform;
    const text = await metrics.text();
    void reply.type(metrics.contentType).send(text);
  }
}
