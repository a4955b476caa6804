import { languageTold } from '../enrichment/language-told.js';
import { amountsIn, type Amount } from '../grounding/amounts.js';
import { inventionsIn, type Invention } from '../grounding/inventions.js';
import { safeText } from '../grounding/safe-text.js';
import { tokensOf } from '../grounding/tokens.js';
import type { HeldDescription } from '../writing/held-description.js';
import { opinionsIn, type SaidClause } from './opinions.js';
import { SUMMARY_CHARS } from './review-summary.js';
import type { AspectOpinions, ReviewAspects, ReviewSummaryOptions } from './review.types.js';

export interface ReviewSummaryCheck extends ReviewSummaryOptions {
  /** Words and phrases that no shopper may read. */
  readonly blocked: readonly string[];
}

/** A side that fewer take than the other may be told of if it is said to be few: by a number, or by such a word. */
const FEW =
  /\d|\b(?:some|few|several|one|two|three|others?|occasional|couple|minority)\b|有的|有些|有人|少数|个别|部分|几/iu;
const MOST = /\b(?:most|mostly|majority|usually|generally|largely)\b|大多|多数|大部分|普遍/iu;
const ALL =
  /\b(?:all|every|everyone|everybody|always|unanimous(?:ly)?|nobody|no one|none)\b|所有|全部|大家|一致|人人|每/iu;
/** Units that a count of reviews may have. */
const OF_REVIEWS: ReadonlySet<string> = new Set(['', 'person']);

/**
 * Holds a model's summary to what was counted: plain and short enough, in the language asked for, with no number that
 * is no count of what its clause speaks of, nothing said of an aspect that the counts do not say, "most" and "all"
 * only where it is so, and no value, name or claim that no quote has. English and Chinese. What no table of words
 * knows passes.
 */
export function heldReviewSummary(answer: string, reviews: ReviewAspects, check: ReviewSummaryCheck): HeldDescription {
  const { language, maxChars = SUMMARY_CHARS, blocked } = check;
  const text = safeText(answer, { maxChars, blocked });
  if (text === undefined)
    return { unusable: 'nothing of the text may be shown: empty, too long, or with a blocked word' };
  const told = languageTold(text)?.language;
  if (language === 'en' ? told !== undefined && told !== 'en' : told !== language)
    return { unusable: `the text is not in the language asked for, ${language}` };
  const clauses = opinionsIn(text);
  const found = [
    ...clauses.flatMap((clause) => unsupported(text, clause, reviews)),
    ...wrongNumbers(text, clauses, reviews),
    ...foreign(text, reviews),
  ];
  const [first, ...more] = outermost(found);
  return first === undefined ? { text } : { inventions: [first, ...more] };
}

/** In the order of the text, without those inside another. */
function outermost(found: readonly Invention[]): readonly Invention[] {
  const sorted = [...found].sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]);
  let end = 0;
  return sorted.filter(({ span: [, to] }) => {
    const isInside = to <= end;
    end = Math.max(end, to);
    return !isInside;
  });
}

/** A clause with an opinion that too few reviews have. */
function unsupported(text: string, { from, to, opinions }: SaidClause, reviews: ReviewAspects): readonly Invention[] {
  const said = text.slice(from, to);
  const isSo = opinions.every(({ aspects, sign }) => {
    if (aspects.length === 0) return sign === 0 || isHeld(said, sign, reviews.sentiment, reviews.count);
    return aspects.every((aspect) => {
      const row = rowOf(reviews, aspect);
      return row !== undefined && (sign === 0 || isHeld(said, sign, row, reviews.count));
    });
  });
  return isSo ? [] : [{ kind: 'claim', text: said, span: [from, to] }];
}

const rowOf = ({ aspects }: ReviewAspects, aspect: string): AspectOpinions | undefined =>
  aspects.find((row) => row.aspect === aspect);

function isHeld(
  said: string,
  sign: -1 | 1,
  { positive, negative }: { readonly positive: number; readonly negative: number },
  count: number,
): boolean {
  const [own, other] = sign > 0 ? [positive, negative] : [negative, positive];
  if (own === 0) return false;
  if (ALL.test(said)) return own === count;
  if (MOST.test(said)) return own * 2 > count;
  return own >= other || FEW.test(said);
}

function wrongNumbers(text: string, clauses: readonly SaidClause[], reviews: ReviewAspects): readonly Invention[] {
  const tokens = tokensOf(text);
  return amountsIn(tokens).flatMap((amount) => {
    const span = [tokens[amount.at]!.from, tokens[amount.at + amount.length - 1]!.to] as const;
    const clause = clauses.find(({ from, to }) => from <= span[0] && span[1] <= to);
    return isCount(amount, countsOf(clause, reviews)) ? [] : [{ kind: 'number', text: text.slice(...span), span }];
  });
}

/**
 * The numbers that may stand in a clause: those of its aspects, of all reviews, and of the whole where it is on no
 * aspect.
 */
function countsOf(clause: SaidClause | undefined, reviews: ReviewAspects): ReadonlySet<string> {
  const aspects = new Set(clause?.opinions.flatMap((opinion) => opinion.aspects));
  const rows = reviews.aspects.filter(({ aspect }) => aspects.has(aspect));
  const { positive, negative, neutral } = reviews.sentiment;
  const ofWhole = rows.length > 0 ? [] : [positive, negative, neutral];
  const ofRows = rows.flatMap((row) => [row.mentions, row.positive, row.negative, row.neutral]);
  return new Set([reviews.count, ...ofWhole, ...ofRows].map(String));
}

const isCount = ({ readings, units }: Amount, counts: ReadonlySet<string>): boolean =>
  units.every((unit) => OF_REVIEWS.has(unit)) &&
  readings.some((numbers) => numbers.every((number) => counts.has(number)));

/** Values, names and claims that no quote has, but for what was read as an opinion: that is held to the counts. */
function foreign(text: string, { aspects }: ReviewAspects): readonly Invention[] {
  const texts = [...OF_ITSELF, ...aspects.flatMap(({ quotes }) => quotes.map((quote) => quote.text))];
  return inventionsIn(text, { texts }, { values: NO_VALUES }).filter(
    (one) => one.kind !== 'number' && one.kind !== 'measure' && opinionsIn(one.text).length === 0,
  );
}

/** What every summary of reviews speaks of. */
const OF_ITSELF = ['reviews', '评价 好评 差评'];
const NO_VALUES: ReadonlyMap<string, readonly string[]> = new Map();
