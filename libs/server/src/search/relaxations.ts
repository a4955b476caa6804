import type { Query } from '@attune/sdk';
import { surfaceWords, type SpellingIndex } from '@attune/text';
import type { Synonyms } from './synonyms.js';

/** What can be given up of a query, in this order. The caller's filter never is. */
export type RelaxStep = 'spelling' | 'synonyms' | 'fewer-words' | 'meaning';

export interface Relaxation {
  /** Every step this query has taken: what the answer's `query.relaxed` says. */
  readonly relaxed: readonly RelaxStep[];
  readonly query: Query;
}

export interface RelaxWith {
  readonly spelling: SpellingIndex;
  readonly synonyms: Synonyms;
  /** Whether a word is one of the language: it is not mended. */
  readonly isWord: (word: string) => boolean;
}

/** A long query is not shortened word by word. */
const MOST_SHORTENED = 3;

/**
 * The queries to try, in order, for one whose words are in no item that may be shown:
 * 1. `spelling`: mended as far as anything near occurs (where understanding the query has not done so already);
 * 2. `synonyms`: as if they had been typed, too;
 * 3. `fewer-words`: first without the words that occur nowhere, then without the most frequent of the others, one after
 *    the other: a frequent word says least about what is meant, and the rest still names it;
 * 4. `meaning`: the words as typed; whatever finds items by their meaning finds the nearest.
 * Steps 2 and 3 go on from 1. A step that changes nothing is left out.
 */
export function relaxations(query: Query, { spelling, synonyms, isWord }: RelaxWith): readonly Relaxation[] {
  const { synonyms: _matchedAlready, typed: _, ...rest } = query;
  const typed = query.typed ?? query.text;
  const relaxed = (text: string, ...steps: RelaxStep[]): Relaxation => ({
    relaxed: steps,
    query: { ...rest, text, ...(text !== typed && { typed }) },
  });
  const right = new Set(spelling.unknown(query.text).filter(isWord));
  const mended = spelling.correct(query.text, right)?.text;
  const text = mended ?? query.text;
  const before: readonly RelaxStep[] = text === typed ? [] : ['spelling'];
  const others = synonyms.of(text);
  return [
    ...(mended === undefined ? [] : [relaxed(text, 'spelling')]),
    ...(others.length === 0 ? [] : [relaxed([text, ...others].join(' '), ...before, 'synonyms')]),
    ...shortened(text, spelling).map((fewer) => relaxed(fewer, ...before, 'fewer-words')),
    relaxed(typed, 'meaning'),
  ];
}

function shortened(text: string, spelling: SpellingIndex): readonly string[] {
  const words = surfaceWords(text).map((word) => word.text);
  let left = words.filter((word) => spelling.weightOf(word) > 0);
  const shorter = left.length > 0 && left.length < words.length ? [left] : [];
  while (left.length > 1 && shorter.length < MOST_SHORTENED) {
    const weights = left.map((word) => spelling.weightOf(word));
    const most = weights.lastIndexOf(Math.max(...weights));
    left = left.filter((_, i) => i !== most);
    shorter.push(left);
  }
  return shorter.map((some) => some.join(' '));
}

/** The first of the relaxations whose words `finds` says are in an item that may be shown, else the last. */
export async function relax(
  query: Query,
  relaxWith: RelaxWith,
  finds: (text: string) => Promise<boolean>,
): Promise<Relaxation> {
  if (await finds(query.text)) return { relaxed: query.typed === undefined ? [] : ['spelling'], query };
  const steps = relaxations(query, relaxWith);
  for (const step of steps.slice(0, -1)) if (await finds(step.query.text)) return step;
  return steps.at(-1)!;
}
