import type { Token } from '../grounding/tokens.js';
import { aspectsBound } from './bound-aspects.js';
import { clausesOf, isChar, isNoun, isOpinion, type Clause, type Placed } from './clauses.js';
import type { Aspect } from './review.types.js';

/** What a clause says. */
export interface Opinion {
  /** What it is said of; none: of the whole thing. */
  readonly aspects: readonly Aspect[];
  readonly sign: -1 | 0 | 1;
  /** What it counts for in a review, 0 to 1. */
  readonly weight: number;
}

export interface SaidClause {
  /** In UTF-16 units of the text, the end excluded. */
  readonly from: number;
  readonly to: number;
  readonly opinions: readonly Opinion[];
}

/** "Although it is dear …" counts half; that a bad word is denied is fainter praise than a good one. */
const [OF_CONCESSION, OF_DENIAL] = [0.5, 0.6];
/** Tokens between a denial and what it denies: words, or characters of Chinese; more after "not as … as". */
const [REACH_OF_WORD, REACH_OF_CHAR, REACH_OF_COMPARISON] = [3, 3, 10];
/** Words that are praise alone and strengthen what follows at once: "pretty bad", 好贵. */
const STRENGTHENS: ReadonlySet<string> = new Set(['pretty', 'super', 'perfectly', '好', 'awful', 'better']);
const COMPARES: ReadonlySet<string> = new Set(['as', 'so', 'that', '那', '这']);

/**
 * What a review says, clause by clause, in English and Chinese, by tables of words: praise and blame, denied ("not
 * bad", 不太好用), missed ("could be softer") or too much of something ("a bit short", 太大), each with what is named
 * nearby or what the word itself speaks of ("expensive"). Irony and what no table has pass unread. Linear time.
 */
export function opinionsIn(text: string): readonly SaidClause[] {
  const { clauses, tokens } = clausesOf(text);
  return clauses.flatMap((clause) => {
    const opinions = opinionsOf(clause, tokens);
    if (opinions.length === 0) return [];
    return [{ from: tokens[clause.at]!.from, to: tokens[clause.end - 1]!.to, opinions }];
  });
}

function opinionsOf(clause: Clause, tokens: readonly Token[]): readonly Opinion[] {
  const { phrases, concedes } = clause;
  const said = new Set<Placed>();
  const opinions: Opinion[] = [];
  for (const [i, phrase] of phrases.entries()) {
    if (!isOpinion(phrase) || strengthens(phrases, i, tokens)) continue;
    const { aspects, nouns, spoken } = aspectsBound(phrases, i, tokens);
    const sign = signOf(phrases, i, { tokens, noun: nouns[0] });
    if (sign === undefined) continue;
    for (const noun of nouns) said.add(noun);
    // "The stitching came apart": the noun is not named for its own sake.
    if (spoken !== undefined) said.add(spoken);
    const ofDenial = isDenied(phrases, i, tokens) && sign > 0 ? OF_DENIAL : 1;
    opinions.push({ aspects, sign, weight: ofDenial * (concedes ? OF_CONCESSION : 1) });
  }
  for (const [i, phrase] of phrases.entries())
    if (isNoun(phrase) && !said.has(phrase)) opinions.push(...onlyNamed(phrases, i, tokens));
  return opinions;
}

/** An aspect that nothing is said of: "no smell" is good, "noise" is not, "no sound" neither. */
function onlyNamed(phrases: readonly Placed[], i: number, tokens: readonly Token[]): readonly Opinion[] {
  const { kind, aspect } = phrases[i]!;
  const before = phrases[i - 1];
  const isMissing = before?.kind === 'not' && before.end === phrases[i]!.at;
  const isFlaw = kind === 'flaw' || (kind === 'noun-' && aspect === 'smell');
  const sign = isMissing
    ? isFlaw
      ? 1
      : kind === 'noun-'
        ? 0
        : -1
    : kind === 'flaw' && !isDenied(phrases, i, tokens)
      ? -1
      : 0;
  return aspect === undefined ? [] : [{ aspects: [aspect], sign, weight: 1 }];
}

function strengthens(phrases: readonly Placed[], i: number, tokens: readonly Token[]): boolean {
  const [phrase, next] = [phrases[i]!, phrases[i + 1]];
  if (phrase.end - phrase.at > 1 || !STRENGTHENS.has(tokens[phrase.at]!.term)) return false;
  return next !== undefined && isOpinion(next) && next.at === phrase.end;
}

interface SignContext {
  readonly tokens: readonly Token[];
  /** What is spoken of, where it is named. */
  readonly noun: Placed | undefined;
}

/** Undefined where nothing is said: "a long strap", "if it were good". */
function signOf(phrases: readonly Placed[], i: number, { tokens, noun }: SignContext): -1 | 0 | 1 | undefined {
  const phrase = phrases[i]!;
  const isMissed = phrases.some(({ kind, at }) => kind === 'wish' && (at < phrase.at || isChar(tokens[at])));
  if (isMissed) return -1;
  if (phrases.some(({ kind, at }) => kind === 'if' && at < phrase.at)) return undefined;
  const denied = isDenied(phrases, i, tokens);
  if (phrase.kind === 'fair') return 0;
  if (phrase.kind === 'more' || phrase.kind === 'less') return signOfDimension(phrases, i, { noun, denied });
  return phrase.kind.startsWith('good') === denied ? -1 : 1;
}

/** Of a price more is bad, of value good, whatever else is said; of a size it depends on whether it is too much. */
function signOfDimension(
  phrases: readonly Placed[],
  i: number,
  { noun, denied }: { readonly noun: Placed | undefined; readonly denied: boolean },
): -1 | 1 | undefined {
  const phrase = phrases[i]!;
  const isTooMuch = phrases.some(({ kind, at, end }) =>
    kind === 'surprise' ? at >= phrase.end : kind === 'too' && at < phrase.at && phrase.at - end <= 1,
  );
  const rule =
    noun === undefined ? undefined : /^noun\+/.test(noun.kind) ? 1 : /^(?:noun-|flaw)/.test(noun.kind) ? -1 : 0;
  if (rule !== undefined && rule !== 0) return ((phrase.kind === 'more') === rule > 0) === !denied ? 1 : -1;
  if (isTooMuch) return denied ? 1 : -1;
  return denied ? -1 : undefined;
}

function isDenied(phrases: readonly Placed[], i: number, tokens: readonly Token[]): boolean {
  const phrase = phrases[i]!;
  for (let j = i - 1; j >= 0; j--) {
    const before = phrases[j]!;
    if (isOpinion(before) && !STRENGTHENS.has(tokens[before.at]!.term)) return false;
    if (before.kind !== 'not') continue;
    const between = tokens.slice(before.end, phrase.at);
    const compares = between.length <= REACH_OF_COMPARISON && between.some(({ term }) => COMPARES.has(term));
    const reach = isChar(tokens[before.at]) ? REACH_OF_CHAR : REACH_OF_WORD;
    return between.length <= reach || compares;
  }
  return false;
}
