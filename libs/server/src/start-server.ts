import 'reflect-metadata';
import { performance } from 'node:perf_hooks';
import pino from 'pino';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readEnvironment } from './config/environment.schema.js';
import { prepareDemo } from './demo/first-start.js';
import { ProgressBars } from './demo/progress-bars.js';
import { createGateway } from './http/create-gateway.js';
import { listen, assertListenable } from './listen.js';
import { openPlatform } from './platform/open-platform.js';
import { startTracing } from './telemetry/start-tracing.js';
import { warmUp } from './platform/warm-up.js';
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
}

/**
 * Starts Attune: opens the data, prepares the demo shop on the first start, listens, says what to try. Rejects with one
 * clear error, or with the signal's reason, once everything is closed again.
 */
export async function startServer({ variables, version, signal, greet = true }: StartOptions): Promise<RunningServer> {
  const environment = readEnvironment(variables);
  const log = pino(
    { level: environment.ATTUNE_LOG_LEVEL ?? defaultLevel(), name: 'attune' },
    pino.destination({ dest: 2, sync: true }),
  );
  await assertListenable(environment);
  const tracing = await startTracing({ environment, version });
  const platform = await openPlatform({ environment, clock: CLOCK, log, tracing, signal });
  let app: NestFastifyApplication | undefined;
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    // A client that never finishes its request must not keep the server from ending.
    const hurry = setTimeout(() => app?.getHttpServer().closeAllConnections(), STOP_GRACE_MS);
    try {
      await app?.close();
    } finally {
      clearTimeout(hurry);
      await platform.close();
      await tracing?.stop();
    }
  };
  try {
    const bars = new ProgressBars(process.stderr);
    const demo = environment.ATTUNE_DEMO === 'on' && (await prepareDemo(platform, { bars, signal }));
    app = await createGateway(platform, {
      logger: log,
      tracing,
      metricsOpen: environment.ATTUNE_METRICS_OPEN === 'on',
      version,
    });
    signal.throwIfAborted();
    await warmUp(platform);
    platform.metrics.reset();
    const url = await listen(app, environment);
    await platform.announce(url);
    log.info({ url }, 'listening');
    if (greet) process.stdout.write(whatToTry(url, platform, { demo, keys: environment.ATTUNE_API_KEYS.size > 0 }));
    return { url, stop: () => (stopping ??= stop()) };
  } catch (error) {
    await stop().catch((failure: unknown) => log.error({ err: failure }, 'could not close what was opened'));
    throw error;
  }
}

/** A person at a terminal sees progress and what to try; lines for machines would stand between. */
const defaultLevel = (): 'warn' | 'info' => (process.stderr.isTTY ? 'warn' : 'info');
