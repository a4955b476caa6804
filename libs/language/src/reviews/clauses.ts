import { tokensOf, type Token } from '../grounding/tokens.js';
import { opinionLexicon, type Sense } from './opinion-lexicon.js';

/** A phrase of the lexicon in a text. */
export interface Placed extends Sense {
  /** Its first token, and the one behind its last. */
  readonly at: number;
  readonly end: number;
}

/** A part of a sentence that says one thing, as far as signs and words like "but" tell. */
export interface Clause {
  readonly phrases: readonly Placed[];
  /** Its tokens, the end excluded. */
  readonly at: number;
  readonly end: number;
  /** "Although …": what it says counts for less. */
  readonly concedes: boolean;
}

interface Opened {
  phrases: Placed[];
  at: number;
  end: number;
  concedes: boolean;
  sentence: number;
}

/** A clause of more phrases is a list, or meant to cost time. */
const MOST_PHRASES = 40;
const LISTING = /^[\s、]*、[\s、]*$/;
const OPINIONS: ReadonlySet<Sense['kind']> = new Set(['good', 'bad', 'fair', 'good!', 'bad!', 'more', 'less']);

export const isOpinion = ({ kind }: Sense): boolean => OPINIONS.has(kind);
export const isNoun = ({ kind }: Sense): boolean => kind.startsWith('noun') || kind === 'flaw';
/** Whether the last character of a phrase is of a script without spaces. */
export const isChar = (token: Token | undefined): boolean => token?.kind === 'char';

/** The clauses of a text in order, and its tokens. Linear time. */
export function clausesOf(text: string): { readonly clauses: readonly Clause[]; readonly tokens: readonly Token[] } {
  const tokens = tokensOf(text);
  const lexicon = opinionLexicon();
  const clauses: Opened[] = [];
  let sentence = 0;
  const open = (at: number, concedes: boolean): Opened => {
    const clause = { phrases: [], at, end: at, concedes, sentence };
    clauses.push(clause);
    return clause;
  };
  let clause = open(0, false);
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at]!;
    if (at > 0 && token.opensSentence) sentence++;
    const isFull = clause.phrases.length >= MOST_PHRASES;
    if (at > clause.at && (isFull || parts(text, tokens, at))) clause = open(at, false);
    const match = lexicon.longest(tokens, at);
    const length = match?.length ?? 1;
    if (match?.value.kind === 'but' || match?.value.kind === 'although')
      clause = open(at, match.value.kind === 'although');
    if (match !== undefined) clause.phrases.push({ ...match.value, at, end: at + length });
    at += length;
    clause.end = at;
  }
  return { clauses: joined(clauses), tokens };
}

/** Signs part clauses, spaces too where words have none; what is listed stays together. */
function parts(text: string, tokens: readonly Token[], at: number): boolean {
  const [before, token] = [tokens[at - 1]!, tokens[at]!];
  if (token.gap === 'clause') return !LISTING.test(text.slice(before.to, token.from));
  return token.gap === 'space' && isChar(before) && isChar(token);
}

/**
 * What only names aspects ("Price, quality: great") belongs to the next clause of the sentence, at its end to the one
 * before.
 */
function joined(clauses: readonly Opened[]): readonly Clause[] {
  const said = clauses.filter(({ at, end }) => end > at);
  const forward = merged(said, onlyNames);
  return merged(forward, (before, clause) => onlyNames(clause) && before.phrases.some(isOpinion));
}

/** With each clause that belongs to the one before in the same sentence put to its end. */
function merged(clauses: readonly Opened[], belongs: (before: Opened, clause: Opened) => boolean): readonly Opened[] {
  const found: Opened[] = [];
  for (const clause of clauses) {
    const before = found.at(-1);
    const mayJoin = before?.sentence === clause.sentence && before.phrases.length < MOST_PHRASES;
    if (before !== undefined && mayJoin && belongs(before, clause)) {
      before.phrases.push(...clause.phrases);
      before.end = clause.end;
      before.concedes ||= clause.concedes;
    } else found.push({ ...clause, phrases: [...clause.phrases] });
  }
  return found;
}

function onlyNames({ phrases, at, end }: Opened): boolean {
  const covered = phrases.reduce((sum, phrase) => sum + phrase.end - phrase.at, 0);
  return covered === end - at && phrases.some(isNoun) && phrases.every((one) => isNoun(one) || JOINING.has(one.kind));
}

/** What may stand between two words that belong together. */
export const JOINING: ReadonlySet<Sense['kind']> = new Set(['and', 'very', 'too']);
