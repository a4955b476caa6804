const ONE_TYPO_FROM = 4;
const TWO_TYPOS_FROM = 8;
const DIGIT = /\p{N}/u;

/**
 * Typos forgiven in a word: none in short words and in whatever holds a digit (sizes, ids), 1 from four letters, 2 from
 * eight. A typo is a letter left out, added, changed, or two neighbors swapped.
 */
export function typosAllowed(word: string): 0 | 1 | 2 {
  if (word.length < ONE_TYPO_FROM || DIGIT.test(word)) return 0;
  return word.length < TWO_TYPOS_FROM ? 1 : 2;
}

/** Edits forgiven so far are kept in a byte: more than any bound in use. */
const FAR = 255;

/**
 * Rows of the edit-distance table between one typed word and any others, one row a letter of the other word. Words with
 * a common beginning share its rows. Only the band of cells that can stay within the bound is computed.
 *
 * Optimal string alignment (Damerau 1964; each pair of letters is swapped at most once), in UTF-16 units.
 */
export class EditRows {
  readonly #cells: Uint8Array;
  readonly #width: number;

  /** `longest`: of the other words, in letters. */
  constructor(
    private readonly typed: string,
    private readonly bound: number,
    longest: number,
  ) {
    this.#width = typed.length + 1;
    this.#cells = new Uint8Array((longest + 1) * this.#width).fill(FAR);
    for (let j = 0; j <= Math.min(bound, typed.length); j++) this.#cells[j] = j;
  }

  /** Distance between the whole typed word and the first `p` letters of the other; `FAR` where beyond the bound. */
  at(p: number): number {
    return this.#cells[p * this.#width + this.typed.length]!;
  }

  /** Computes row `p` ≥ 1, for `letter` after `before`. False where no longer beginning can come within the bound. */
  advance(p: number, letter: number, before: number): boolean {
    const cells = this.#cells;
    const width = this.#width;
    const row = p * width;
    const lowest = Math.max(1, p - this.bound);
    const highest = Math.min(this.typed.length, p + this.bound);
    cells.fill(FAR, row, row + width);
    let least = FAR;
    if (p <= this.bound) least = cells[row] = p;
    for (let j = lowest; j <= highest; j++) {
      const same = this.typed.charCodeAt(j - 1) === letter;
      let edits = cells[row - width + j - 1]! + (same ? 0 : 1);
      edits = Math.min(edits, cells[row - width + j]! + 1, cells[row + j - 1]! + 1);
      if (p > 1 && j > 1 && this.typed.charCodeAt(j - 2) === letter && this.typed.charCodeAt(j - 1) === before) {
        edits = Math.min(edits, cells[row - 2 * width + j - 2]! + 1);
      }
      cells[row + j] = edits > this.bound ? FAR : edits;
      if (edits < least) least = edits;
    }
    return least <= this.bound;
  }
}

/** Edits between two words; Infinity where more than `bound`. */
export function editsBetween(a: string, b: string, bound: number): number {
  const rows = new EditRows(a, bound, b.length);
  for (let p = 1; p <= b.length; p++) {
    if (!rows.advance(p, b.charCodeAt(p - 1), p > 1 ? b.charCodeAt(p - 2) : 0)) return Infinity;
  }
  const edits = rows.at(b.length);
  return edits > bound ? Infinity : edits;
}

/** Edits between a typed word and the nearest beginning of another; Infinity where more than `bound`. */
export function editsToStart(typed: string, other: string, bound: number): number {
  const rows = new EditRows(typed, bound, other.length);
  let nearest = rows.at(0);
  for (let p = 1; p <= other.length; p++) {
    if (!rows.advance(p, other.charCodeAt(p - 1), p > 1 ? other.charCodeAt(p - 2) : 0)) break;
    nearest = Math.min(nearest, rows.at(p));
  }
  return nearest > bound ? Infinity : nearest;
}
