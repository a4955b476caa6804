import { allOf, compilePredicate, type Predicate, type Vocabulary } from '@attune/sdk';
import { LruCache } from '../lru.cache.js';
import type { ItemTable } from './item.table.js';
import { splitPredicate, type SplitPredicate } from './predicate-split.js';

const CACHED_MASKS = 64;
/** A filter whose text is longer lists ids or the like of one request: not worth keeping. */
const LONGEST_KEY = 4_000;

/** Masks over one axis, valid for one version of the items. */
interface AxisMasks {
  version: number;
  masks: LruCache<string, Uint8Array>;
}

interface VocabularyMasks extends AxisMasks {
  /** Row in the item table of each row of the vocabulary, −1 = not in the catalogue. */
  tableRows: Int32Array;
}

/** Which items pass a filter, exactly, as masks over the rows of the table or of a model's vocabulary. Read only. */
export class ItemMasks {
  private readonly byRow: AxisMasks = { version: -1, masks: new LruCache(CACHED_MASKS) };
  private readonly byVocabulary = new WeakMap<Vocabulary, VocabularyMasks>();

  constructor(private readonly table: ItemTable) {}

  /** 1 for each row whose item passes `where` `[table.rows]`. */
  rows(where: Predicate | undefined): Uint8Array {
    const split = splitPredicate(where);
    return without(this.sharedRows(split), split.excludedIds, (id) => this.table.row(id));
  }

  /** 1 for each row of the vocabulary whose item is in the catalogue and passes `where` `[vocabulary.size]`. */
  allowed(where: Predicate | undefined, vocabulary: Vocabulary): Uint8Array {
    const split = splitPredicate(where);
    return without(this.sharedAllowed(split, vocabulary), split.excludedIds, (id) => vocabulary.row(id));
  }

  private sharedRows(split: SplitPredicate): Uint8Array {
    renew(this.byRow, this.table.version);
    return cached(this.byRow.masks, split.key, () => {
      const where = allOf(split.shared);
      const test = where === undefined ? () => true : compilePredicate(where);
      const mask = new Uint8Array(this.table.rows);
      for (let row = 0; row < mask.length; row++) {
        const item = this.table.at(row);
        if (item !== undefined && test(item)) mask[row] = 1;
      }
      return mask;
    });
  }

  private sharedAllowed(split: SplitPredicate, vocabulary: Vocabulary): Uint8Array {
    const axis = this.axisOf(vocabulary);
    return cached(axis.masks, split.key, () => {
      const rows = this.sharedRows(split);
      return Uint8Array.from(axis.tableRows, (row) => rows[row] ?? 0);
    });
  }

  private axisOf(vocabulary: Vocabulary): VocabularyMasks {
    let axis = this.byVocabulary.get(vocabulary);
    if (axis === undefined) {
      axis = { version: -1, masks: new LruCache(CACHED_MASKS), tableRows: new Int32Array(vocabulary.size) };
      this.byVocabulary.set(vocabulary, axis);
    }
    if (renew(axis, this.table.version))
      for (let row = 0; row < vocabulary.size; row++) axis.tableRows[row] = this.table.row(vocabulary.id(row));
    return axis;
  }
}

/** Forgets masks of an older version; true where there was one. */
function renew(axis: AxisMasks, version: number): boolean {
  if (axis.version === version) return false;
  axis.version = version;
  axis.masks.clear();
  return true;
}

function cached(masks: LruCache<string, Uint8Array>, key: string, make: () => Uint8Array): Uint8Array {
  if (key.length > LONGEST_KEY) return make();
  let mask = masks.get(key);
  if (mask === undefined) masks.set(key, (mask = make()));
  return mask;
}

/** The mask with 0 for the rows of some ids; the given one stays. */
export function without(mask: Uint8Array, ids: readonly unknown[], rowOf: (id: string) => number): Uint8Array {
  if (ids.length === 0) return mask;
  const cleared = mask.slice();
  for (const id of ids) {
    const row = typeof id === 'string' ? rowOf(id) : -1;
    if (row >= 0) cleared[row] = 0;
  }
  return cleared;
}
