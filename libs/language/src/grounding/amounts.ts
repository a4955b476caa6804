import { builtIn, rowsOf } from './lexicon.js';
import { numeralAt } from './numerals.js';
import { PhraseTree } from './phrase-tree.js';
import { tokensOf, type Token } from './tokens.js';
import { COUNTED, COUNTERS, UNITS } from './units.table.js';

/** A number with what it is a number of. */
export interface Amount {
  readonly readings: readonly (readonly string[])[];
  /** Units it may have; '' is none. */
  readonly units: readonly string[];
  readonly at: number;
  readonly length: number;
}

const counted: ReadonlySet<string> = new Set(rowsOf(COUNTED).map(([name]) => name ?? ''));
/** "3 large drawers" counts drawers. */
const FARTHEST_PART = 3;
const NONE: readonly string[] = [''];
const units = unitTree();
/** Letters that are units only where they touch the number ("5a" is a current, "5 a day" is not). */
const ONLY_TOUCHING: ReadonlySet<string> = new Set(['a', 's', 'h', 'p', 'k', 'x', 'mo', 'st', 'th', 'nd', 'rd']);
const RANGES: ReadonlySet<string> = new Set(['by', 'to', '~', '至', '到']);
const LISTS: ReadonlySet<string> = new Set(['×', '/', 'and', 'or', '&', '和', '或', '及']);

/** The amounts of a text in order. "30 x 40 cm" are two lengths, "3-5 years" two times. */
export function amountsIn(tokens: readonly Token[]): readonly Amount[] {
  const found: Amount[] = [];
  let at = 0;
  while (at < tokens.length) {
    const word = builtIn().longest(tokens, at);
    const amount = word?.value.group === 'plain' ? undefined : amountAt(tokens, at);
    if (amount !== undefined) found.push(amount);
    at += amount?.length ?? (word?.value.group === 'plain' ? word.length : 1);
  }
  return withUnitsOfNext(tokens, found);
}

/** Parts that the number before a token may count, though other words stand between. */
export function partsCountedAfter(tokens: readonly Token[], at: number): readonly string[] {
  for (let i = at; i < Math.min(tokens.length, at + FARTHEST_PART); i++) {
    const token = tokens[i]!;
    if (token.kind === 'number' || token.gap === 'clause') return [];
    const parts = units.longest(tokens, i)?.value.filter((unit) => counted.has(unit)) ?? [];
    if (parts.length > 0) return parts;
  }
  return [];
}

function amountAt(tokens: readonly Token[], at: number): Amount | undefined {
  const percent = ['百', '分', '之'].every((term, i) => tokens[at + i]?.term === term) ? 3 : 0;
  if (tokens[at + percent] === undefined) return undefined;
  const numeral = numeralAt(tokens, at + percent);
  if (numeral === undefined) return undefined;
  const end = at + percent + numeral.length;
  if (percent > 0) return { readings: numeral.readings, units: ['%'], at, length: end - at };
  const after = unitAt(tokens, end);
  if (numeral.needsUnit && (after === undefined || after.units.includes(''))) return undefined;
  const before = currencyBefore(tokens, at);
  const length = end - at + (after?.length ?? 0);
  if (before !== undefined) return { readings: numeral.readings, units: before, at: at - 1, length: length + 1 };
  return { readings: numeral.readings, units: after?.units ?? NONE, at, length };
}

function unitAt(tokens: readonly Token[], at: number): { units: readonly string[]; length: number } | undefined {
  const next = tokens[at];
  if (next === undefined || next.gap === 'clause') return undefined;
  const unit = ONLY_TOUCHING.has(next.term) && next.gap !== 'none' ? undefined : units.longest(tokens, at);
  // "3 in a box": a preposition, or inches.
  if (unit !== undefined)
    return {
      units: next.term === 'in' && next.gap === 'space' ? ['', ...unit.value] : unit.value,
      length: unit.length,
    };
  // "3d", "4wd": what it is, is not known, but it is not 3 of anything.
  return next.kind === 'word' && next.gap === 'none' ? { units: [`~${next.term}`], length: 1 } : undefined;
}

function currencyBefore(tokens: readonly Token[], at: number): readonly string[] | undefined {
  const before = tokens[at - 1];
  if (before === undefined || tokens[at]!.gap === 'clause') return undefined;
  if (!/^(?:[$£€¥₩₹]|usd|gbp|eur|euro|cny|rmb|jpy|aud|cad|chf|inr|krw)$/.test(before.term)) return undefined;
  return units.longest(tokens.slice(at - 1, at), 0)?.value;
}

/** Numbers without a unit that are joined to the next one take its unit; in a list they may also stand for themselves. */
function withUnitsOfNext(tokens: readonly Token[], amounts: readonly Amount[]): readonly Amount[] {
  const joined = [...amounts];
  for (let i = amounts.length - 2; i >= 0; i--) {
    const [amount, next] = [joined[i]!, joined[i + 1]!];
    if (amount.units !== NONE || next.units === NONE) continue;
    const between = next.at - amount.at - amount.length;
    const joint = tokens[amount.at + amount.length]!;
    const isRange = between === 0 ? joint.gap === 'hyphen' : between === 1 && RANGES.has(joint.term);
    if (isRange) joined[i] = { ...amount, units: next.units };
    else if (between === 1 && LISTS.has(joint.term)) joined[i] = { ...amount, units: ['', ...next.units] };
  }
  return joined;
}

function unitTree(): PhraseTree<readonly string[]> {
  const names = new Map<string, { terms: readonly string[]; units: string[] }>();
  const add = (spelling: string, unit: string): void => {
    // After a digit, as the marks for inches and feet are none elsewhere.
    const terms = tokensOf(`1${spelling}`)
      .slice(1)
      .map(({ term }) => term);
    const entry = names.get(terms.join(' ')) ?? { terms, units: [] };
    entry.units.push(unit);
    names.set(terms.join(' '), entry);
  };
  for (const spellings of rowsOf(`${UNITS}, ${COUNTED}`))
    for (const spelling of spellings) add(spelling, spellings[0] ?? '');
  for (const spelling of COUNTERS.split('=')) add(spelling, '');
  const tree = new PhraseTree<readonly string[]>();
  for (const { terms, units: named } of names.values()) tree.add(terms, named);
  return tree;
}
