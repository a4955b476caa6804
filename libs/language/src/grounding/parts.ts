import { onFirstUse } from '../first-use.js';
import { TELLS_PARTS } from './claims.table.js';
import type { Vouched } from './evidence.js';
import { ordinaryTerms, rowsOf, termsOf } from './lexicon.js';
import type { Named } from './names.js';
import { PhraseTree } from './phrase-tree.js';
import type { Token } from './tokens.js';

const tells = onFirstUse(() => {
  const tree = new PhraseTree<true>();
  for (const [wording] of rowsOf(TELLS_PARTS)) tree.add(termsOf(wording ?? ''), true);
  return tree;
});
/** How far behind the wording the first word that says something may stand. */
const FARTHEST = 4;

/**
 * What a thing is said to be made of, to come with, or to come from ("made from rosewood"), where the evidence has no such
 * word: no table knows all materials and parts.
 */
export function foreignParts(tokens: readonly Token[], { words }: Vouched): readonly Named[] {
  const found: Named[] = [];
  for (const at of tokens.keys()) {
    const length = tells().longest(tokens, at)?.length;
    if (length === undefined) continue;
    const part = firstSaying(tokens, at + length);
    if (part !== undefined && !words.has(tokens[part]!.term)) found.push({ at: part, length: 1 });
  }
  return found;
}

function firstSaying(tokens: readonly Token[], from: number): number | undefined {
  for (let at = from; at < Math.min(tokens.length, from + FARTHEST); at++) {
    const { gap, kind, term } = tokens[at]!;
    if (gap === 'clause' || tells().longest(tokens, at) !== undefined) return undefined;
    if (kind === 'word' && !ordinaryTerms().has(term)) return at;
  }
  return undefined;
}
