import { onFirstUse } from '../../first-use.js';
import { PhraseTree } from '../../grounding/phrase-tree.js';
import { tokensOf, type Token } from '../../grounding/tokens.js';
import { LENGTHS, NO_UNITS, VOLUMES, WEIGHTS } from '../words/sizes.table.js';
import { rows } from '../words/word-set.js';

interface Unit {
  readonly name: string;
  readonly length: boolean;
}

export interface Measure {
  /** Canonical: "30 cm", "20 x 30 cm", "1.5 kg", "10-12 in". */
  readonly value: string;
  /** The token behind it. */
  readonly end: number;
}

/** Also words of their own: units only right behind the number or at the end ("3 in 1", "5 g"). */
const ONLY_BESIDE: ReadonlySet<string> = new Set(['m', 'l', 'g', 'in']);
/** Names of mobile networks. */
const NETWORK = /^[2-6] g$/;
const MONEY: ReadonlySet<string> = new Set(['$', '£', '€', '¥', '₩', '₹']);
/** Not more than length, width and height. */
const LONGEST = 3;
const units = onFirstUse(unitTree);

/** The measure that begins at a token: numbers, a unit, what joins them. Counts ("set of 3", "2 x") are none. */
export function measureAt(text: string, tokens: readonly Token[], at: number): Measure | undefined {
  // The second number of a range is no measure of its own.
  if (tokens[at]!.gap === 'hyphen' && tokens[at - 1]?.kind === 'number') return undefined;
  const numbers: string[] = [];
  let end = at;
  let unit: Unit | undefined;
  let joiner: string | undefined = '';
  let value = '';
  while (joiner !== undefined && numbers.length < LONGEST) {
    const number = numberAt(tokens, end);
    if (number === undefined) return undefined;
    numbers.push(number.value);
    value += joiner + number.value;
    const found = unitAt(tokens, number.end);
    unit = found?.unit ?? unit;
    end = found?.end ?? number.end;
    joiner = joinerAt(tokens, end);
    if (joiner === ' x ') end++;
  }
  if (unit === undefined || joiner !== undefined || isOther(text, tokens, at, `${value} ${unit.name}`))
    return undefined;
  // "2 x 500 ml" are two things, "6-12m" are months.
  if (value.includes(' x ') ? !unit.length : value.includes('-') && unit.name === 'm') return undefined;
  return { value: `${value} ${unit.name}`, end };
}

/** Prices, networks, and numbers in quotes, whose closing quote is no inch mark. */
function isOther(text: string, tokens: readonly Token[], at: number, measure: string): boolean {
  const quoted = measure.endsWith(' in') && /["\u201c\u2018']/.test(text.charAt(tokens[at]!.from - 1));
  return quoted || NETWORK.test(measure) || MONEY.has(tokens[at - 1]?.term ?? '');
}

/** "12", "1.5", "1/2", "1 1/2". */
function numberAt(tokens: readonly Token[], at: number): { readonly value: string; readonly end: number } | undefined {
  const number = tokens[at];
  if (number?.kind !== 'number') return undefined;
  const fraction =
    tokens[at + 1]?.term === '/' ? 0 : tokens[at + 2]?.term === '/' && tokens[at + 1]?.kind === 'number' ? 1 : -1;
  const over = fraction < 0 ? undefined : tokens[at + fraction + 2];
  if (over?.kind === 'number' && over.term.length <= 2 && tokens[at + fraction]!.term.length <= 2) {
    const whole = fraction === 1 ? `${number.term} ` : '';
    return { value: `${whole}${tokens[at + fraction]!.term}/${over.term}`, end: at + fraction + 3 };
  }
  return { value: decimal(number.term), end: at + 1 };
}

/** "1,5" is one and a half, "1,500" fifteen hundred. */
function decimal(digits: string): string {
  return /,\d{3}$/.test(digits) ? digits.replaceAll(',', '') : digits.replace(',', '.');
}

function unitAt(tokens: readonly Token[], at: number): { readonly unit: Unit; readonly end: number } | undefined {
  const token = tokens[at];
  if (token === undefined || token.gap === 'clause') return undefined;
  const found = units()
    .all(tokens, at)
    .filter(({ length }) => length === 1 || tokens[at + 1]!.gap !== 'space' || token.kind === 'word');
  const best = found.at(-1);
  if (best?.value === undefined || best.value === 'none') return undefined;
  const end = at + best.length;
  const apart = token.gap === 'space' && ONLY_BESIDE.has(token.term);
  return apart && tokens[end] !== undefined && tokens[end].gap !== 'clause' ? undefined : { unit: best.value, end };
}

function joinerAt(tokens: readonly Token[], at: number): string | undefined {
  const token = tokens[at];
  if (token?.kind === 'number' && token.gap === 'hyphen') return '-';
  const times = token?.term === '\u00d7' || token?.term === 'by';
  return times && tokens[at + 1]?.kind === 'number' ? ' x ' : undefined;
}

function unitTree(): PhraseTree<Unit | 'none'> {
  const tree = new PhraseTree<Unit | 'none'>();
  const termsOf = (phrase: string): readonly string[] => tokensOf(phrase).map(({ term }) => term);
  // Inch and foot marks are signs only behind a digit.
  const unitTerms = (spelling: string): readonly string[] => (/^["']$/.test(spelling) ? [spelling] : termsOf(spelling));
  for (const [table, length] of [
    [LENGTHS, true],
    [VOLUMES, false],
    [WEIGHTS, false],
  ] as const)
    for (const spellings of rows(table))
      for (const spelling of spellings) tree.add(unitTerms(spelling), { name: spellings[0]!, length });
  for (const [word = ''] of rows(NO_UNITS)) tree.add(termsOf(word), 'none');
  return tree;
}
