import type { SearchIndex } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import { CatalogueFactsRead } from './catalogue-facts-read.js';
import { FactsCollector } from './facts-collector.js';

/** Catalogues of up to so many items are read anew before the answer, so that it knows the last change. */
const SMALL = 1_000;
/** A larger one in the background, at most this often. */
const REBUILD_MS = 60_000;

export interface CatalogueFactsOptions {
  readonly stores: { readonly items: Pick<SearchIndex, 'scan' | 'version'> };
  readonly config: Pick<Config, 'attributes'>;
  readonly clock: { monotonic(): number };
}

interface Built {
  readonly facts: CatalogueFactsRead;
  readonly items: number;
  readonly version: string;
  /** Monotonic milliseconds. */
  readonly at: number;
}

/** What a catalogue says of itself, as texts are read and checked with it; nothing is read before the first use. */
export class CatalogueFacts {
  readonly #keywords: readonly string[];
  #built: Built | undefined;
  #building: Promise<CatalogueFactsRead> | undefined;
  #closed = false;

  constructor(private readonly options: CatalogueFactsOptions) {
    this.#keywords = Object.entries(options.config.attributes)
      .filter(([, { type }]) => type === 'keyword')
      .map(([name]) => name);
  }

  /** As new as it must be: see `SMALL` and `REBUILD_MS`. Rejects where the catalogue cannot be read and never could. */
  async get(): Promise<CatalogueFactsRead> {
    const { stores, clock } = this.options;
    const built = this.#built;
    if (built === undefined) return this.#building ?? this.#build();
    const isSmall = built.items <= SMALL;
    if (!isSmall && (this.#building !== undefined || clock.monotonic() - built.at < REBUILD_MS)) return built.facts;
    if ((await stores.items.version()) === built.version) return built.facts;
    const building = this.#building ?? this.#build();
    if (isSmall) return building;
    // Where it fails, the next who asks tries again.
    building.catch(() => undefined);
    return built.facts;
  }

  /** Reads the catalogue, and makes the reader of wishes, in the background; where it fails, the next who asks tries again. */
  warmUp(): void {
    this.get().then(
      ({ reader }) => reader.read('', { mode: 'query' }),
      () => undefined,
    );
  }

  /** Ends what is under way. May be called twice. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#building?.catch(() => undefined);
  }

  #build(): Promise<CatalogueFactsRead> {
    const building = this.#read().finally(() => (this.#building = undefined));
    return (this.#building = building);
  }

  async #read(): Promise<CatalogueFactsRead> {
    const { stores, clock } = this.options;
    const version = await stores.items.version();
    const collector = new FactsCollector(this.#keywords);
    for await (const page of stores.items.scan()) {
      for (const item of page) collector.take(item);
      // Lets requests in between.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#closed) throw new Error('the server stops');
    }
    const facts = CatalogueFactsRead.after(this.#built?.facts, collector.wishes());
    this.#built = { facts, items: collector.items, version, at: clock.monotonic() };
    return facts;
  }
}
