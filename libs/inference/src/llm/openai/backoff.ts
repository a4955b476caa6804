import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@attune/sdk';
import { PassingError } from './failures.js';

/** Time and chance of waiting between tries. */
export interface Pacing {
  /** Tells how far a moment in `Retry-After` is. */
  readonly clock: Pick<Clock, 'now'>;
  /** In [0, 1). */
  random(): number;
  /** Resolves after `ms`; may reject once the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** The machine's. */
export const REAL_PACING: Pacing = {
  clock: { now: () => Date.now() },
  random: () => Math.random(),
  wait: (ms, signal) => sleep(ms, undefined, { signal }),
};

const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [250, 4000];

/** An endpoint that asks for more time than this is not waited for: that is up to whoever asked. */
const LONGEST_ASKED_WAIT_MS = 10_000;

/** The tries of one call. */
export class Backoff {
  private tried = 0;

  constructor(
    private readonly retries: number,
    private readonly pacing: Pacing,
    private readonly signal: AbortSignal,
  ) {}

  /** Waits before another try: as long as the endpoint asks, else at random, longer each time. Throws where none can help. */
  async after(error: unknown): Promise<void> {
    if (!(error instanceof PassingError) || this.tried >= this.retries) throw error;
    if ((error.retryAfterMs ?? 0) > LONGEST_ASKED_WAIT_MS) throw error;
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.tried++);
    const ms = error.retryAfterMs ?? Math.floor(this.pacing.random() * longest);
    await this.pacing.wait(ms, this.signal).catch((cause: unknown) => {
      this.signal.throwIfAborted();
      throw cause;
    });
    this.signal.throwIfAborted();
  }
}
