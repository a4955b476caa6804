import { onFirstUse } from '../first-use.js';
import { COLORS_ZH, CLAIMS_ZH, COUNTRIES_ZH, MATERIALS_ZH, PEOPLE_ZH, PLAIN_ZH, SIZES_ZH } from './chinese.table.js';
import { CLAIMS, PLAIN } from './claims.table.js';
import { ORDINARY } from './ordinary.table.js';
import { PhraseTree } from './phrase-tree.js';
import { tokensOf } from './tokens.js';
import { COLORS, COUNTRIES, MATERIALS, PEOPLE, SIZES } from './values.table.js';

export type Group = 'color' | 'material' | 'country' | 'other' | 'brand' | 'claim' | 'plain';

/** What a phrase stands for. */
export interface Meaning {
  /** One for all spellings of a thing. */
  readonly concept: string;
  readonly group: Group;
}

/** What is known of a catalogue. */
export interface GroundingFacts {
  /** Attributes, and what else items are told apart by, with the values the catalogue has: color → red, navy blue … */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Titles and brands that could be named by mistake. */
  readonly names?: readonly string[];
}

export interface Lexicon {
  readonly meanings: PhraseTree<Meaning>;
  /** The value of a name is its terms, joined. */
  readonly names: PhraseTree<string>;
}

/** Longer values are texts, not values. */
const [LONGEST_VALUE, LONGEST_NAME] = [8, 64];
const KEYS: readonly (readonly [Group, RegExp])[] = [
  ['brand', /brand|maker|manufacturer|vendor|designer|author|品牌|厂商/i],
  ['color', /colou?r|颜色|色/i],
  ['material', /material|fabric|metal|材质|面料|材料/i],
  ['country', /country|origin|made.?in|产地|国/i],
];

/** The terms a phrase is found by. */
export const termsOf = (phrase: string): readonly string[] => tokensOf(phrase).map(({ term }) => term);

/** The parts of a word table, without white space around them. */
export const rowsOf = (table: string): readonly (readonly string[])[] =>
  table.split(/[,，]/).map((row) => row.split('=').map((spelling) => spelling.trim()));

/** Words that say nothing of a thing, as terms. */
export const ordinaryTerms = onFirstUse((): ReadonlySet<string> => new Set(ORDINARY.split(' ').flatMap(termsOf)));

/** What the built-in tables know, whatever the catalogue. */
export const builtIn = onFirstUse(builtInMeanings);

const lexicons = new WeakMap<GroundingFacts, Lexicon>();

/** The lexicon of a catalogue's facts; made once for each object, so a changed catalogue needs a new one. */
export function lexiconOf(facts: GroundingFacts): Lexicon {
  const known = lexicons.get(facts);
  if (known !== undefined) return known;
  const lexicon: Lexicon = { meanings: new PhraseTree(), names: new PhraseTree() };
  for (const [key, values] of facts.values) {
    const group = KEYS.find(([, pattern]) => pattern.test(key))?.[0] ?? 'other';
    for (const value of values) addValue(lexicon, value, group);
  }
  for (const name of facts.names ?? []) addName(lexicon.names, name);
  lexicons.set(facts, lexicon);
  return lexicon;
}

/** The names of a text may be found by, for example the titles that it may speak of. */
export function nameTree(names: readonly string[]): PhraseTree<string> {
  const tree = new PhraseTree<string>();
  for (const name of names) addName(tree, name);
  return tree;
}

function addName(tree: PhraseTree<string>, name: string): void {
  const terms = termsOf(name).slice(0, LONGEST_NAME);
  if (terms.some((term) => /\p{L}/u.test(term))) tree.add(terms, terms.join(' '));
}

function addValue({ meanings, names }: Lexicon, value: string, group: Group): void {
  const tokens = tokensOf(value);
  const terms = tokens.map(({ term }) => term);
  if (group === 'brand') addName(names, value);
  // Numbers are compared as numbers, and "yes" or "other" say nothing.
  const says = tokens.some(({ kind, term }) => (kind === 'word' || kind === 'char') && !ordinaryTerms().has(term));
  if (says && tokens[0]?.kind !== 'number' && terms.length <= LONGEST_VALUE)
    meanings.add(terms, { concept: terms.join(' '), group });
}

function builtInMeanings(): PhraseTree<Meaning> {
  const tree = new PhraseTree<Meaning>();
  const add = (group: Group, english: readonly string[], chinese: readonly string[]): void => {
    for (const row of english.flatMap(rowsOf)) addRow(tree, group, row[0], row);
    // There the English word names what is meant, and need not be a value or claim itself: "only" for 唯一.
    for (const [concept, ...spellings] of chinese.flatMap(rowsOf)) addRow(tree, group, concept, spellings);
  };
  add('plain', [PLAIN, PLAIN_ZH], []);
  add('color', [COLORS], [COLORS_ZH]);
  add('material', [MATERIALS], [MATERIALS_ZH]);
  add('country', [COUNTRIES], [COUNTRIES_ZH]);
  add('other', [SIZES, PEOPLE], [SIZES_ZH, PEOPLE_ZH]);
  add('claim', CLAIMS, CLAIMS_ZH);
  return tree;
}

function addRow(
  tree: PhraseTree<Meaning>,
  group: Group,
  named: string | undefined,
  spellings: readonly string[],
): void {
  const concept = termsOf(named ?? '').join(' ');
  for (const terms of spellings.map(termsOf)) {
    tree.add(terms, { concept, group });
    // "hand made" is also written "handmade".
    const joined = terms.length === 2 && terms.every((term) => /^[a-z]{2,}$/.test(term));
    if (joined) tree.add([terms.join('')], { concept, group });
  }
}
