import { onFirstUse } from '../first-use.js';
import { rowsOf, termsOf } from '../grounding/lexicon.js';
import { PhraseTree } from '../grounding/phrase-tree.js';
import { ENDS_OF_THIS, LIKENESS_AFTER, LIKENESS_WORDS, OF_THIS, VAGUE } from './reason-words.table.js';
import type { ReadText, Unit } from './reason-units.js';

const treeOf = (table: string): PhraseTree<true> => {
  const tree = new PhraseTree<true>();
  for (const [wording] of rowsOf(table)) tree.add(termsOf(wording ?? ''), true);
  return tree;
};
const before = onFirstUse(() => treeOf(LIKENESS_WORDS));
const after = onFirstUse(() => treeOf(LIKENESS_AFTER));
/** What these name has to be there: "the same collection" is no figure of speech. */
const NAMING: ReadonlySet<string> = new Set('same identical share shared 相 同'.split(' '));
const ARTICLES: ReadonlySet<string> = new Set('a an the 的'.split(' '));
/** After such a word "too" says something of what stands between. */
const SAYING: ReadonlySet<string> = new Set('is are has have come 是 有'.split(' '));
/** What begins a clause with these is what the item is: "A red mug, as …". */
const OPENING: ReadonlySet<string> = new Set('a an 一'.split(' '));

/**
 * What is said of this item and is another one's, or of both and is not so of both; undefined where nothing is. `differing`: names of
 * attributes in which they differ.
 */
export function falseLikeness({ tokens, units: read }: ReadText, differing: ReadonlySet<string>): Unit | undefined {
  const isDiffering = ({ at, length }: Unit): boolean =>
    differing.has(
      tokens
        .slice(at, at + length)
        .map(({ term }) => term)
        .join(''),
    );
  const units = read.map((unit) =>
    unit.named || !isDiffering(unit) ? unit : { ...unit, plain: false, own: true, past: false },
  );
  const text = { tokens, units };
  for (const [i, { at, length: size, named }] of units.entries()) {
    if (named) continue;
    const { gap, term } = tokens[at]!;
    if (OF_THIS.has(term) || (gap === 'clause' && OPENING.has(term))) {
      const foreign = until(text, i + 1).find(({ plain, own }) => !plain && !own);
      if (foreign !== undefined) return foreign;
    }
    const swapped = SAYING.has(term) ? wrongOfSubject(text, i) : undefined;
    if (swapped !== undefined) return swapped;
    const length = before().longest(tokens, at)?.length;
    const wrong = length === undefined || length < size ? undefined : wrongOfBoth(text, at, at + length);
    if (wrong !== undefined) return wrong;
    const unlike = after().longest(tokens, at) === undefined ? undefined : wrongBefore(text, i);
    if (unlike !== undefined) return unlike;
  }
  return undefined;
}

/** Units from a place on that are told of one thing. */
function until({ tokens, units }: ReadText, from: number): readonly Unit[] {
  const end = units.findIndex(({ at, plain }, i) => {
    const { gap, term } = tokens[at]!;
    return i >= from && (gap === 'clause' || (plain && ENDS_OF_THIS.has(term)));
  });
  return units.slice(from, end < 0 ? undefined : end);
}

const isOfBoth = ({ own, past, named }: Unit): boolean => (own && past) || named;

function wrongOfBoth(text: ReadText, at: number, end: number): Unit | undefined {
  const { tokens, units } = text;
  const from = units.findIndex((unit) => unit.at >= end);
  if (from < 0) return undefined;
  const told = until(text, from);
  const [next] = told.filter((unit) => !ARTICLES.has(tokens[unit.at]!.term));
  const isNamed = NAMING.has(tokens[at]!.term) && next !== undefined && !VAGUE.has(tokens[next.at]!.term);
  if (isNamed && !isOfBoth(next)) return next;
  return told.find((unit) => !unit.plain && !isOfBoth(unit));
}

function wrongBefore({ tokens, units }: ReadText, to: number): Unit | undefined {
  let from = to;
  while (from > 0 && tokens[units[from]!.at]!.gap !== 'clause' && !SAYING.has(tokens[units[from - 1]!.at]!.term))
    from--;
  return units.slice(from, to).find((unit) => !unit.plain && !isOfBoth(unit));
}

/** What the clause says of its evidence and is the item's, or of the item and is its evidence's: "the lamp you bought is red, too". */
function wrongOfSubject(text: ReadText, verb: number): Unit | undefined {
  const { tokens, units } = text;
  let at = verb;
  while (at > 0 && tokens[units[at]!.at]!.gap !== 'clause' && units[at - 1]!.plain && !isIt(text, at - 1)) at--;
  if (at === 0 || tokens[units[at]!.at]!.gap === 'clause') return undefined;
  const subject = units[at - 1]!;
  const isItem = subject.plain || subject.own;
  return until(text, verb + 1).find(({ plain, own, past }) => !plain && (isItem ? !own : !past));
}

const isIt = ({ tokens, units }: ReadText, at: number): boolean =>
  units[at]!.plain && OF_THIS.has(tokens[units[at]!.at]!.term);
