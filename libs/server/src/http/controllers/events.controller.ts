import { Controller, Inject, Req } from '@nestjs/common';
import type { Platform } from '../../platform/tenant-platform.js';
import { ingestEvents } from '../calls/ingest-events.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import { recordEvents, type EventsReceipt } from '../operations/events.operations.js';
import { Handles } from '../operations/operation.js';

@Controller()
export class EventsController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(recordEvents)
  record(@Req() { tenant, body }: GatewayRequest): Promise<EventsReceipt> {
    const { clock, config } = this.platform;
    return ingestEvents(body, { events: tenant.stores.events, weights: config.events.weights, now: clock.now() });
  }
}
