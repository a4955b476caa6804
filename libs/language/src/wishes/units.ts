import type { Lexicon } from './lexicon.js';
import { isHyphen, NO_MEANING, type Meaning } from './phrase-book.js';
import type { Tag } from './tags.js';
import { tokensOf, type Token } from './tokens.js';

/** A word, number, sign or known phrase of a text. */
export interface Unit extends Meaning {
  /** `[start, end)` in UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: Token['kind'];
  readonly number: number | undefined;
  /** Whether it begins where the one before it ends. */
  readonly glued: boolean;
}

interface Found {
  readonly from: number;
  readonly words: number;
  readonly length: number;
  readonly meaning: Meaning;
}

const MINUS: ReadonlySet<Tag> = new Set<Tag>(['not']);

/** The units of a text, in order: known phrases, the longest first and none over another, and the tokens left. */
export function unitsOf(text: string, lexicon: Lexicon): readonly Unit[] {
  const tokens = tokensOf(text, lexicon.han);
  const chosen = new Map<number, Found>();
  const covered = new Uint8Array(tokens.length);
  for (const found of phrasesIn(tokens, lexicon)) {
    if (covered.subarray(found.from, found.from + found.words).includes(1)) continue;
    covered.fill(1, found.from, found.from + found.words);
    chosen.set(found.from, found);
  }
  const units: Unit[] = [];
  for (let i = 0; i < tokens.length;) {
    const found = chosen.get(i);
    const words = found?.words ?? 1;
    units.push(unitOf(tokens, i, words, found?.meaning ?? NO_MEANING));
    i += words;
  }
  return units;
}

function phrasesIn(tokens: readonly Token[], lexicon: Lexicon): readonly Found[] {
  const all: Found[] = [];
  for (let from = 0; from < tokens.length; from++) {
    for (const [words, meaning] of lexicon.book.startingAt(tokens, from)) {
      all.push({ from, words, length: tokens[from + words - 1]!.end - tokens[from]!.start, meaning });
    }
  }
  return all.sort((a, b) => b.length - a.length || a.from - b.from);
}

function unitOf(tokens: readonly Token[], from: number, words: number, meaning: Meaning): Unit {
  const first = tokens[from]!;
  const last = tokens[from + words - 1]!;
  const before = tokens[from - 1];
  const glued = before !== undefined && before.end === first.start;
  const next = tokens[from + 1];
  // "-red": a dash before a word and after a space says that it is not wanted.
  const minus =
    isHyphen(first) && !glued && next?.start === first.end && next.kind === 'word' && next.number === undefined;
  return {
    ...meaning,
    ...(minus && { tags: MINUS }),
    start: first.start,
    end: last.end,
    text:
      words === 1
        ? first.text
        : tokens
            .slice(from, from + words)
            .map((token) => token.text)
            .join(' '),
    kind: first.kind === 'sign' && words === 1 ? 'sign' : 'word',
    number: words === 1 ? first.number : undefined,
    glued,
  };
}

/** Whether a unit has one of the tags. */
export const hasTag = (unit: Unit | undefined, ...tags: readonly Tag[]): boolean =>
  unit !== undefined && tags.some((tag) => unit.tags.has(tag));

/** Whether a unit is a word that has no meaning but to be searched by. */
export const isPlain = (unit: Unit | undefined): boolean =>
  unit !== undefined &&
  unit.kind === 'word' &&
  unit.values.length === 0 &&
  (unit.tags.size === 0 || unit.tags.has('name')) &&
  unit.field === undefined &&
  unit.codes === undefined &&
  unit.number === undefined;

/** "two red mugs", 两个: a number in words that is part of no name. */
export function saysHowMany(units: readonly Unit[], at: number): boolean {
  const { number, text } = units[at]!;
  const next = units[at + 1];
  return (
    number !== undefined && !/^\d/.test(text) && !isPlain(next) && (!hasTag(next, 'unit') || hasTag(next, 'place'))
  );
}
