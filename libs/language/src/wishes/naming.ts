import type { Value } from './phrase-book.js';
import { isJoining, type Reading } from './reading.js';
import { hasTag, isPlain, type Unit } from './units.js';
import { THINGS } from './words/shared.words.js';

/** A value that is said, and the units that say that it is one: `[from, to)`. */
export interface Named {
  readonly from: number;
  readonly to: number;
  readonly path: string;
  /** Spellings of one value that the catalogue has. */
  readonly values: readonly string[];
  /** Whether its field is named beside it. */
  readonly explicit: boolean;
}

/** What the words beside a value say of its field. */
interface Beside {
  readonly path: string;
  readonly at: number;
}

/** The name of a field stands at most this many words before its value. */
const FARTHEST_NAME = 4;
/** Words that join, bound or deny are values only where their field is named. */
const BOUND_WORDS = [
  ...(['filler', 'weak', 'skip', 'not', 'not-only', 'and', 'but', 'any', 'by', 'to'] as const),
  ...(['max', 'min', 'around', 'between', 'price', 'spend', 'budget'] as const),
] as const;
const COLOR_PATH = /^attributes\.(?:.*[ _.-])?(?:colou?rs?|颜色)$/i;

export const isColor = (path: string): boolean => COLOR_PATH.test(path);

/**
 * The value that is meant at a place, undefined where none is: of several, that of the field named beside it, then
 * that of the first attribute. Values that are words of other use are meant only where their field is named; names of
 * categories and brands in a query, too, unless they are `negated`.
 * @param listed path of the value before, where both are in one list and its field is named
 */
export function namedAt(reading: Reading, at: number, negated: boolean, listed?: string): Named | undefined {
  const unit = reading.free(at);
  if (unit === undefined || unit.values.length === 0) return undefined;
  // "by Only", but not "only brand"
  const following = hasTag(unit, ...BOUND_WORDS) ? undefined : after(reading, at);
  const beside = [before(reading, at), following].filter((one) => one !== undefined);
  const isSaid = ({ path }: Value): boolean => path === listed || beside.some((one) => one.path === path);
  const said = unit.values.filter(isSaid);
  const meant = said.length > 0 ? said : unit.values.filter((value) => mayMean(reading, unit, value, negated));
  const path = meant[0]?.path;
  if (path === undefined) return undefined;
  const places = beside.filter((one) => one.path === path).map((one) => one.at);
  return {
    from: Math.min(at, ...places),
    to: Math.max(at, ...places) + 1,
    path,
    values: [...new Set(meant.filter((value) => value.path === path).map(({ value }) => value))],
    explicit: said.length > 0,
  };
}

function mayMean(reading: Reading, unit: Unit, { path, guarded }: Value, negated: boolean): boolean {
  if (guarded || hasTag(unit, ...BOUND_WORDS)) return false;
  if (path.startsWith('attributes.')) return !unit.tags.has('name');
  return negated || reading.mode === 'turn';
}

/** "color: red", "in the color red", "by Acme", 颜色要红色 */
function before(reading: Reading, at: number): Beside | undefined {
  for (let place = at - 1; place >= at - FARTHEST_NAME; place--) {
    const unit = reading.free(place);
    if (unit?.field !== undefined) return { path: unit.field, at: place };
    if (hasTag(unit, 'by')) return { path: 'brand', at: place };
    if (unit === undefined || !(isJoining(unit) || hasTag(unit, 'skip', 'but', 'filler'))) return undefined;
  }
  return undefined;
}

/** "red color", "Acme brand", "Kitchen department" */
function after(reading: Reading, at: number): Beside | undefined {
  const unit = reading.free(at + 1);
  if (unit?.field !== undefined) return { path: unit.field, at: at + 1 };
  return hasTag(unit, 'category-word') ? { path: 'categories', at: at + 1 } : undefined;
}

/**
 * Whether a value is the last word of a name, rather than a property of what is named: "wine glass", "ice cream". Colors
 * are not, save those that are things: "shoes black" says a color.
 */
export function endsName({ units }: Reading, at: number, path: string): boolean {
  const unit = units[at]!;
  const previous = units[at - 1];
  if (!path.startsWith('attributes.') || (isColor(path) && !THINGS.has(unit.text)) || !isPlain(previous)) return false;
  // Chinese lists properties after a space: 水壶 不锈钢.
  if (!unit.glued && !/^\p{ASCII}*$/u.test(unit.text)) return false;
  let next = at + 1;
  while (isProperty(units[next])) next++;
  return !isNoun(units[next]);
}

/** Whether a category's name says what kind of thing is wanted: not in "mug rack", "rack for mugs". */
export function isWantedKind(reading: Reading, at: number): boolean {
  const { units } = reading;
  if (isPlain(reading.free(at + 1))) return false;
  let place = at - 1;
  while (hasTag(reading.free(place), 'weak') && !hasTag(units[place], 'preposition')) place--;
  return !(hasTag(reading.free(place), 'preposition') && isNoun(reading.free(place - 1)));
}

const isNoun = (unit: Unit | undefined): boolean =>
  isPlain(unit) || (unit?.values.some(({ path }) => path === 'categories') ?? false);
const isProperty = (unit: Unit | undefined): boolean =>
  unit !== undefined && unit.values.length > 0 && unit.tags.size === 0 && !isNoun(unit);
