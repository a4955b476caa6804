import type { Call } from '../blocks/call.js';
import type { Retrieved } from '../plugin/kinds.js';
import type { Predicate } from '../predicate/predicate.schema.js';

export interface LexicalQuery {
  readonly text: string;
  readonly k: number;
  readonly where?: Predicate | undefined;
}

/** BM25 over the platform's one analyzer: the same answer in every adapter. */
export interface TextIndexPort {
  lexical(query: LexicalQuery, call: Call): Promise<Retrieved>;
  /** BM25 of given items `[ids]`, NaN where none of the query's terms occurs. */
  score(text: string, ids: readonly string[], call: Call): Promise<Float32Array>;
}
