import type { GroundingFacts } from '@attune/language/understanding';
import type { Item, SearchIndex } from '@attune/sdk';
import type { Config } from '../../../config/config.schema.js';

/** Catalogues of up to so many items are read anew before the answer, so that it knows the last change. */
const SMALL = 1_000;
/** A larger one in the background, at most this often. */
const REBUILD_MS = 60_000;
/** Values of one field; the first ones in the catalogue's order. */
const MOST_VALUES = 5_000;

export interface CatalogueFactsOptions {
  readonly items: Pick<SearchIndex, 'scan' | 'size' | 'version'>;
  readonly attributes: Config['attributes'];
  readonly clock: { monotonic(): number };
}

interface Built {
  readonly facts: GroundingFacts;
  readonly version: string;
  /** Monotonic milliseconds. */
  readonly at: number;
}

/** What texts about items are checked with: the brands of a catalogue and the values of its declared keyword attributes. */
export class CatalogueFacts {
  readonly #keywords: readonly string[];
  #built: Built | undefined;
  #building: Promise<GroundingFacts> | undefined;

  constructor(private readonly options: CatalogueFactsOptions) {
    this.#keywords = Object.entries(options.attributes)
      .filter(([, { type }]) => type === 'keyword')
      .map(([name]) => name);
  }

  /** As new as it must be: see `SMALL` and `REBUILD_MS`. Rejects where the catalogue cannot be read and never could. */
  async get(): Promise<GroundingFacts> {
    const { items, clock } = this.options;
    const built = this.#built;
    if (built !== undefined && (await items.version()) === built.version) return built.facts;
    if (built === undefined || (await items.size()) <= SMALL) return this.#building ?? this.#build();
    // Where it fails, the next who asks tries again.
    if (this.#building === undefined && clock.monotonic() - built.at >= REBUILD_MS)
      this.#build().catch(() => undefined);
    return built.facts;
  }

  #build(): Promise<GroundingFacts> {
    const building = this.#read().finally(() => (this.#building = undefined));
    return (this.#building = building);
  }

  async #read(): Promise<GroundingFacts> {
    const { items, clock } = this.options;
    const version = await items.version();
    const values = new Map(['brand', ...this.#keywords].map((field) => [field, new Set<string>()]));
    for await (const page of items.scan()) {
      for (const item of page) this.#take(item, values);
      // Lets requests in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const facts = { values: new Map([...values].map(([field, own]) => [field, [...own]] as const)) };
    this.#built = { facts, version, at: clock.monotonic() };
    return facts;
  }

  #take({ brand, attributes = {} }: Item, values: ReadonlyMap<string, Set<string>>): void {
    if (brand !== undefined) add(values.get('brand'), brand);
    for (const name of this.#keywords) {
      if (!Object.hasOwn(attributes, name)) continue;
      for (const value of [attributes[name]!].flat()) if (typeof value === 'string') add(values.get(name), value);
    }
  }
}

function add(values: Set<string> | undefined, value: string): void {
  if (values !== undefined && values.size < MOST_VALUES) values.add(value);
}
