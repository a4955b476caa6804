import type { Clock, Deadline } from '@attune/sdk';

/** One deadline, its abort signal made only when somebody looks at it. */
export class RequestDeadline implements Deadline {
  readonly #endsAt: number;
  #controller: AbortController | undefined;
  #expired = false;
  #toldOver = false;

  constructor(
    private readonly clock: Clock,
    ms: number,
    private readonly parent?: Deadline,
  ) {
    this.#endsAt = clock.monotonic() + Math.max(0, ms);
  }

  remainingMs(): number {
    if (this.#expired) return 0;
    const own = this.#endsAt - this.clock.monotonic();
    return Math.max(0, this.parent === undefined ? own : Math.min(own, this.parent.remainingMs()));
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.remainingMs() <= 0) {
        this.#controller.abort();
        this.#toldOver = true;
      }
    }
    return this.#controller.signal;
  }

  /** Whether somebody who asked was told that the time is over, and so may have given up, before anybody else noticed. */
  get toldOver(): boolean {
    return this.#toldOver;
  }

  /** The time is over: tells whoever listens. */
  expire(): void {
    this.#expired = true;
    this.#controller?.abort();
  }
}
