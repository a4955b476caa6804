import type { TenantStores } from '@attune/sdk';
import { buildLexicon, type Lexicon } from './build-lexicon.js';
import type { LearnedQueries } from './learned-queries.js';

/** Catalogues of up to so many items are read anew before the answer, so that it knows the last change. */
const SMALL = 1_000;
/** A larger one in the background, at most this often. */
const REBUILD_MS = 5_000;

export interface CurrentLexiconOptions {
  readonly stores: Pick<TenantStores, 'items' | 'events'>;
  readonly queries: LearnedQueries;
  readonly clock: { monotonic(): number };
  /** One line where a catalogue cannot be read. */
  readonly warn: (line: string) => void;
}

interface Built {
  readonly lexicon: Lexicon;
  /** What it was built from. */
  readonly versions: string;
  readonly items: number;
  /** Monotonic milliseconds. */
  readonly at: number;
}

/** The lexicon as it is now: built when somebody asks for it and something has changed. */
export class CurrentLexicon {
  #built: Built | undefined;
  #building: Promise<Lexicon> | undefined;
  #next: Promise<Lexicon> | undefined;
  #closed = false;

  constructor(private readonly options: CurrentLexiconOptions) {}

  /** As new as it must be: see `SMALL` and `REBUILD_MS`. */
  async get(): Promise<Lexicon> {
    const versions = await this.#versions();
    if (this.#built?.versions === versions) return this.#built.lexicon;
    const items = await this.options.stores.items.size();
    const built = this.#built;
    // One over less than half of the catalogue knows too little to wait with.
    if (built === undefined || items <= SMALL || items > 2 * built.items) return this.#building ?? this.#build();
    if (this.#building === undefined && this.options.clock.monotonic() - built.at >= REBUILD_MS) {
      this.#build().catch((error: unknown) => {
        if (!this.#closed) this.options.warn(`suggestions stay as they were: ${String(error)}`);
      });
    }
    return built.lexicon;
  }

  /** Builds it from what is there now; many who ask during one building share the next. Resolves when it is in use. */
  async rebuild(): Promise<void> {
    await (this.#next ??= this.#buildNext());
  }

  async #buildNext(): Promise<Lexicon> {
    await this.#building?.catch(() => undefined);
    this.#next = undefined;
    return this.#build();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#building?.catch(() => undefined);
  }

  async #versions(): Promise<string> {
    return `${await this.options.stores.items.version()} ${this.options.queries.version}`;
  }

  #build(): Promise<Lexicon> {
    const building = this.#read().finally(() => {
      if (this.#building === building) this.#building = undefined;
    });
    return (this.#building = building);
  }

  async #read(): Promise<Lexicon> {
    const { stores, queries, clock } = this.options;
    const versions = await this.#versions();
    const items = await stores.items.size();
    const lexicon = await buildLexicon({ stores, queries: await queries.shared(), pause: () => this.#pause() });
    this.#built = { lexicon, versions, items, at: clock.monotonic() };
    return lexicon;
  }

  /** Lets requests in between. */
  async #pause(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#closed) throw new Error('the server stops');
  }
}
