import { wordsValue } from './numbers.js';
import { hasTag, type Unit } from './units.js';

/** A number with what says what it counts. Units `[from, to)` of the reading. */
export interface Amount {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  /** What its currency may be; undefined where none is said. */
  readonly codes: readonly string[] | undefined;
  /** Whether a word after it says that it counts something else than money. */
  readonly counts: boolean;
}

const LONGEST_NUMBER = 6;
const PENCE = ['GBP'];

/** The amount that begins at a place: "£5", "5 pounds", "USD 1.5k", "two hundred", 五十块; undefined where none does. */
export function amountAt(units: readonly Unit[], from: number): Amount | undefined {
  const sign = units[from];
  const before = sign?.hundredth === false ? sign.codes : undefined;
  const number = numberAt(units, before === undefined ? from : from + 1);
  if (number === undefined) return undefined;
  // 100多块 is a bit more than 100.
  const end = units[number.to]?.text === '多' ? number.to + 1 : number.to;
  const after = units[end];
  // "50p"; a "p" of its own is the beginning of something else.
  if (before === undefined && after?.text === 'p' && after.glued)
    return { from, to: end + 1, value: number.value / 100, codes: PENCE, counts: false };
  if (after?.codes !== undefined && !isSignOfNext(units, end, before)) {
    const value = after.hundredth ? number.value / 100 : number.value;
    return { from, to: end + 1, value, codes: after.codes, counts: false };
  }
  return {
    ...number,
    from,
    codes: before,
    counts: before === undefined && hasTag(after, 'unit') && !hasTag(after, 'min'),
  };
}

/** In "£5 £10" the second sign belongs to the second number. */
function isSignOfNext(units: readonly Unit[], at: number, before: readonly string[] | undefined): boolean {
  return before !== undefined && units[at + 1]?.number !== undefined && units[at]!.kind === 'sign';
}

interface PlainNumber {
  readonly to: number;
  readonly value: number;
}

function numberAt(units: readonly Unit[], from: number): PlainNumber | undefined {
  const first = units[from];
  if (first === undefined) return undefined;
  if (first.number === undefined) return first.text === 'a' ? hundredAt(units, from) : undefined;
  if (!/^[a-z]+$/.test(first.text)) {
    const thousands = units[from + 1]?.text === 'k' && units[from + 1]!.glued;
    return thousands ? { to: from + 2, value: first.number * 1000 } : { to: from + 1, value: first.number };
  }
  let to = from;
  const words: number[] = [];
  while (to < from + LONGEST_NUMBER && units[to]?.number !== undefined && /^[a-z]+$/.test(units[to]!.text))
    words.push(units[to++]!.number!);
  const value = wordsValue(words);
  return value === undefined ? { to: from + 1, value: first.number } : { to, value };
}

/** "a hundred" */
function hundredAt(units: readonly Unit[], from: number): PlainNumber | undefined {
  const next = units[from + 1];
  return next?.text === 'hundred' || next?.text === 'thousand' ? numberAt(units, from + 1) : undefined;
}
