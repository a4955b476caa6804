import type { Reading } from './reading.js';
import { hasTag, saysHowMany, type Unit } from './units.js';

/** What is left to search by: runs of words, without filler, and without the words that only join at their ends. */
export function restOf(reading: Reading): string {
  const { units, mode, text } = reading;
  const untouched = units.every((unit, at) => !reading.isUsed(at) && !hasTag(unit, 'filler'));
  // What holds no wish is a name as it is: "the who".
  if (mode === 'query' && untouched && reading.parts.length === 0) return text.trim().replaceAll(/\s+/g, ' ');
  const kept: Unit[] = [];
  let held: Unit[] = [];
  let within = false;
  for (const [at, unit] of units.entries()) {
    const isDropped = reading.isUsed(at) || (mode === 'turn' && saysHowMany(units, at));
    const use = isDropped ? 'dropped' : useOf(unit, mode === 'query');
    if (use === 'joining' && within) held.push(unit);
    else if (use === 'dropped') {
      held = [];
      within = false;
    } else if (use === 'kept') {
      kept.push(...held, unit);
      held = [];
      within = true;
    }
  }
  return written(text, kept);
}

function useOf(unit: Unit, isQuery: boolean): 'kept' | 'joining' | 'dropped' | 'passed' {
  if (unit.kind === 'sign') return 'passed';
  if (hasTag(unit, 'weak')) return 'joining';
  // Within a query it may be part of a name: "lunch box I love London".
  if (hasTag(unit, 'filler')) return isQuery ? 'joining' : 'dropped';
  if (hasTag(unit, 'but', 'and')) return 'joining';
  if (hasTag(unit, 'not-only', 'need-not')) return 'dropped';
  if (hasTag(unit, 'not', 'skip')) return isQuery ? 'joining' : 'dropped';
  return 'kept';
}

/** The words as they stand; signs between them stay where they join two of them without a space. */
function written(text: string, units: readonly Unit[]): string {
  let all = '';
  for (const [i, unit] of units.entries()) {
    const previous = units[i - 1];
    const gap = previous === undefined ? '' : text.slice(previous.end, unit.start);
    all += (/^(?:[-'’/&.+\u2010\u2011]?|% )$/.test(gap) ? gap : ' ') + text.slice(unit.start, unit.end);
  }
  return all;
}
