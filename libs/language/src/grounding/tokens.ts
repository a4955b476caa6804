import { Folded } from './folded.js';
import { lemma } from './lemma.js';

const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3007`;
const LETTER = String.raw`(?![${UNSPACED}])\p{L}`;
/** Marks after a digit that are units: 6", 5'. Two primes are one inch mark. */
const MARKS = String.raw`(?<=\d)(?:"|\u201d|\u2032\u2032|''|\u2032|['\u2019](?!s))`;
const TOKEN = new RegExp(
  [
    String.raw`(?<number>\d+(?:[.,]\d+)*)`,
    `(?<char>[${UNSPACED}])`,
    // "30x40cm", "30cmx40cm" and "30 x 40 cm" are numbers, units and a sign.
    String.raw`(?<times>(?<=\d\s?(?:cm|mm|m|in)?\s?)x(?=\s?\d))`,
    String.raw`(?<unit>(?<=\d)(?:cm|mm|m|in)(?=x\d))`,
    String.raw`(?<word>${LETTER}(?:(?:${LETTER}|\p{M}|\p{N})|['\u2019\u02bc](?=\p{L}))*)`,
    `(?<mark>${MARKS})`,
    String.raw`(?<sign>[%\u2030\u00b0\u00a3$\u20ac\u00a5\u20a9\u20b9\u00d7*/\u2044+#&~])`,
  ].join('|'),
  'gu',
);
const APOSTROPHE = /['\u2019\u02bc]/g;
const POSSESSIVE = /['\u2019\u02bc]s$/;
const HYPHEN = /^[-\u2010-\u2014\u2212]$/;
const CLAUSE_END = /[.,;:!?()[\]{}|\n\u3001\u3002\uff61\u2026\u00b7\u2022]/;
const SENTENCE_END = /[.!?\n\u3002\u2022\u201c\u2018"]/;
const UPPER = /\p{Lu}/u;
const ALL_UPPER = /^(?:\p{Lu}[\p{N}\p{M}]*){2,}$/u;
/** Longer words are noise; what they begin with tells them apart well enough. */
const LONGEST_TERM = 48;

export interface Token {
  readonly kind: 'word' | 'char' | 'number' | 'sign';
  /** What it is compared by: a word folded and without plural, a character, digits as written, a sign. */
  readonly term: string;
  /** Where it stands in the text, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  /** What parts it from the one before: nothing, a hyphen, white space and the like, or the end of a clause. */
  readonly gap: 'none' | 'hyphen' | 'space' | 'clause';
  readonly opensSentence: boolean;
  readonly capital: boolean;
  /** Two letters or more, none of them small. */
  readonly allCapitals: boolean;
}

/** The words, numbers and signs of a text in order; of scripts without spaces, each character. Linear time. */
export function tokensOf(text: string): readonly Token[] {
  const folded = new Folded(text);
  const tokens: Token[] = [];
  let end = 0;
  for (const match of folded.text.matchAll(TOKEN)) {
    const between = folded.text.slice(end, match.index);
    end = match.index + match[0].length;
    const [from, to] = folded.span(match.index, end);
    const kind = kindOf(match.groups ?? {});
    const source = text.slice(from, to);
    tokens.push({
      kind,
      term: termOf(kind, match[0]),
      from,
      to,
      gap: tokens.length === 0 ? 'clause' : gapOf(between),
      opensSentence: tokens.length === 0 || SENTENCE_END.test(between),
      capital: kind === 'word' && UPPER.test(source),
      allCapitals: kind === 'word' && ALL_UPPER.test(source),
    });
  }
  return tokens;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): Token['kind'] {
  if (groups['number'] !== undefined) return 'number';
  if (groups['char'] !== undefined) return 'char';
  return groups['word'] !== undefined || groups['unit'] !== undefined ? 'word' : 'sign';
}

function termOf(kind: Token['kind'], found: string): string {
  if (kind === 'word') return lemma(found.replace(POSSESSIVE, '').replace(APOSTROPHE, '').slice(0, LONGEST_TERM));
  if (kind !== 'sign') return found.slice(0, LONGEST_TERM);
  if (found === 'x' || found === '*') return '\u00d7';
  if (found === '\u2044') return '/';
  if (found === '\u201d' || found === '\u2032\u2032' || found === "''") return '"';
  return found === '\u2032' || found === '\u2019' ? "'" : found;
}

function gapOf(between: string): Token['gap'] {
  if (between === '') return 'none';
  if (HYPHEN.test(between)) return 'hyphen';
  return CLAUSE_END.test(between) ? 'clause' : 'space';
}
