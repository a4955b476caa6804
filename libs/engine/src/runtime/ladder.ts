import type { Clock, Traits } from '@attune/sdk';

/** Tiers in the order they are let go: full → without LLM → without sequence model → content and popularity. */
const LETS_GO: readonly Traits['tier'][] = ['llm', 'sequence', 'standard'];
const CLIMB_ABOVE = 0.8;
const DESCEND_BELOW = 0.4;
const SMOOTHING = 0.1;
const STEP_MS = 1_000;

/**
 * The degradation ladder: follows the smoothed share of the deadline that slates take, and moves one rung a second at
 * most, so that a busy server sheds its dearest plugins first and takes them back when it has room.
 */
export class Ladder {
  #share = 0;
  #rung = 0;
  #movedAt = -Infinity;

  constructor(private readonly clock: Clock) {}

  /** 0 = everything runs. */
  get rung(): number {
    return this.#rung;
  }

  /** Tiers that are switched off now. */
  shed(): ReadonlySet<string> {
    return SHED[this.#rung]!;
  }

  /** A slate took `tookMs` of its `deadlineMs`. */
  observe(tookMs: number, deadlineMs: number): void {
    this.#share += SMOOTHING * (tookMs / deadlineMs - this.#share);
    const now = this.clock.monotonic();
    if (now - this.#movedAt < STEP_MS) return;
    if (this.#share > CLIMB_ABOVE && this.#rung < LETS_GO.length) this.#move(1, now);
    else if (this.#share < DESCEND_BELOW && this.#rung > 0) this.#move(-1, now);
  }

  #move(by: number, now: number): void {
    this.#rung += by;
    this.#movedAt = now;
  }
}

const SHED: readonly ReadonlySet<string>[] = Array.from(
  { length: LETS_GO.length + 1 },
  (_, rung) => new Set(LETS_GO.slice(0, rung)),
);
