import type { Unit } from './units.js';
import { hasTag } from './units.js';
import type { Constraint, ForeignPrice, Span, WishMode, WishPart } from './wish.js';

/** More of a text is a list of words rather than a wish; a filter has its limits, too. */
const MOST_PARTS = 50;

/** A text while it is read: what was found so far, and which units are part of it. */
export class Reading {
  readonly parts: WishPart[] = [];
  readonly foreign: ForeignPrice[] = [];
  readonly removed = new Set<string>();
  readonly #used: Uint8Array;

  constructor(
    readonly text: string,
    readonly units: readonly Unit[],
    readonly mode: WishMode,
  ) {
    this.#used = new Uint8Array(units.length);
  }

  /** Takes units `[from, to)`: nothing else reads them, and nobody searches by them. */
  use(from: number, to: number): void {
    this.#used.fill(1, from, to);
  }

  isUsed(at: number): boolean {
    return this.#used[at] === 1;
  }

  /** The unit at a place, unless it is used or there is none. */
  free(at: number): Unit | undefined {
    return this.isUsed(at) ? undefined : this.units[at];
  }

  /** The place of the first unit from `at`, in direction `step`, that is no word to pass over. */
  past(at: number, step: 1 | -1, passes: (unit: Unit) => boolean = isJoining): number {
    let place = at;
    for (let unit = this.free(place); unit !== undefined && passes(unit); unit = this.free(place)) place += step;
    return place;
  }

  spanOf(from: number, to: number): Span {
    return [this.units[from]!.start, this.units[to - 1]!.end];
  }

  addPart(from: number, to: number, path: string, test: Constraint): void {
    if (this.parts.length >= MOST_PARTS) return;
    const span = this.spanOf(from, to);
    this.parts.push({ span, text: this.text.slice(...span), path, test });
  }
}

/** Words that only join others, and a colon. */
export const isJoining = (unit: Unit): boolean => hasTag(unit, 'weak') || unit.text === ':' || unit.text === '：';
