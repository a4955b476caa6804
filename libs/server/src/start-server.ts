import 'reflect-metadata';
import { performance } from 'node:perf_hooks';
import pino, { type Logger } from 'pino';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readEnvironment, type Environment } from './config/environment.schema.js';
import { prepareDemo } from './demo/first-start.js';
import { ProgressBars } from './demo/progress-bars.js';
import { createGateway } from './http/create-gateway.js';
import { openPlatform, type OpenedPlatform } from './platform/open-platform.js';
import { whatToTry } from './what-to-try.js';

const CLOCK = { now: () => Date.now(), monotonic: () => performance.now() };

export interface RunningServer {
  readonly url: string;
  /** Answers what is under way, lets go of the data, ends threads. May be called twice. */
  stop(): Promise<void>;
}

/** Starts Attune: opens the data, prepares the demo shop on the first start, listens, says what to try. */
export async function startServer(variables: NodeJS.ProcessEnv, version: string): Promise<RunningServer> {
  const environment = readEnvironment(variables);
  const log = pino({ level: environment.ATTUNE_LOG_LEVEL, name: 'attune' }, pino.destination({ dest: 2, sync: true }));
  const platform = await openPlatform({ environment, clock: CLOCK, log });
  try {
    if (environment.ATTUNE_DEMO === 'on') await prepareDemo(platform, new ProgressBars(process.stderr));
    const app = await createGateway(platform, { logger: log, version });
    const url = await listen(app, environment, { platform, log });
    process.stdout.write(whatToTry(url, platform));
    const stop = async (): Promise<void> => {
      await app.close();
      await platform.close();
    };
    return { url, stop };
  } catch (error) {
    await platform.close();
    throw error;
  }
}

interface ListenParts {
  readonly platform: OpenedPlatform;
  readonly log: Logger;
}

async function listen(app: NestFastifyApplication, { PORT, HOST }: Environment, { platform, log }: ListenParts): Promise<string> {
  try {
    await app.listen(PORT, HOST);
  } catch (error) {
    const inUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    throw inUse ? new Error(`port ${PORT} is taken: stop what listens there, or start with PORT=${PORT + 1}`) : error;
  }
  const url = (await app.getUrl()).replace('[::1]', 'localhost');
  await platform.announce(url);
  log.info({ url }, 'listening');
  return url;
}
