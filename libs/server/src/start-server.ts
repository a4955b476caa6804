import 'reflect-metadata';
import { performance } from 'node:perf_hooks';
import pino, { type Logger } from 'pino';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readEnvironment, type Environment } from './config/environment.schema.js';
import { prepareDemo } from './demo/first-start.js';
import { ProgressBars } from './demo/progress-bars.js';
import { createGateway } from './http/create-gateway.js';
import { listen, assertListenable } from './listen.js';
import type { Role } from './platform/backend.js';
import { openPlatform } from './platform/open-platform.js';
import { OpenedParts } from './platform/opened-parts.js';
import { warmUp } from './platform/warm-up.js';
import { startTracing } from './telemetry/start-tracing.js';
import { whatToTry } from './what-to-try.js';

/** How long requests under way may take once the server is told to stop. */
const STOP_GRACE_MS = 5_000;
const CLOCK = { now: () => Date.now(), monotonic: () => performance.now() };

export interface RunningServer {
  readonly url: string;
  /** Answers what is under way, lets go of the data, ends threads. May be called twice. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly variables: NodeJS.ProcessEnv;
  /** Version of the product. */
  readonly version: string;
  /** Aborted before the server listens: the start is given up, and nothing is left open. */
  readonly signal: AbortSignal;
  /** Whether to say on stdout what to try; default true. */
  readonly greet?: boolean;
  /** `worker`: does jobs, and answers no more than health and metrics. Default: what the environment says. */
  readonly role?: 'worker';
}

/**
 * Starts Attune: opens the data, prepares the demo shop on the first start, listens, says what to try. Rejects with one
 * clear error, or with the signal's reason, once everything is closed again.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const environment = readEnvironment(options.variables);
  if (options.role === 'worker' && environment.REDIS_URL === undefined)
    throw new Error('a worker needs ELASTICSEARCH_URL and REDIS_URL: npm run services:up starts both and prints them');
  const log = pino(
    { level: environment.ATTUNE_LOG_LEVEL ?? defaultLevel(), name: 'attune' },
    pino.destination({ dest: 2, sync: true }),
  );
  await assertListenable(environment);
  const opened = new OpenedParts();
  try {
    const role = options.role ?? environment.ATTUNE_ROLE;
    const url = await startOn(environment, { ...options, role, log }, opened);
    return { url, stop: () => opened.close() };
  } catch (error) {
    await opened.close().catch((failure: unknown) => log.error({ err: failure }, 'could not close what was opened'));
    throw error;
  }
}

interface StartParts extends Omit<StartOptions, 'role'> {
  readonly log: Logger;
  readonly role: Role;
}

/** Opens part after part; the address it listens on. */
async function startOn(
  environment: Environment,
  { version, signal, greet = true, log, role }: StartParts,
  opened: OpenedParts,
): Promise<string> {
  const tracing = await startTracing({ environment, version });
  if (tracing !== undefined) opened.add(() => tracing.stop());
  const platform = await openPlatform({ environment, role, clock: CLOCK, log, tracing, signal });
  opened.add(() => platform.close());
  const bars = new ProgressBars(process.stderr);
  // One process loads the shop: the one that is everything.
  const demo = role === 'all' && environment.ATTUNE_DEMO === 'on' && (await prepareDemo(platform, { bars, signal }));
  const metricsOpen = environment.ATTUNE_METRICS_OPEN === 'on';
  const answers = role === 'worker' ? 'probes' : 'all';
  const app = await createGateway(platform, { logger: log, tracing, metricsOpen, version, answers });
  opened.add(() => closeInTime(app));
  signal.throwIfAborted();
  if (role !== 'worker') await warmUp(platform);
  platform.metrics.reset();
  const url = await listen(app, environment);
  await platform.announce(url);
  log.info({ url, role }, 'listening');
  if (greet && role !== 'worker')
    process.stdout.write(await whatToTry(url, platform, { demo, keys: environment.ATTUNE_API_KEYS.size > 0 }));
  return url;
}

/** A client that never finishes its request must not keep the server from ending. */
async function closeInTime(app: NestFastifyApplication): Promise<void> {
  const hurry = setTimeout(() => app.getHttpServer().closeAllConnections(), STOP_GRACE_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(hurry);
  }
}

/** A person at a terminal sees progress and what to try; lines for machines would stand between. */
const defaultLevel = (): 'warn' | 'info' => (process.stderr.isTTY ? 'warn' : 'info');
