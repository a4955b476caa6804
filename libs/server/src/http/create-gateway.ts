import 'reflect-metadata';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Platform } from '../platform/tenant-platform.js';
import type { Tracing } from '../telemetry/tracing.js';
import { ChatController } from './controllers/chat.controller.js';
import { DiagnosisController } from './controllers/diagnosis.controller.js';
import { DocsController } from './controllers/docs.controller.js';
import { DraftsController } from './controllers/drafts.controller.js';
import { EnrichmentController } from './controllers/enrichment.controller.js';
import { EventsController } from './controllers/events.controller.js';
import { InterestsController } from './controllers/interests.controller.js';
import { ReviewsController } from './controllers/reviews.controller.js';
import { HealthController } from './controllers/health.controller.js';
import { ItemsController } from './controllers/items.controller.js';
import { JobsController } from './controllers/jobs.controller.js';
import { LlmController } from './controllers/llm.controller.js';
import { SlateLogController } from './controllers/slate-log.controller.js';
import { MetricsController } from './controllers/metrics.controller.js';
import { SlatesController } from './controllers/slates.controller.js';
import { ModelsController } from './controllers/models.controller.js';
import { OffersController } from './controllers/offers.controller.js';
import { SpacesController } from './controllers/spaces.controller.js';
import { SuggestController } from './controllers/suggest.controller.js';
import { UsersController } from './controllers/users.controller.js';
import { WritingController } from './controllers/writing.controller.js';
import { GatewayAdapter } from './gateway.adapter.js';
import { PLATFORM, VERSION } from './gateway-request.js';
import { addHooks } from './hooks.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { problemSender } from './problems/send-problem.js';

export interface GatewayOptions {
  /** Default: nothing is logged. */
  readonly logger?: Logger | undefined;
  /** Default: no traces. */
  readonly tracing?: Tracing | undefined;
  /** Whether metrics need no key where the server has any; default no. */
  readonly metricsOpen?: boolean;
  /** Version of the product, as `/openapi.json` and `/health` give it. */
  readonly version: string;
  /** What it answers: the whole contract, or (`probes`) no more than health and metrics; default all. */
  readonly answers?: 'all' | 'probes';
}

const PROBES = [HealthController, MetricsController];
const CONTROLLERS = [
  SlatesController,
  SuggestController,
  ChatController,
  LlmController,
  SlateLogController,
  EventsController,
  ItemsController,
  WritingController,
  EnrichmentController,
  DraftsController,
  ReviewsController,
  UsersController,
  InterestsController,
  OffersController,
  JobsController,
  SpacesController,
  ModelsController,
  DiagnosisController,
  ...PROBES,
  DocsController,
];

@Module({})
class GatewayModule {
  static on(platform: Platform, { version, answers }: Pick<GatewayOptions, 'version' | 'answers'>): DynamicModule {
    return {
      module: GatewayModule,
      controllers: answers === 'probes' ? PROBES : CONTROLLERS,
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
  { logger, tracing, metricsOpen = false, ...answering }: GatewayOptions,
): Promise<NestFastifyApplication> {
  const send = problemSender(logger);
  const adapter = new GatewayAdapter(send);
  addHooks(adapter.getInstance<FastifyInstance>(), platform, { logger, tracing, metricsOpen });
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule.on(platform, answering), adapter, {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  app.useGlobalFilters(new ProblemFilter(send));
  await app.init();
  await adapter.getInstance<FastifyInstance>().ready();
  return app;
}
