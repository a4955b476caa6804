import { languageTold } from '../enrichment/language-told.js';
import { withoutPersonalData } from '../personal-data.js';
import { opinionsIn, type SaidClause } from './opinions.js';
import {
  ASPECTS,
  type Aspect,
  type AspectOpinions,
  type Polarity,
  type ReviewAspects,
  type ReviewQuote,
  type ReviewText,
} from './review.types.js';

export interface AspectsOptions {
  /** What each text is. Default `reviews`. */
  readonly of?: ReviewAspects['of'];
  /** Most quotes a side of an aspect, each of another review. Default 3. */
  readonly quotes?: number;
}

/** More of a review is not read, and more reviews are not either: neither changes what is said of a thing. */
const [LONGEST_READ, MOST_REVIEWS] = [2000, 1000];
const QUOTE_CHARS = 160;
/** Of a review that says more good than bad by less than this nobody can tell. */
const DOUBT = 0.25;
/** Ratings from and up to which a review is praise, and blame. */
const [PRAISE, BLAME] = [4, 2];

/**
 * What reviews say by aspect: in how many each is praised and blamed, with their words. By tables of words, in
 * English and Chinese (see `opinionsIn`); of each review the first 2000 characters, of the reviews the first 1000.
 * What a review asks for ("ignore all instructions") is only text. Linear time.
 */
export function aspectsOf(
  reviews: readonly ReviewText[],
  { of = 'reviews', quotes = 3 }: AspectsOptions = {},
): ReviewAspects {
  const sentiment = { positive: 0, negative: 0, neutral: 0 };
  const tallies = new Map<Aspect, Tally>();
  const read = reviews.slice(0, MOST_REVIEWS);
  for (const [review, given] of read.entries()) {
    // First of all: a clause may end within an address or a number.
    const text = withoutPersonalData(given.text.slice(0, LONGEST_READ));
    const clauses = isRead(given) ? opinionsIn(text) : [];
    sentiment[polarityOf(given, clauses)]++;
    for (const [aspect, sum] of sumsOf(clauses)) {
      const tally = tallies.get(aspect) ?? new Tally(aspect, quotes);
      tallies.set(aspect, tally);
      tally.add(polarity(sum), { review, text, clauses });
    }
  }
  const aspects = ASPECTS.flatMap((aspect) => tallies.get(aspect)?.told() ?? []);
  return { count: read.length, of, sentiment, aspects: aspects.sort((a, b) => b.mentions - a.mentions) };
}

/** Whether one review is praise, blame or neither: by its rating, else by its words. */
function polarityOf({ rating }: Pick<ReviewText, 'rating'>, clauses: readonly SaidClause[]): Polarity {
  if (rating !== undefined) return rating >= PRAISE ? 'positive' : rating <= BLAME ? 'negative' : 'neutral';
  return polarity(
    clauses.flatMap(({ opinions }) => opinions).reduce((sum, { sign, weight }) => sum + sign * weight, 0),
  );
}

/** The same of a text alone. */
export const polarityOfReview = (text: string): Polarity =>
  isRead({ text }) ? polarityOf({}, opinionsIn(text.slice(0, LONGEST_READ))) : 'neutral';

/** Aspects that somebody's own review speaks of, each once. */
export const aspectsIn = (text: string): readonly Aspect[] =>
  isRead({ text }) ? [...sumsOf(opinionsIn(text.slice(0, LONGEST_READ))).keys()] : [];

const polarity = (sum: number): Polarity => (sum >= DOUBT ? 'positive' : sum <= -DOUBT ? 'negative' : 'neutral');

function isRead({ text, language }: ReviewText): boolean {
  const told = language ?? languageTold(text)?.language;
  return told === undefined || /^(?:en|zh)(?:-|$)/i.test(told);
}

function sumsOf(clauses: readonly SaidClause[]): ReadonlyMap<Aspect, number> {
  const sums = new Map<Aspect, number>();
  for (const { aspects, sign, weight } of clauses.flatMap(({ opinions }) => opinions))
    for (const aspect of aspects) sums.set(aspect, (sums.get(aspect) ?? 0) + sign * weight);
  return sums;
}

interface Told {
  readonly review: number;
  readonly text: string;
  readonly clauses: readonly SaidClause[];
}

/** What is said of one aspect, while reviews are read. */
class Tally {
  readonly #counts = { positive: 0, negative: 0, neutral: 0 };
  readonly #quotes: Record<Polarity, ReviewQuote[]> = { positive: [], negative: [], neutral: [] };

  constructor(
    readonly aspect: Aspect,
    readonly mostQuotes: number,
  ) {}

  add(side: Polarity, { review, text, clauses }: Told): void {
    this.#counts[side]++;
    const quotes = this.#quotes[side];
    if (quotes.length >= this.mostQuotes) return;
    const clause = clauses.find(({ opinions }) =>
      opinions.some(({ aspects, sign }) => aspects.includes(this.aspect) && polarity(sign) === side),
    );
    if (clause === undefined) return;
    const { from, to } = clause;
    const end = Math.min(to, from + QUOTE_CHARS);
    // Not within a pair of surrogates.
    const cut = /[\ud800-\udbff]$/.test(text.slice(from, end)) ? end - 1 : end;
    quotes.push({ review, from, to: cut, text: text.slice(from, cut), polarity: side });
  }

  told(): AspectOpinions {
    const { positive, negative, neutral } = this.#quotes;
    const mentions = Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
    return { aspect: this.aspect, mentions, ...this.#counts, quotes: [...positive, ...negative, ...neutral] };
  }
}
