import { setTimeout as pause } from 'node:timers/promises';
import type { ChainableCommander } from 'ioredis';
import type { RedisScript } from '../redis/redis.connection.js';
import type { RecordAccess } from './job-records.js';

/** Between two attempts while Redis is away. */
const PAUSE_MS = 250;

/** The same access for workers: what was done is not lost because Redis is away for a while. */
export class PatientAccess implements RecordAccess {
  /** @param ended Aborted when nobody waits any more; what fails from then on is thrown. */
  constructor(
    private readonly access: RecordAccess,
    private readonly ended: AbortSignal,
  ) {}

  script(script: RedisScript, keys: readonly string[], values: readonly (string | number)[]): Promise<unknown> {
    return patiently(() => this.access.script(script, keys, values), this.ended);
  }

  pipeline(fill: (commands: ChainableCommander) => void): Promise<readonly unknown[]> {
    return patiently(() => this.access.pipeline(fill), this.ended);
  }
}

/** Makes a call to Redis until it is answered. Only for calls that may be made twice. */
export async function patiently<T>(call: () => Promise<T>, ended: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (ended.aborted || isRefusal(error)) throw error;
      await pause(PAUSE_MS, undefined, { signal: ended });
    }
  }
}

/** Redis answered, and will not answer otherwise. */
function isRefusal(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return (
    cause instanceof Error && cause.name === 'ReplyError' && !/^(LOADING|READONLY|OOM|CLUSTERDOWN)/.test(cause.message)
  );
}
