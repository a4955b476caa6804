import { amountAt } from './amounts.js';
import { hanValue } from './numbers.js';
import type { Reading } from './reading.js';
import { hasTag, isPlain } from './units.js';

/** No slate that somebody counts in is longer. */
const MOST_PLACES = 50;
const WORDS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

const HOW_MANY: ReadonlySet<string> = new Set(['these', 'those', 'the', 'all', 'your', 'both', '这', '那']);

/** Places and the units that say them: `[from, to)`. */
interface Places {
  readonly to: number;
  readonly places: readonly number[];
}

/**
 * Reads places in what was shown: "the first two", "number 3", 第三个.
 * @param compares whether it is said what to compare, so that bare numbers are places: "compare 1 and 3"
 */
export function readOrdinals(reading: Reading, compares: boolean): readonly number[] {
  const all = new Set<number>();
  for (let at = 0; at < reading.units.length; at++) {
    const found = placesAt(reading, at, compares);
    if (found === undefined) continue;
    for (const place of found.places) if (place >= 1 && place <= MOST_PLACES) all.add(place);
    reading.use(at, found.to);
    at = found.to - 1;
  }
  return [...all].sort((a, b) => a - b);
}

function placesAt(reading: Reading, at: number, compares: boolean): Places | undefined {
  const unit = reading.free(at);
  if (unit === undefined) return undefined;
  const number = reading.free(at + 1) === undefined ? undefined : amountAt(reading.units, at + 1);
  if (
    hasTag(unit, 'first') &&
    number !== undefined &&
    number.codes === undefined &&
    number.value <= MOST_PLACES &&
    !isPlain(reading.free(number.to))
  )
    return ended(
      reading,
      number.to,
      Array.from({ length: number.value }, (_, i) => i + 1),
    );
  if (hasTag(unit, 'number-sign')) return numbered(reading, at);
  const place = ordinalAt(reading, at);
  if (place !== undefined) {
    // "second hand bag"
    const isName = isPlain(reading.free(place.to)) && !unit.text.startsWith('第');
    return isName ? undefined : ended(reading, place.to, place.places);
  }
  return compares ? bareAt(reading, at) : undefined;
}

/** "1 and 3"; in "these two" the number says how many. */
function bareAt({ units }: Reading, at: number): Places | undefined {
  const number = units[at]?.number;
  if (number === undefined || isPlain(units[at + 1])) return undefined;
  const counts = HOW_MANY.has(units[at - 1]?.text ?? '') || hasTag(units[at + 1], 'place');
  return { to: at + 1, places: counts ? [] : [number] };
}

/** "number 3", "no. 3", "#3", 第三个 */
function numbered(reading: Reading, at: number): Places | undefined {
  const { units } = reading;
  const from = units[at + 1]?.text === '.' || units[at + 1]?.text === '#' ? at + 2 : at + 1;
  const value = reading.free(from)?.number;
  if (value === undefined || isPlain(reading.free(from + 1))) return undefined;
  return ended(reading, from + 1, [value]);
}

/** "second", "2nd", 第二 */
function ordinalAt({ units }: Reading, at: number): Places | undefined {
  const unit = units[at]!;
  const word = WORDS.indexOf(unit.text);
  if (word >= 0) return { to: at + 1, places: [word + 1] };
  const suffix = units[at + 1];
  if (unit.number !== undefined && suffix?.glued === true && /^(?:st|nd|rd|th)$/.test(suffix.text))
    return { to: at + 2, places: [unit.number] };
  const han = /^第([一二三四五六七八九十两]+)/.exec(unit.text)?.[1];
  const value = han === undefined ? undefined : hanValue(han);
  return value === undefined ? undefined : { to: at + 1, places: [value] };
}

/** With "one", "items" or 个 after it. */
function ended(reading: Reading, to: number, places: readonly number[]): Places {
  return { to: hasTag(reading.free(to), 'place') ? to + 1 : to, places };
}
