import { Controller, Inject, Req } from '@nestjs/common';
import type { Platform } from '../../platform/tenant-platform.js';
import { countEvents } from '../../telemetry/count-events.js';
import { ingestEvents } from '../calls/ingest-events.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import { recordEvents, type EventsReceipt } from '../operations/events.operations.js';
import { Handles } from '../operations/operation.js';

@Controller()
export class EventsController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(recordEvents)
  async record(@Req() { tenant, body }: GatewayRequest): Promise<EventsReceipt> {
    const { clock, config, metrics } = this.platform;
    const { weights } = config.events;
    const receipt = await ingestEvents(body, { events: tenant.stores.events, weights, now: () => clock.now() });
    countEvents(metrics, tenant.tenant, receipt);
    return receipt;
  }
}
