import { Postings } from './postings.js';
import { RowTable } from './row-table.js';
import { TopDocs, type ScoredDocs } from './top-docs.js';

/** One field of a document: its terms (of `analyze`) and how much an occurrence in it counts. */
export interface IndexedField {
  readonly tokens: readonly string[];
  /** Above 0; 1 is neutral. */
  readonly boost: number;
}

export interface Bm25Options {
  /** Saturation of term frequency, default 1.2. */
  readonly k1?: number;
  /** Strength of length normalization, 0 … 1, default 0.75. */
  readonly b?: number;
}

/** Terms of a query, repeats counting; or each with its weight, where some count for less. */
export type QueryTerms = readonly string[] | ReadonlyMap<string, number>;

interface QueryTerm {
  readonly postings: Postings;
  /** idf × (k1 + 1) × occurrences or weight in the query. */
  readonly weight: number;
}

/** Dead rows are closed up once they are this share of all rows. */
const DEAD_SHARE = 0.25;
const DEAD_LEAST = 256;

/**
 * Inverted index with BM25 over boosted fields, in memory.
 *
 * Fields are joined before saturation: an occurrence in a field of boost 3 counts as three, in term frequency and in
 * document length (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", CIKM 2004), so
 * one posting a term and document suffices. idf = ln(1 + (N - df + .5) / (df + .5)), never negative.
 *
 * Documents are dense row numbers of the caller. Scores do not depend on the order or history of updates. Statistics
 * (N, df, mean length) are those of the whole index, also under a filter: a filter changes who is in, not the scores.
 */
export class Bm25Index {
  private readonly terms = new Map<string, Postings>();
  private readonly table = new RowTable();
  private readonly k1: number;
  private readonly b: number;
  private sums = new Float64Array(0);

  constructor({ k1 = 1.2, b = 0.75 }: Bm25Options = {}) {
    this.k1 = k1;
    this.b = b;
  }

  /** Number of documents. */
  get size(): number {
    return this.table.live;
  }

  has(doc: number): boolean {
    return this.table.rowOf(doc) >= 0;
  }

  /** Adds a document or replaces it whole. Throws RangeError for a number out of 0 … 2^26 - 1 or a boost not above 0. */
  upsert(doc: number, fields: readonly IndexedField[]): void {
    const weights = new Map<string, number>();
    let length = 0;
    for (const { tokens, boost } of fields) {
      if (!(boost > 0 && boost < Infinity)) throw new RangeError(`field boost ${boost} must be a number above 0`);
      length += tokens.length * boost;
      for (const token of tokens) weights.set(token, (weights.get(token) ?? 0) + boost);
    }
    this.compactIfWorthIt();
    const row = this.table.add(doc, length);
    for (const [term, weight] of weights) this.postingsOf(term).push(row, weight);
  }

  /** True when the document was there. */
  remove(doc: number): boolean {
    return this.table.remove(doc);
  }

  /**
   * The `k` best documents with at least one of the terms; equal scores by lower document number. With `keep`
   * (indexed by document number, nonzero = in; numbers beyond its end are out) exactly the best of those kept.
   */
  search(terms: QueryTerms, k: number, keep?: Uint8Array): ScoredDocs {
    const query = this.prepare(terms);
    if (this.sums.length < this.table.rows) this.sums = new Float64Array(this.table.rows * 2);
    const { sums } = this;
    for (const { postings, weight } of query) {
      for (let i = 0; i < postings.size; i++) {
        const row = postings.rows[i] ?? 0;
        sums[row] = (sums[row] ?? 0) + weight * this.saturated(postings, i);
      }
    }
    const best = new TopDocs(Math.max(0, Math.min(Math.floor(k), this.size)));
    for (const { postings } of query) {
      for (let i = 0; i < postings.size; i++) {
        const row = postings.rows[i] ?? 0;
        const sum = sums[row] ?? 0;
        if (sum === 0) continue;
        // Cleared as it is read: a row counts once, and the buffer is zero for the next search.
        sums[row] = 0;
        const doc = this.table.docOf(row);
        if (doc >= 0 && (keep === undefined || keep[doc])) best.offer(doc, Math.fround(sum));
      }
    }
    return best.result();
  }

  /** Scores of given documents, the same numbers as `search` gives; 0 without a common term or for an unknown document. */
  score(terms: QueryTerms, docs: ArrayLike<number>): Float32Array {
    const query = this.prepare(terms);
    const out = new Float32Array(docs.length);
    for (let i = 0; i < docs.length; i++) {
      const row = this.table.rowOf(docs[i] ?? -1);
      if (row < 0) continue;
      let sum = 0;
      for (const { postings, weight } of query) {
        const at = postings.find(row);
        if (at >= 0) sum += weight * this.saturated(postings, at);
      }
      out[i] = sum;
    }
    return out;
  }

  /** How many of the distinct terms each of the documents has; 0 for an unknown document. */
  matches(terms: Iterable<string>, docs: ArrayLike<number>): Uint32Array {
    const lists = [...new Set(terms)].map((term) => this.terms.get(term));
    return Uint32Array.from(docs, (doc) => {
      const row = this.table.rowOf(doc);
      return row < 0 ? 0 : lists.filter((postings) => postings !== undefined && postings.find(row) >= 0).length;
    });
  }

  private postingsOf(term: string): Postings {
    let postings = this.terms.get(term);
    if (postings === undefined) this.terms.set(term, (postings = new Postings()));
    return postings;
  }

  /** The query's known terms in order of first occurrence, which fixes the order of summation. */
  private prepare(terms: QueryTerms): QueryTerm[] {
    this.compactIfWorthIt();
    const query: QueryTerm[] = [];
    for (const [term, count] of isWeighted(terms) ? terms : occurrences(terms)) {
      const postings = this.terms.get(term);
      const df = postings === undefined ? 0 : this.documentFrequency(postings);
      if (postings === undefined || df === 0) continue;
      const idf = Math.log(1 + (this.size - df + 0.5) / (df + 0.5));
      query.push({ postings, weight: idf * (this.k1 + 1) * count });
    }
    return query;
  }

  private documentFrequency(postings: Postings): number {
    if (this.table.live === this.table.rows) return postings.size;
    let count = 0;
    for (let i = 0; i < postings.size; i++) if (this.table.docOf(postings.rows[i] ?? 0) >= 0) count++;
    return count;
  }

  /** BM25's tf / (tf + k1 × (1 - b + b × length / mean length)). */
  private saturated(postings: Postings, at: number): number {
    const tf = postings.weights[at] ?? 0;
    const length = this.table.lengthOf(postings.rows[at] ?? 0);
    return tf / (tf + this.k1 * (1 - this.b + (this.b * length) / this.table.meanLength));
  }

  private compactIfWorthIt(): void {
    const dead = this.table.rows - this.table.live;
    if (dead < DEAD_LEAST || dead < DEAD_SHARE * this.table.rows) return;
    const { renumbered, dropped } = this.table.compact();
    for (const [term, postings] of this.terms) {
      postings.compact(renumbered, dropped);
      if (postings.size === 0) this.terms.delete(term);
    }
  }
}

function isWeighted(terms: QueryTerms): terms is ReadonlyMap<string, number> {
  return terms instanceof Map;
}

/** How often each token occurs, in order of first occurrence. */
function occurrences(tokens: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}
