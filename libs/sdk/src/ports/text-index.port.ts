import type { Call } from '../blocks/call.js';
import type { Retrieved } from '../plugin/kinds.js';
import type { Predicate } from '../predicate/predicate.schema.js';

export interface LexicalQuery {
  readonly text: string;
  /** Other words for parts of the text: they match too, at half the weight of a word of its own. */
  readonly synonyms?: readonly string[] | undefined;
  readonly k: number;
  readonly where?: Predicate | undefined;
}

/** Weight of a synonym's words, where those of the text weigh 1. */
export const SYNONYM_WEIGHT = 0.5;

/** BM25 over the platform's one analyzer: the same answer in every adapter. */
export interface TextIndexPort {
  lexical(query: LexicalQuery, call: Call): Promise<Retrieved>;
  /** BM25 of given items `[ids]`, NaN where none of the query's terms occurs. */
  score(
    query: string | Pick<LexicalQuery, 'text' | 'synonyms'>,
    ids: readonly string[],
    call: Call,
  ): Promise<Float32Array>;
  /** Share of the query's distinct terms that each item has `[ids]`, 0..1; a synonym it has stands for one it lacks. */
  coverage(query: Pick<LexicalQuery, 'text' | 'synonyms'>, ids: readonly string[], call: Call): Promise<Float32Array>;
}
