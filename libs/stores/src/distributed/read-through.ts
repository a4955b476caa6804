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
    const held = ids.map((id) => this.held.get(id));
    const isFresh = this.freshness();
    const missing = new Map<string, Held<T> | undefined>();
    held.forEach((one, i) => isFresh(one) || missing.set(ids[i]!, one));
    if (missing.size === 0) return held.map((one) => one?.value);
    await this.readInto(missing, read);
    return ids.map((id, i) => (missing.has(id) ? missing.get(id) : held[i])?.value);
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

  /** Whether a value counts now. */
  private freshness(): (held: Held<T> | undefined) => boolean {
    const { clock, isHearing, unheardLifeMs = UNHEARD_LIFE_MS } = this.options;
    const [now, lifeMs, { losses }] = [clock(), isHearing() ? LIFE_MS : unheardLifeMs, this];
    // Of the future, where the clock was set back, is no fresher.
    return (held) => held !== undefined && held.losses === losses && Math.abs(now - held.at) < lifeMs;
  }

  /** Puts what is read in the place of what is held. */
  private async readInto(missing: Map<string, Held<T> | undefined>, read: Read<T>): Promise<void> {
    const ids = [...missing.keys()];
    const changed = new Set<string>();
    const begun = { at: this.options.clock(), losses: this.losses };
    this.readings.add(changed);
    try {
      const values = await read(ids);
      ids.forEach((id, i) => {
        const held = { ...begun, value: values[i] };
        missing.set(id, held);
        if (!changed.has(id)) this.hold(id, held);
      });
    } catch (error) {
      const isAway = error instanceof AttuneError && error.code === 'STORE_UNAVAILABLE';
      const mayBeOld = this.options.unheardLifeMs !== 0;
      if (!isAway || !mayBeOld || ids.some((id) => missing.get(id) === undefined)) throw error;
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
