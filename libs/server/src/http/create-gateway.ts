import 'reflect-metadata';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Platform } from '../platform/tenant-platform.js';
import { DocsController } from './controllers/docs.controller.js';
import { EventsController } from './controllers/events.controller.js';
import { HealthController } from './controllers/health.controller.js';
import { ItemsController } from './controllers/items.controller.js';
import { JobsController } from './controllers/jobs.controller.js';
import { SlatesController } from './controllers/slates.controller.js';
import { GatewayAdapter } from './gateway.adapter.js';
import { PLATFORM, VERSION } from './gateway-request.js';
import { addHooks } from './hooks.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { problemSender } from './problems/send-problem.js';

export interface GatewayOptions {
  /** Default: nothing is logged. */
  readonly logger?: Logger | undefined;
  /** Version of the product, as `/openapi.json` and `/health` give it. */
  readonly version: string;
}

@Module({})
class GatewayModule {
  static on(platform: Platform, version: string): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [
        SlatesController,
        EventsController,
        ItemsController,
        JobsController,
        HealthController,
        DocsController,
      ],
      providers: [
        { provide: PLATFORM, useValue: platform },
        { provide: VERSION, useValue: version },
      ],
    };
  }
}

/**
 * The HTTP layer on a platform, not yet listening. `close()` lets requests under way end; the platform stays open, and
 * is its owner's to close afterwards.
 */
export async function createGateway(
  platform: Platform,
  { logger, version }: GatewayOptions,
): Promise<NestFastifyApplication> {
  const send = problemSender(logger);
  const adapter = new GatewayAdapter(send);
  addHooks(adapter.getInstance<FastifyInstance>(), platform, logger);
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule.on(platform, version), adapter, {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  app.useGlobalFilters(new ProblemFilter(send));
  await app.init();
  await adapter.getInstance<FastifyInstance>().ready();
  return app;
}
