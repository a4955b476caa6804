import type { Redis } from 'ioredis';

/** Warns of Redis being away once each time, and not for every attempt to reach it. */
export class Outage {
  #isAway = false;
  #reason = 'the connection was lost';

  constructor(
    client: Redis,
    private readonly warn: (line: string) => void,
  ) {
    client.on('error', (error: Error) => (this.#reason = error.message));
    client.on('reconnecting', () => this.#away());
    client.on('ready', () => (this.#isAway = false));
  }

  /** Warns of what workers met, other than that Redis is away. */
  met(error: Error): void {
    const isAboutThat = this.#isAway || /ECONN|EPIPE|closed|timed out/i.test(error.message);
    if (!isAboutThat) this.warn(`jobs: ${error.message}`);
  }

  #away(): void {
    if (!this.#isAway) this.warn(`Redis cannot be reached, jobs have to wait: ${this.#reason}`);
    this.#isAway = true;
  }
}
