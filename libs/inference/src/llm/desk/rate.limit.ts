import type { Clock } from '@attune/sdk';

const MINUTE_MS = 60_000;

/** A token bucket: holds what a minute gives and fills evenly. What is drawn beyond it is waited for. */
export class RateLimit {
  #level: number;
  #filledAt: number;

  /** `perMinute`: undefined = no limit. */
  constructor(
    private readonly clock: Pick<Clock, 'monotonic'>,
    private readonly perMinute: number | undefined,
  ) {
    this.#level = perMinute ?? 0;
    this.#filledAt = clock.monotonic();
  }

  /** Milliseconds until `amount` may be drawn; an amount over a whole minute's waits for a full bucket. */
  waitMs(amount: number): number {
    if (this.perMinute === undefined) return 0;
    this.#fill(this.perMinute);
    const lacking = Math.min(amount, this.perMinute) - this.#level;
    return lacking <= 0 ? 0 : (lacking / this.perMinute) * MINUTE_MS;
  }

  /** Takes `amount` (negative: gives back), also before it is there: those who come later wait for it. */
  draw(amount: number): void {
    if (this.perMinute === undefined) return;
    this.#fill(this.perMinute);
    this.#level = Math.min(this.perMinute, this.#level - amount);
  }

  #fill(perMinute: number): void {
    const now = this.clock.monotonic();
    this.#level = Math.min(perMinute, this.#level + ((now - this.#filledAt) / MINUTE_MS) * perMinute);
    this.#filledAt = now;
  }
}
