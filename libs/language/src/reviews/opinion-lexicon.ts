import { onFirstUse } from '../first-use.js';
import { termsOf } from '../grounding/lexicon.js';
import { PhraseTree } from '../grounding/phrase-tree.js';
import type { Aspect } from './review.types.js';
import { CHINESE_FRAME } from './words/chinese-frame.table.js';
import { CHINESE_OPINIONS } from './words/chinese.table.js';
import { ENGLISH_FRAME } from './words/english-frame.table.js';
import { ENGLISH_TRADE } from './words/english-trade.table.js';
import { ENGLISH_OPINIONS } from './words/english.table.js';
import type { OpinionKind, OpinionRow } from './words/opinion-row.js';

/** What a phrase does in a review. */
export interface Sense {
  readonly kind: OpinionKind;
  readonly aspect: Aspect | undefined;
}

/** The phrases of both languages. Of one that stands twice, the first meaning is used. */
export const opinionLexicon = onFirstUse((): PhraseTree<Sense> => {
  const tree = new PhraseTree<Sense>();
  // What says nothing comes first: it is there to keep parts of it from saying something.
  const rows = [...ENGLISH_FRAME, ...ENGLISH_OPINIONS, ...ENGLISH_TRADE, ...CHINESE_FRAME, ...CHINESE_OPINIONS].sort(
    (a, b) => rankOf(a) - rankOf(b),
  );
  for (const [kind, aspect, table] of rows)
    for (const phrase of table.split(',').flatMap((row) => phrasesOf(row.trim())))
      tree.add(termsOf(phrase), { kind, aspect });
  return tree;
});

/** Opinions that name their aspect say more than those that do not. */
const rankOf = ([kind, aspect]: OpinionRow): number =>
  kind === 'plain' ? 0 : kind.endsWith('!') ? 1 : aspect === undefined ? 3 : 2;

/** Every choice of one word of each place; an underscore is a space inside a word. */
function phrasesOf(row: string): readonly string[] {
  return row
    .split(' ')
    .map((place) => place.split('|'))
    .reduce<readonly string[]>((said, words) => said.flatMap((one) => words.map((word) => `${one} ${word}`)), [''])
    .map((phrase) => phrase.replaceAll('_', ' ').trim());
}
