import { PortError } from '@attune/sdk';
import { Gate } from '../../gate.js';

/** Lets so many callers in at a time, and so many more wait for it. */
export class Turnstile {
  readonly #gate: Gate;
  #inside = 0;

  constructor(
    private readonly width: number,
    private readonly waiting: number,
  ) {
    this.#gate = new Gate(width);
  }

  /** Runs `work` in its turn. @throws PortError `LLM_RATE_LIMITED` where too many wait already. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.width + this.waiting)
      throw new PortError('LLM_RATE_LIMITED', `${this.waiting} calls wait already`);
    this.#inside++;
    return this.#gate.through(work).finally(() => void this.#inside--);
  }
}
