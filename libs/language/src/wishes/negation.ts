import { isColor, namedAt } from './naming.js';
import type { Reading } from './reading.js';
import { isHyphen } from './phrase-book.js';
import { hasTag, isPlain, type Unit } from './units.js';

/** A negation reaches no farther. */
const LONGEST_REACH = 40;
const LIST_SIGNS: ReadonlySet<string> = new Set([',', '，', '、', '/']);

export interface Negations {
  /** Place of what negates the unit at a place. */
  readonly of: ReadonlyMap<number, number>;
  /** What is not wanted and is no value. */
  readonly unwanted: readonly string[];
}

/** Whether a unit joins two members of a list. */
export const isListing = (unit: Unit | undefined): boolean =>
  unit !== undefined && (hasTag(unit, 'and') || LIST_SIGNS.has(unit.text));

/**
 * What is negated: "not red or blue", "plastic-free", 不要红色. A negation reaches over words like "want a" to the first
 * value, and from there over a list. Where it meets another word first, that is not wanted: "without a handle".
 */
export function readNegations(reading: Reading): Negations {
  const of = new Map<number, number>();
  const unwanted: string[] = [];
  for (const at of reading.units.keys()) {
    if (isNegator(reading, at)) {
      if (isAnswer(reading, at)) reading.use(at, at + 1);
      else if (!reach(reading, at, of) && !reachBack(reading, at, of)) unwanted.push(...unwantedAfter(reading, at));
    } else if (isFreeOf(reading, at)) of.set(at, freeOfAt(reading, at));
  }
  return { of, unwanted };
}

function isNegator(reading: Reading, at: number): boolean {
  const unit = reading.free(at);
  if (hasTag(unit, 'not', 'refused')) return true;
  // "any color but red": "any color" is read by now.
  return unit?.text === 'but' && reading.isUsed(at - 1) && reading.units[at - 1]?.field !== undefined;
}

/** "No, the red one" */
const isAnswer = ({ units }: Reading, at: number): boolean =>
  units[at]!.text === 'no' && (units[at + 1] === undefined || units[at + 1]!.kind === 'sign');

/** Negates what follows; false where no value does. */
function reach(reading: Reading, from: number, of: Map<number, number>): boolean {
  let last = -1;
  for (let at = from + 1; at < from + LONGEST_REACH; at++) {
    const unit = reading.free(at);
    if (unit === undefined || hasTag(unit, 'not', 'not-only')) break;
    const named = namedAt(reading, at, true);
    if (named !== undefined) {
      // "not a red mug" refuses the color.
      if (last === at - 1 && !named.path.startsWith('attributes.')) break;
      of.set(at, from);
      last = at;
    } else if (unit.field !== undefined) {
      if (last === at - 1) last = at;
    } else if (last >= 0) {
      at = listEnd(reading, at);
      if (at < 0) break;
    } else if (!passes(unit) && !(isHyphen(unit) && unit.glued)) break;
  }
  return last >= 0;
}

/** Negates what stands before, in Chinese: 塑料的不要. */
function reachBack(reading: Reading, from: number, of: Map<number, number>): boolean {
  if (!hasTag(reading.units[from], 'refused') || !endsClause(reading.units[from + 1])) return false;
  let last = -1;
  for (let at = from - 1; at > from - LONGEST_REACH; at--) {
    const unit = reading.free(at);
    if (namedAt(reading, at, true) !== undefined) {
      of.set(at, from);
      last = at;
    } else if (unit === undefined || !(isListing(unit) || hasTag(unit, 'weak', 'filler'))) break;
  }
  return last >= 0;
}

const endsClause = (unit: Unit | undefined): boolean =>
  unit === undefined || unit.kind === 'sign' || hasTag(unit, 'filler', 'weak');

/** The place before the next member of a list that goes on at a place, −1 where none does. */
function listEnd(reading: Reading, at: number): number {
  if (!isListing(reading.free(at))) return -1;
  let next = at + 1;
  while (isListing(reading.free(next)) || isArticle(reading.free(next))) next++;
  return namedAt(reading, next, true) === undefined ? -1 : next - 1;
}

const isArticle = (unit: Unit | undefined): boolean =>
  hasTag(unit, 'weak') && hasTag(unit, 'skip') && !hasTag(unit, 'but', 'not');
const passes = (unit: Unit): boolean => hasTag(unit, 'skip', 'weak') && !(hasTag(unit, 'but') && !hasTag(unit, 'skip'));

/** Words after a negation that are not wanted. A query is a name as often ("no show socks"), so only `-word` says it there. */
function unwantedAfter(reading: Reading, at: number): readonly string[] {
  const isMinus = reading.units[at]!.kind === 'sign';
  if (reading.mode === 'query' && !isMinus) return [];
  const from = isMinus ? at + 1 : reading.past(at + 1, 1, passes);
  const refused: string[] = [];
  for (let next = from; isPlain(reading.free(next));) {
    let to = next + 1;
    while (isPlain(reading.free(to)) && (!isMinus || reading.units[to]!.glued)) to++;
    refused.push(reading.text.slice(...reading.spanOf(next, to)));
    reading.use(at, to);
    next = isMinus || !isListing(reading.free(to)) ? to : reading.past(to + 1, 1, isArticle);
    if (isMinus || next === to) break;
  }
  return refused;
}

/** Whether a value is followed by "free": "plastic free", "plastic-free". */
function isFreeOf(reading: Reading, at: number): boolean {
  const place = freeOfAt(reading, at);
  const path = namedAt(reading, at, true)?.path;
  return path !== undefined && !isColor(path) && hasTag(reading.free(place), 'not-after');
}

const freeOfAt = ({ units }: Reading, at: number): number => (units[at + 1]?.text === '-' ? at + 2 : at + 1);
