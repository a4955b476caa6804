import { COLORS_ZH, MATERIALS_ZH } from '../grounding/chinese.table.js';
import { onFirstUse } from '../first-use.js';
import { rowsOf, termsOf } from '../grounding/lexicon.js';
import { COLORS, MATERIALS } from '../grounding/values.table.js';
import type { WrittenLanguage } from './description.style.js';
import { LABELS } from './words.table.js';

/** One thing in each language. */
interface Pair {
  readonly en: string;
  readonly zh: string;
}

const keyOf = (text: string): string => termsOf(text).join(' ');

/** Values and labels by every spelling of either language. */
const colors = onFirstUse(() => pairsOf(COLORS_ZH, COLORS));
const materials = onFirstUse(() => pairsOf(MATERIALS_ZH, MATERIALS));
const labels = onFirstUse(labelPairs);

/** A label as sentences have it; undefined for one that no table has. */
export const labelIn = (words: string, language: WrittenLanguage): string | undefined =>
  labels().get(keyOf(words))?.[language];

/** A color or material in a language; as it is where the tables have it not. */
export function valueIn(value: string, label: string | undefined, language: WrittenLanguage): string {
  const kind =
    label === 'color' || label === '颜色'
      ? colors()
      : label === 'material' || label === '材质'
        ? materials()
        : undefined;
  return kind?.get(keyOf(value))?.[language] ?? value;
}

/** A table of Chinese words, whose rows begin with the English name, and the English spellings of the same things. */
function pairsOf(chinese: string, english: string): ReadonlyMap<string, Pair> {
  const pairs = new Map<string, Pair>();
  const add = (spelling: string, pair: Pair): void => {
    if (!pairs.has(keyOf(spelling))) pairs.set(keyOf(spelling), pair);
  };
  for (const [en = '', ...spellings] of rowsOf(chinese))
    for (const spelling of [en, ...spellings]) add(spelling, { en, zh: spellings[0] ?? en });
  for (const spellings of rowsOf(english)) {
    const pair = spellings.map((one) => pairs.get(keyOf(one))).find((one) => one !== undefined);
    if (pair !== undefined) for (const spelling of spellings) add(spelling, pair);
  }
  return pairs;
}

function labelPairs(): ReadonlyMap<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const row of LABELS.split(',')) {
    const [, english = '', chinese = ''] = /^\s*(.*\S)\s+(\S+)$/.exec(row) ?? [];
    const names = [...english.split('='), ...chinese.split('=')];
    const pair = { en: english.split('=')[0] ?? '', zh: chinese.split('=')[0] ?? '' };
    for (const name of names) pairs.set(keyOf(name), pair);
  }
  return pairs;
}
