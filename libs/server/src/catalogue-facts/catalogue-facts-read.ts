import { WishReader, type Facts, type GroundingFacts } from '@attune/language/understanding';

/** What a catalogue said when it was read; does not change any more. */
export class CatalogueFactsRead implements GroundingFacts {
  /** What texts are checked with: `brand`, and each declared keyword attribute by its name. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  #reader: WishReader | undefined;

  /** @param wishes what wishes are read with */
  constructor(readonly wishes: Facts) {
    const { brands, attributes } = wishes;
    // There may be an attribute of that name, too.
    this.values = new Map([...attributes, ['brand', [...new Set([...brands, ...(attributes.get('brand') ?? [])])]]]);
  }

  /** The earlier reading where it says the same, so that what was made of it is kept; else a new one. */
  static after(earlier: CatalogueFactsRead | undefined, wishes: Facts): CatalogueFactsRead {
    const read = new CatalogueFactsRead(wishes);
    if (earlier === undefined) return read;
    if (isSame(earlier.wishes, wishes)) return earlier;
    // Who reads wishes next does not wait for it.
    if (earlier.#reader !== undefined) read.#reader = new WishReader(wishes);
    return read;
  }

  /** Reads wishes with the names of this catalogue; made with the first use. */
  get reader(): WishReader {
    return (this.#reader ??= new WishReader(this.wishes));
  }
}

function isSame(one: Facts, other: Facts): boolean {
  if (one.currency !== other.currency || one.attributes.size !== other.attributes.size) return false;
  const lists = [
    [one.brands, other.brands],
    [one.categories, other.categories],
    ...[...one.attributes].map(([name, values]) => [values, other.attributes.get(name) ?? []] as const),
  ] as const;
  return lists.every(([a, b]) => a.length === b.length && a.every((value, i) => value === b[i]));
}
