import { filterOf, joinedParts } from './constraints.js';
import { Lexicon } from './lexicon.js';
import { readNegations } from './negation.js';
import { readOrdinals } from './ordinals.js';
import { readPrices } from './prices.js';
import { Reading } from './reading.js';
import { restOf } from './rest.js';
import { readAsk, readRelative, readRemoved, readSort } from './signals.js';
import { hasTag, unitsOf } from './units.js';
import { readValues } from './values.js';
import type { Facts, Wish, WishMode } from './wish.js';

/**
 * Reads what shoppers ask for out of what they say, in English and Chinese, without a model: words of tables, and the
 * names of one catalogue. What it does not know stays in `rest`. Names are compared as written, save case, width,
 * accents, hyphens, plurals and the common British spellings.
 */
export class WishReader {
  readonly #lexicon: Lexicon;
  readonly #currency: string | undefined;

  constructor(facts: Facts) {
    this.#lexicon = new Lexicon(facts);
    this.#currency = facts.currency;
  }

  /**
   * What a text asks for; of its first 2000 characters. Never throws; time grows with the length alone.
   * @param options `mode`: where it is said (default `turn`)
   */
  read(text: string, { mode = 'turn' }: { readonly mode?: WishMode } = {}): Wish {
    const reading = new Reading(text, unitsOf(text, this.#lexicon), mode);
    const compares = mode === 'turn' && reading.units.some((unit) => hasTag(unit, 'compare'));
    readPrices(reading, { currency: this.#currency, compares });
    readRemoved(reading);
    const relative = readRelative(reading);
    const sort = readSort(reading);
    const ordinals = mode === 'turn' ? readOrdinals(reading, compares) : [];
    const more = relative.length > 0 || sort !== undefined || ordinals.length > 0 || reading.removed.size > 0;
    const negations = readNegations(reading);
    readValues(reading, negations, more || reading.parts.length > 0 || negations.unwanted.length > 0);
    const asks = readAsk(reading, more || reading.parts.length > 0);
    const parts = reading.parts.sort((a, b) => a.span[0] - b.span[0]);
    return {
      parts,
      filter: filterOf(joinedParts(parts)),
      // What is said to a person, or of an order, is nothing to search by.
      rest: asks === 'person' || asks === 'order-status' ? '' : restOf(reading),
      relative,
      sort,
      removed: [...reading.removed],
      asks,
      ordinals,
      foreign: reading.foreign,
      unwanted: negations.unwanted,
    };
  }
}
