import { SYNONYM_WEIGHT, type LexicalQuery } from '@attune/sdk';
import { analyze, type Bm25Index, type QueryTerms } from '@attune/text';

/** Terms of a query and what each weighs: a synonym adds no weight to a word that the query itself has. */
export function queryTerms({ text, synonyms = [] }: Pick<LexicalQuery, 'text' | 'synonyms'>): QueryTerms {
  const terms = analyze(text);
  if (synonyms.length === 0) return terms;
  const weights = new Map<string, number>();
  for (const term of terms) weights.set(term, (weights.get(term) ?? 0) + 1);
  for (const term of synonyms.flatMap(analyze)) if (!weights.has(term)) weights.set(term, SYNONYM_WEIGHT);
  return weights;
}

/** See `TextIndexPort.coverage`. */
export function coverageOf(
  words: Bm25Index,
  rows: readonly number[],
  { text, synonyms = [] }: Pick<LexicalQuery, 'text' | 'synonyms'>,
): Float32Array {
  const terms = new Set(analyze(text));
  const found = words.matches(terms, rows);
  for (const synonym of synonyms) {
    const others = new Set(analyze(synonym));
    words.matches(others, rows).forEach((count, i) => count > 0 && count === others.size && (found[i]! += 1));
  }
  return Float32Array.from(found, (count) => (terms.size === 0 ? 0 : Math.min(1, count / terms.size)));
}
