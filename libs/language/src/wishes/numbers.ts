/** Nothing in a shop costs more, and no slate is longer. */
const LARGEST = 1e9;
const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** Numbers written as English words, each by itself. */
export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ...SMALL.map((word, value) => [word, value] as const),
  ...TENS.map((word, i) => [word, 20 + 10 * i] as const),
  ['hundred', 100],
  ['thousand', 1000],
]);

/**
 * The number that digits with separators stand for, or undefined. The last separator divides the decimals unless three
 * digits follow it ("1,000" and "1.000" are a thousand: no price has three decimals); the others group thousands.
 */
export function digitsValue(text: string): number | undefined {
  const groups = text.split(/[.,]/);
  const last = groups.at(-1) ?? '';
  const grouped = last.length === 3 && groups[0] !== '0';
  const [first = '', ...middle] = grouped || groups.length === 1 ? groups : groups.slice(0, -1);
  if (middle.some((group) => group.length !== 3) || (middle.length > 0 && first.length > 3)) return undefined;
  const value = Number([first, ...middle].join('') + (grouped || groups.length === 1 ? '' : `.${last}`));
  return value <= LARGEST ? value : undefined;
}

const HAN_DIGITS: ReadonlyMap<string, number> = new Map([
  ...[...'零一二三四五六七八九'].map((digit, value) => [digit, value] as const),
  ['〇', 0],
  ['两', 2],
]);
const HAN_UNITS: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
  ['万', 10_000],
]);

/** Whether a character is part of a Chinese number. */
export const isHanNumeral = (char: string): boolean => HAN_DIGITS.has(char) || HAN_UNITS.has(char);

/** The number that Chinese numerals stand for, or undefined: 五十, 一百二十, 两千; 一百五 is 150 as it is spoken. */
export function hanValue(text: string): number | undefined {
  let total = 0;
  let digit: number | undefined;
  let unit = 10;
  let before: number | undefined;
  for (const char of text) {
    const ten = HAN_UNITS.get(char);
    if (ten === undefined) {
      // Digits in a row (二〇一一) are read one after the other.
      before = digit;
      digit = (digit ?? 0) * (digit === undefined ? 1 : 10) + (HAN_DIGITS.get(char) ?? NaN);
      if (char === '零') unit = 10;
      continue;
    }
    // 两三百 is between two and three hundred.
    if (before !== undefined && digit === before * 11 + 1) digit = before + 0.5;
    before = undefined;
    if (ten === 10_000) total = (total + (digit ?? (total === 0 ? 1 : 0))) * ten;
    else total += (digit ?? 1) * ten;
    digit = undefined;
    unit = ten;
  }
  const value = total + (digit ?? 0) * (total > 0 && !text.includes('零') ? unit / 10 : 1);
  return value <= LARGEST ? value : undefined;
}

/** The number that English number words stand for, in their order ("two hundred fifty"), or undefined. */
export function wordsValue(values: readonly number[]): number | undefined {
  let total = 0;
  let current = 0;
  for (const value of values) {
    if (value === 100) current = Math.max(current, 1) * 100;
    else if (value === 1000) {
      total += Math.max(current, 1) * 1000;
      current = 0;
    } else if (current % 100 === 0 || (value < 10 && current % 10 === 0 && current % 100 >= 20)) current += value;
    else return undefined;
  }
  return total + current <= LARGEST ? total + current : undefined;
}
