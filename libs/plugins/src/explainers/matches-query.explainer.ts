import { defineExplainer } from '@attune/sdk';

const WORDS = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * The words of the query that stand in a candidate's title: reason `matches-query`, with `params.words` joined by
 * commas in the query's order. Case, accents and a plural `s` do not matter. Nothing to say without a query, nor where
 * no word is shared.
 */
export const matchesQueryExplainer = defineExplainer({
  id: 'matches-query',
  version: '1.0.0',
  needs: ['query', 'titles'],
  traits: { tier: 'basic' },
  setup: () => ({
    explain({ request: { query }, candidates: { titles } }) {
      if (query === undefined) return titles.map(() => undefined);
      const asked = wordsOf(query.text);
      return titles.map((title) => {
        const held = wordsOf(title);
        const words = [...asked].filter(([stem]) => held.has(stem)).map(([, word]) => word);
        return words.length === 0
          ? undefined
          : { reason: 'matches-query', evidence: [], params: { words: words.join(', ') } };
      });
    },
  }),
});

/** Words as they are compared → as they were written. */
function wordsOf(text: string): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const { segment, isWordLike } of WORDS.segment(text)) {
    if (isWordLike !== true) continue;
    const plain = segment.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    words.set(plain.length > 3 && plain.endsWith('s') ? plain.slice(0, -1) : plain, segment);
  }
  return words;
}
