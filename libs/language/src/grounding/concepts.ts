import { compoundAt, onlySeems } from './compounds.js';
import { builtIn, rowsOf, type Group, type Lexicon, type Meaning } from './lexicon.js';
import type { PhraseMatch } from './phrase-tree.js';
import type { Token } from './tokens.js';
import { DIRECTIONS } from './values.table.js';

/** A value or claim that a text speaks of. */
export interface Said {
  /** With "not" before it where the text denies it. */
  readonly concept: string;
  readonly group: Group;
  /** Its first token and how many it takes. */
  readonly at: number;
  readonly length: number;
}

const NEGATORS: ReadonlySet<string> = new Set(
  (
    'not no never without non neither nor isnt arent doesnt dont cannot cant wont wasnt werent lack lacking unsuitable ' +
    '不 非 无 未 勿 没 莫 禁 别'
  ).split(' '),
);
/** "70 cm wide" does not say that a thing is wide. */
const directions: ReadonlySet<string> = new Set(rowsOf(DIRECTIONS).flat());
const MEASURE =
  /^(?:mm|cm|m|in|inch|inche|foot|ft|meter|metre|centimeter|centimetre|millimeter|millimetre|yard|"|'|kg|g)$/;
/** How many tokens a denial reaches over: words, or characters of Chinese. */
const [REACH_OF_WORD, REACH_OF_CHAR] = [4, 3];
/** Of "navy blue" it is true that it is blue; of a "gift box" not that it is a gift. */
const SPEAKS_FOR_PARTS: ReadonlySet<Group> = new Set<Group>(['color', 'material', 'other']);

/** What a text speaks of, each time the longest phrase that begins at a place, in order. */
export function saidIn(tokens: readonly Token[], lexicon: Lexicon): readonly Said[] {
  return scanned(tokens, lexicon, false);
}

/** What a text is evidence for: also for parts of what it speaks of, but not of what only seems so ("silver-plated"). */
export function vouchedIn(tokens: readonly Token[], lexicon: Lexicon): readonly Said[] {
  return scanned(tokens, lexicon, true);
}

/** The longest phrase at a token, of the built-in ones and the catalogue's. */
export function longestMeaning(
  tokens: readonly Token[],
  at: number,
  lexicon: Lexicon,
): PhraseMatch<Meaning> | undefined {
  const [ours, theirs] = [builtIn().longest(tokens, at), lexicon.meanings.longest(tokens, at)];
  if (ours === undefined || theirs === undefined) return ours ?? theirs;
  return theirs.length > ours.length ? theirs : ours;
}

function scanned(tokens: readonly Token[], lexicon: Lexicon, withParts: boolean): readonly Said[] {
  const said: Said[] = [];
  let denied = -1;
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at]!;
    if (token.gap === 'clause') denied = -1;
    const match =
      compoundAt(tokens, at, (place) => longestMeaning(tokens, place, lexicon)) ?? longestMeaning(tokens, at, lexicon);
    if (match === undefined) {
      if (NEGATORS.has(token.term)) denied = at + (token.kind === 'char' ? REACH_OF_CHAR : REACH_OF_WORD);
      at++;
      continue;
    }
    const not = at <= denied ? 'not ' : '';
    const { concept, group } = match.value;
    const saysDirection = match.length === 1 && directions.has(token.term) && MEASURE.test(tokens[at - 1]?.term ?? '');
    if (group !== 'plain' && !saysDirection) {
      said.push({ concept: not + concept, group, at, length: match.length });
      if (withParts && SPEAKS_FOR_PARTS.has(group) && !onlySeems(match.value))
        said.push(...partsOf(tokens, { at, length: match.length, group, not }, lexicon));
    }
    at += match.length;
  }
  return said;
}

interface Whole {
  readonly at: number;
  readonly length: number;
  readonly group: Group;
  readonly not: string;
}

/** Shorter phrases inside a phrase, of its own group: "coral fleece" is no evidence for a color. */
function partsOf(tokens: readonly Token[], { at, length, group, not }: Whole, lexicon: Lexicon): readonly Said[] {
  const parts: Said[] = [];
  for (let start = at; start < at + length; start++)
    for (const match of [...builtIn().all(tokens, start), ...lexicon.meanings.all(tokens, start)]) {
      const { value } = match;
      const fits = start + match.length <= at + length && match.length < length;
      if (fits && value.group !== 'plain' && (group === 'other' || value.group === group))
        parts.push({ concept: not + value.concept, group: value.group, at: start, length: match.length });
    }
  return parts;
}
