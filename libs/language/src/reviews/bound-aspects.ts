import type { Token } from '../grounding/tokens.js';
import { isChar, isNoun, isOpinion, JOINING, type Placed } from './clauses.js';
import type { Aspect } from './review.types.js';

/** What an opinion is on: aspects, and the nouns that name them. */
export interface Bound {
  readonly aspects: readonly Aspect[];
  readonly nouns: readonly Placed[];
  /** Another noun that the opinion is told of: "the print faded". */
  readonly spoken?: Placed | undefined;
}

/** Tokens between an opinion and what it is on: words, or characters of Chinese, where it stands behind as a rule. */
const [REACH_OF_WORD, REACH_OF_CHAR, BEFORE_CHAR] = [5, 8, 4];
const NOTHING: readonly Placed[] = [];

/** The nearest aspect of the clause, with those that it is joined to ("price and quality"); else the opinion's own. */
export function aspectsBound(phrases: readonly Placed[], i: number, tokens: readonly Token[]): Bound {
  const phrase = phrases[i]!;
  const own = phrase.aspect === undefined ? [] : [phrase.aspect];
  const nearest = nearestNoun(phrases, i, tokens);
  if (phrase.kind.endsWith('!'))
    return { aspects: own, nouns: NOTHING, spoken: nearest === undefined ? undefined : phrases[nearest] };
  if (nearest === undefined) return { aspects: own, nouns: NOTHING };
  const noun = phrases[nearest]!;
  const isDimension = phrase.kind === 'more' || phrase.kind === 'less';
  // "The handle of the box is too short": a dimension without a meaning for the noun is one of the thing.
  if (isDimension && own.length > 0 && noun.kind === 'noun') return { aspects: own, nouns: NOTHING, spoken: noun };
  const nouns = joinedTo(phrases, nearest);
  return { aspects: [...new Set(nouns.flatMap(({ aspect }) => aspect ?? []))], nouns };
}

function nearestNoun(phrases: readonly Placed[], i: number, tokens: readonly Token[]): number | undefined {
  const phrase = phrases[i]!;
  const reach = isChar(tokens[phrase.at]) ? REACH_OF_CHAR : REACH_OF_WORD;
  let best: { readonly at: number; readonly far: number } | undefined;
  const offer = (j: number, far: number): void => {
    if (far <= reach && (best === undefined || far < best.far)) best = { at: j, far };
  };
  for (let j = i - 1; j >= 0; j--) {
    const other = phrases[j]!;
    if (isOpinion(other) && !onlyJoins(phrases, j, i)) break;
    if (isNoun(other)) {
      offer(j, phrase.at - other.end);
      break;
    }
  }
  for (let j = i + 1; j < phrases.length; j++) {
    const other = phrases[j]!;
    // "Soft and the size is right": what comes after "and" has an opinion of its own.
    if (other.kind === 'and' || other.kind === 'not' || (isOpinion(other) && !onlyJoins(phrases, i, j))) break;
    if (isNoun(other)) {
      offer(j, other.at - phrase.end + (isChar(tokens[other.at]) ? BEFORE_CHAR : 0));
      break;
    }
  }
  return best?.at;
}

/** The nouns in a row with nothing but "and" between them. */
function joinedTo(phrases: readonly Placed[], at: number): readonly Placed[] {
  let [from, to] = [at, at];
  const nouns = [...phrases.keys()].filter((i) => isNoun(phrases[i]!));
  for (let n = nouns.indexOf(at); n > 0 && onlyJoins(phrases, nouns[n - 1]!, nouns[n]!); n--) from = nouns[n - 1]!;
  for (let n = nouns.indexOf(at); n < nouns.length - 1 && onlyJoins(phrases, nouns[n]!, nouns[n + 1]!); n++)
    to = nouns[n + 1]!;
  return [phrases[at]!, ...phrases.slice(from, to + 1).filter((one) => isNoun(one) && one !== phrases[at])];
}

/** Whether nothing but joining words stands between two phrases. */
function onlyJoins(phrases: readonly Placed[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (i > from && !JOINING.has(phrases[i]!.kind)) return false;
    if (phrases[i + 1]!.at !== phrases[i]!.end) return false;
  }
  return true;
}
