import type { Clock } from '@attune/sdk';

interface Kept<T> {
  readonly value: T;
  readonly until: number;
}

/** Values by key for a while; once there are too many the one goes that was asked for longest ago. */
export class AnswerCache<T> {
  /** In the order in which they were last asked for. */
  readonly #kept = new Map<string, Kept<T>>();

  constructor(
    private readonly clock: Pick<Clock, 'monotonic'>,
    private readonly options: { readonly entries: number; readonly ms: number },
  ) {}

  get(key: string): T | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    this.#kept.delete(key);
    if (kept.until <= this.clock.monotonic()) return undefined;
    this.#kept.set(key, kept);
    return kept.value;
  }

  set(key: string, value: T): void {
    this.#kept.delete(key);
    this.#kept.set(key, { value, until: this.clock.monotonic() + this.options.ms });
    if (this.#kept.size <= this.options.entries) return;
    for (const oldest of this.#kept.keys()) {
      this.#kept.delete(oldest);
      return;
    }
  }

  /** Lets all of them go; how many there were. */
  clear(): number {
    const { size } = this.#kept;
    this.#kept.clear();
    return size;
  }
}
