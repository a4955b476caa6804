import { setTimeout as pause } from 'node:timers/promises';

/** Between two tellings: work may tell of every row. */
const PAUSE_MS = 100;

/** Tells the first progress at once and then the latest, so often that nobody is kept busy by it. */
export class LatestProgress {
  #latest: readonly [number, number] | undefined;
  #telling: Promise<void> | undefined;
  readonly #ended = new AbortController();

  constructor(private readonly write: (done: number, total: number) => Promise<void>) {}

  /** Cannot fail: what could not be told is told with the next. */
  tell(done: number, total: number): void {
    if (this.#ended.signal.aborted) return;
    this.#latest = [done, total];
    this.#telling ??= this.#tellLatest().finally(() => (this.#telling = undefined));
  }

  /** Resolves when the latest is told; nothing is told after. */
  async end(): Promise<void> {
    this.#ended.abort();
    await this.#telling;
  }

  async #tellLatest(): Promise<void> {
    while (this.#latest !== undefined) {
      const [done, total] = this.#latest;
      this.#latest = undefined;
      await this.write(done, total).catch(() => undefined);
      await pause(PAUSE_MS, undefined, { signal: this.#ended.signal }).catch(() => undefined);
    }
  }
}
