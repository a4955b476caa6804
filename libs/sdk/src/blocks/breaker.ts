import type { Clock } from './clock.js';

const MISSES_TO_OPEN = 5;
const REST_MS = 5_000;

/**
 * A circuit breaker: after five misses in a row the plugin rests for five seconds, then one call tries it again.
 * A success closes it.
 */
export class Breaker {
  #misses = 0;
  #openUntil = 0;
  #trying = false;

  constructor(private readonly clock: Clock) {}

  /** Whether a call may go through now. */
  admits(): boolean {
    if (this.#misses < MISSES_TO_OPEN) return true;
    if (this.#trying || this.clock.monotonic() < this.#openUntil) return false;
    this.#trying = true;
    return true;
  }

  succeeded(): void {
    this.#misses = 0;
    this.#trying = false;
  }

  missed(): void {
    this.#misses += 1;
    this.#trying = false;
    if (this.#misses >= MISSES_TO_OPEN) this.#openUntil = this.clock.monotonic() + REST_MS;
  }

  /** A call ended without telling anything about the plugin: it had next to no time. */
  spared(): void {
    this.#trying = false;
  }

  get isOpen(): boolean {
    return this.#misses >= MISSES_TO_OPEN;
  }
}
