import type { Token } from './tokens.js';
import { NUMBER_WORDS } from './units.table.js';

/** A number at a place of a text. */
export interface Numeral {
  /** Ways to read it, the likeliest first; each is one number or more ("3,4,5"), in one spelling for equal ones. */
  readonly readings: readonly (readonly string[])[];
  /** Tokens it takes. */
  readonly length: number;
  /** It is one only with a unit: "one", "一", "半". */
  readonly needsUnit: boolean;
}

const HAN_DIGITS = '〇一二三四五六七八九';
const HAN_POWERS: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
  ['万', 10_000],
]);
const AFTER_KILO: ReadonlySet<string> = new Set(['克', '米', '瓦', '卡']);
const LONGEST_RUN = 12;
const COUPLES: ReadonlySet<string> = new Set(['pair', 'couple']);

/** The number that begins at a token, if one does. */
export function numeralAt(tokens: readonly Token[], at: number): Numeral | undefined {
  const token = tokens[at]!;
  if (token.kind === 'number') return fromDigits(tokens, at);
  if (token.kind === 'word') return fromWords(tokens, at);
  return token.kind === 'char' ? fromHan(tokens, at) : undefined;
}

const spelled = (value: number): string => String(Number(value.toPrecision(12)));

function fromDigits(tokens: readonly Token[], at: number): Numeral {
  const { term } = tokens[at]!;
  const divisor = divisorAfter(tokens, at);
  if (divisor !== undefined) {
    const fraction = [spelled(Number(term) / Number(divisor))];
    return { readings: [fraction, [plain(term), plain(divisor)]], length: 3, needsUnit: false };
  }
  const mixed =
    tokens[at + 1]?.kind === 'number' && tokens[at + 1]?.gap === 'space' ? divisorAfter(tokens, at + 1) : undefined;
  const above = Number(tokens[at + 1]?.term);
  if (mixed !== undefined && above < Number(mixed))
    return { readings: [[spelled(Number(term) + above / Number(mixed))]], length: 4, needsUnit: false };
  return { readings: readingsOf(term), length: 1, needsUnit: false };
}

/** The number after a slash after a token, both whole. */
function divisorAfter(tokens: readonly Token[], at: number): string | undefined {
  const [above, slash, below] = [tokens[at]!, tokens[at + 1], tokens[at + 2]];
  const isFraction = slash?.term === '/' && below?.kind === 'number' && /^\d{1,3}$/.test(above.term);
  return isFraction && /^[1-9]\d{0,2}$/.test(below.term) ? below.term : undefined;
}

/** One spelling for equal numbers; what has more digits than a number holds stays as it is. */
const plain = (digits: string): string =>
  digits.length > 15 ? digits.replace(/^0+(?=\d)/, '') : spelled(Number(digits));

function readingsOf(term: string): readonly (readonly string[])[] {
  if (/^\d+(?:\.\d+)?$/.test(term)) {
    const thousands = /^[1-9]\d{0,2}\.\d{3}$/.test(term) ? [[plain(term.replace('.', ''))]] : [];
    return [[plain(term)], ...thousands];
  }
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(term)) return [[plain(term.replaceAll(',', ''))]];
  if (/^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(term)) return [[plain(term.replaceAll('.', '').replace(',', '.'))]];
  const parts = term.split(/[.,]/).map(plain);
  return /^\d+,\d{1,2}$/.test(term) ? [[plain(term.replace(',', '.'))], parts] : [parts];
}

function fromWords(tokens: readonly Token[], at: number): Numeral | undefined {
  // "Pairs well" is no number.
  if (COUPLES.has(tokens[at]!.term) && tokens[at + 1]?.term === 'of')
    return { readings: [['2']], length: 1, needsUnit: false };
  let [total, current, length] = [0, 0, 0];
  while (length < LONGEST_RUN) {
    const token = tokens[at + length];
    if (token === undefined || (length > 0 && token.gap === 'clause')) break;
    const value = token.term === 'one' ? 1 : NUMBER_WORDS.get(token.term);
    const next = value === undefined ? undefined : joined(current, value);
    if (value === undefined || next === undefined) break;
    if (value >= 1000) [total, current] = [total + next, 0];
    else current = next;
    length++;
  }
  if (length === 0) return undefined;
  const isOne = length === 1 && tokens[at]!.term === 'one';
  return { readings: [[spelled(total + current)]], length, needsUnit: isOne };
}

/** "twenty" and "four", "two" and "hundred"; undefined where the next word is a number of its own. */
function joined(current: number, value: number): number | undefined {
  if (value === 12 && current < 10) return (current || 1) * 12;
  if (value >= 100) return (current || 1) * value;
  if (current === 0) return value;
  const [rest, room] = [current % 100, current % 100 === 0 ? 100 : 10];
  return value < room && (rest === 0 || (rest >= 20 && rest % 10 === 0)) ? current + value : undefined;
}

function fromHan(tokens: readonly Token[], at: number): Numeral | undefined {
  let run = '';
  for (let i = at; i < tokens.length && run.length < LONGEST_RUN; i++) {
    const { term, gap } = tokens[i]!;
    if ((i > at && gap !== 'none') || !(HAN_DIGITS.includes(term) || '两零'.includes(term) || HAN_POWERS.has(term)))
      break;
    // 两千克 is two kilograms.
    if (run !== '' && term === '千' && AFTER_KILO.has(tokens[i + 1]?.term ?? '')) break;
    run += term;
  }
  if (run === '') return tokens[at]!.term === '半' ? { readings: [['0.5']], length: 1, needsUnit: true } : undefined;
  // "百" or "千" alone is part of a word.
  if (run.length === 1 && run !== '十' && HAN_POWERS.has(run)) return undefined;
  return { readings: [[spelled(hanValue(run))]], length: run.length, needsUnit: run === '一' };
}

function hanValue(run: string): number {
  let [total, digit] = [0, 0];
  for (const [i, char] of [...run].entries()) {
    const power = HAN_POWERS.get(char);
    if (power === undefined) {
      const value = char === '两' ? 2 : Math.max(0, HAN_DIGITS.indexOf(char));
      digit = i > 0 && !HAN_POWERS.has(run.charAt(i - 1)) ? digit * 10 + value : value;
    } else if (power === 10_000) [total, digit] = [(total + digit || 1) * power, 0];
    else [total, digit] = [total + (digit || 1) * power, 0];
  }
  return total + digit;
}
