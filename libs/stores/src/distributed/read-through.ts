import { AttuneError } from '@attune/sdk';
import { WeighedCache } from './events/weighed.cache.js';

/** While changes are heard a value is read again after this long all the same, milliseconds. */
const LIFE_MS = 60_000;
/** While changes are not heard it is after this long, unless the options say otherwise. */
const UNHEARD_LIFE_MS = 1_000;
/** What an entry weighs besides its value, bytes. */
const ENTRY_BYTES = 200;

interface Held<T> {
  /** Undefined: there is none. */
  readonly value: T | undefined;
  /** When it was read, epoch milliseconds. */
  readonly at: number;
  /** How often changes had been lost by then. */
  readonly losses: number;
}

export interface ReadThroughOptions<T> {
  readonly mostBytes: number;
  readonly bytesOf: (value: T) => number;
  readonly isHearing: () => boolean;
  /** How long a value counts while changes are not heard, milliseconds; default 1,000. With 0 no value is given that may be old. */
  readonly unheardLifeMs?: number | undefined;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** Values, aligned with ids that are each there once. */
export type Read<T> = (ids: readonly string[]) => Promise<readonly (T | undefined)[]>;

/**
 * Values by id that are held here and change elsewhere. What was changed, as far as is known, is never given; what may have
 * been is read again, and given only while it cannot be read: what was there a moment ago is better than nothing.
 */
export class ReadThrough<T> {
  private readonly held: WeighedCache<string, Held<T>>;
  /** Ids changed while something was being read: what was read of them may be old. */
  private readonly readings = new Set<Set<string>>();
  private losses = 0;

  constructor(private readonly options: ReadThroughOptions<T>) {
    this.held = new WeighedCache(options.mostBytes);
  }

  /**
   * Aligned with ids.
   *
   * @throws What `read` does; `STORE_UNAVAILABLE` only where nothing is held of an id.
   */
  async get(ids: readonly string[], read: Read<T>): Promise<readonly (T | undefined)[]> {
    // All taken now: while some are read, others may be dropped.
    const found = new Map(ids.map((id) => [id, this.held.get(id)]));
    const missing = [...found].filter(([, held]) => !this.isFresh(held)).map(([id]) => id);
    if (missing.length > 0) await this.readInto(found, missing, read);
    return ids.map((id) => found.get(id)?.value);
  }

  /** What is held, at once and however old; aligned with ids. */
  heldOf(ids: readonly string[]): readonly (T | undefined)[] {
    return ids.map((id) => this.held.get(id)?.value);
  }

  /** These have changed. */
  drop(ids: readonly string[]): void {
    for (const id of ids) {
      this.held.delete(id);
      for (const changed of this.readings) changed.add(id);
    }
  }

  /** Any of them may have changed. */
  doubt(): void {
    this.losses++;
  }

  private isFresh(held: Held<T> | undefined): boolean {
    const { clock, isHearing, unheardLifeMs = UNHEARD_LIFE_MS } = this.options;
    if (held === undefined || held.losses !== this.losses) return false;
    // Of the future, where the clock was set back, is no fresher.
    return Math.abs(clock() - held.at) < (isHearing() ? LIFE_MS : unheardLifeMs);
  }

  private async readInto(
    found: Map<string, Held<T> | undefined>,
    missing: readonly string[],
    read: Read<T>,
  ): Promise<void> {
    const changed = new Set<string>();
    const begun = { at: this.options.clock(), losses: this.losses };
    this.readings.add(changed);
    try {
      const values = await read(missing);
      missing.forEach((id, i) => {
        const held = { ...begun, value: values[i] };
        found.set(id, held);
        if (!changed.has(id)) this.hold(id, held);
      });
    } catch (error) {
      const isAway = error instanceof AttuneError && error.code === 'STORE_UNAVAILABLE';
      const mayBeOld = this.options.unheardLifeMs !== 0;
      if (!isAway || !mayBeOld || missing.some((id) => found.get(id) === undefined)) throw error;
    } finally {
      this.readings.delete(changed);
    }
  }

  private hold(id: string, held: Held<T>): void {
    const { value } = held;
    const bytes = value === undefined ? 0 : this.options.bytesOf(value);
    this.held.set(id, held, ENTRY_BYTES + 2 * id.length + bytes);
  }
}
