import { cleanText } from '@attune/text';
import { Folded } from '../grounding/folded.js';
import type { Token } from '../grounding/tokens.js';
import { readingOf, type Mention } from './reading/reading.js';
import { nearPairs } from './near-pairs.js';
import { words } from './words/word-set.js';

interface Titled {
  readonly id: string;
  readonly title: string;
}

/** A title as it is compared. */
interface Canonical {
  /** Words as one spells them ("grey" is "gray"), in the order of the text. */
  readonly words: readonly string[];
  /** What must not differ: colors, sizes, numbers, single letters. */
  readonly telling: readonly string[];
}

/** Say nothing of what a thing is. */
const FILLERS = words('an the and of in with for & + \u7684');

/**
 * Items that are the same thing by their titles, as groups of ids in the order given, those of one item left out.
 *
 * The same words in whatever order, case, punctuation and spelling ("RED MUG", "Mug, red"); with two or more colors, sizes
 * or numbers the order counts, since "red mug, white lid" is not "white mug, red lid". Or nearly the same words: of the
 * letter triples of both at least 90% in both, no color, size, number or single letter in one alone, and what differs is a
 * typing error: two words of five letters or more, at most two edits apart. An id counts once. About linear time: each
 * title is compared with few others.
 */
export function duplicateGroups(items: readonly Titled[]): readonly (readonly string[])[] {
  const groups = new Map<string, Set<string>>();
  const canonical = new Map<string, Canonical>();
  for (const { id, title } of items) {
    const read = canonicalOf(title);
    const key = exactKey(read);
    if (read.words.length === 0) continue;
    if (!groups.has(key)) groups.set(key, new Set());
    groups.get(key)!.add(id);
    if (!canonical.has(key)) canonical.set(key, read);
  }
  const keys = [...canonical.keys()];
  const texts = keys.map((key) => ({
    words: [...canonical.get(key)!.words].sort(),
    block: tellingKey(canonical.get(key)!),
  }));
  for (const [first, second] of nearPairs(texts)) {
    const merged = groups.get(keys[first]!)!;
    for (const id of groups.get(keys[second]!)!) merged.add(id);
    groups.delete(keys[second]!);
  }
  return inOrder(
    items,
    [...groups.values()].filter((ids) => ids.size > 1),
  );
}

/** Groups by their first id in the list, ids likewise. */
function inOrder(items: readonly Titled[], groups: readonly ReadonlySet<string>[]): readonly (readonly string[])[] {
  const place = new Map<string, number>();
  for (const [i, { id }] of items.entries()) if (!place.has(id)) place.set(id, i);
  const byPlace = (a: string, b: string): number => place.get(a)! - place.get(b)!;
  return groups.map((ids) => [...ids].sort(byPlace)).sort(([a], [b]) => byPlace(a!, b!));
}

function canonicalOf(title: string): Canonical {
  const text = cleanText(title);
  const { tokens, mentions } = readingOf(text);
  const said = new Map<number, Mention>();
  for (const mention of mentions)
    if (mention.attribute !== 'material' && !said.has(mention.at)) said.set(mention.at, mention);
  const all: string[] = [];
  const telling: string[] = [];
  for (let at = 0; at < tokens.length;) {
    const mention = said.get(at);
    const word = mention === undefined ? wordOf(text, tokens[at]!) : valueOf(mention, tokens);
    if (!FILLERS.has(word)) all.push(word);
    if (mention !== undefined || tells(tokens[at]!, word)) telling.push(word);
    at = mention?.end ?? at + 1;
  }
  return { words: all, telling };
}

/** "Light gray" is no "gray". */
function valueOf({ measure, concept, at, end }: Mention, tokens: readonly Token[]): string {
  const shade = tokens.slice(at, end - 1).map(({ term }) => term);
  return measure ?? [...shade, concept!.id].join(' ');
}

/** As it is written, letter case, accents and apostrophes aside: "mugs" are no "mug". */
function wordOf(text: string, { from, to, term, kind }: Token): string {
  return kind === 'word' ? new Folded(text.slice(from, to)).text.replace(/['\u2019\u02bc]/g, '') : term;
}

function tells({ kind }: Token, word: string): boolean {
  return kind === 'number' || kind === 'sign' || (kind === 'word' && (word.length === 1 || /\d/.test(word)));
}

function exactKey({ words: all, telling }: Canonical): string {
  return JSON.stringify(new Set(telling).size > 1 ? all : [...all].sort());
}

function tellingKey({ telling }: Canonical): string {
  return JSON.stringify(new Set(telling).size > 1 ? telling : [...telling].sort());
}
