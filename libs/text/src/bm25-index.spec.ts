import * as fc from 'fast-check';
import { Bm25Index, type IndexedField } from './bm25-index.js';

type Corpus = Map<number, readonly IndexedField[]>;

/** BM25 over joined fields as the paper writes it, one document at a time. */
function referenceScore(corpus: Corpus, query: readonly string[], doc: number): number {
  const lengthOf = (fields: readonly IndexedField[]): number =>
    fields.reduce((n, f) => n + f.tokens.length * f.boost, 0);
  const frequency = (fields: readonly IndexedField[], term: string): number =>
    fields.reduce((n, f) => n + f.tokens.filter((t) => t === term).length * f.boost, 0);
  const all = [...corpus.values()];
  const fields = corpus.get(doc);
  if (fields === undefined) return 0;
  const mean = all.reduce((n, f) => n + lengthOf(f), 0) / all.length || 1;
  return query.reduce((sum, term) => {
    const tf = frequency(fields, term);
    if (tf === 0) return sum;
    const df = all.filter((f) => frequency(f, term) > 0).length;
    const idf = Math.log(1 + (all.length - df + 0.5) / (df + 0.5));
    return sum + (idf * tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * lengthOf(fields)) / mean));
  }, 0);
}

const token = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const fields = fc.array(
  fc.record({ tokens: fc.array(token, { maxLength: 8 }), boost: fc.constantFrom(0.5, 1, 2, 3) }),
  { maxLength: 3 },
);
const edit = fc.record({ doc: fc.nat({ max: 40 }), fields: fc.option(fields, { nil: undefined }) });

function apply(edits: readonly { doc: number; fields: IndexedField[] | undefined }[]): {
  index: Bm25Index;
  corpus: Corpus;
} {
  const index = new Bm25Index();
  const corpus: Corpus = new Map();
  for (const { doc, fields: next } of edits) {
    if (next === undefined) expect(index.remove(doc)).toBe(corpus.delete(doc));
    else {
      index.upsert(doc, next);
      corpus.set(doc, next);
    }
  }
  return { index, corpus };
}

describe('Bm25Index', () => {
  it('agrees with the formula, document by document, after any updates and under any filter', () => {
    const edits = fc.array(edit, { maxLength: 120 });
    const query = fc.array(token, { maxLength: 5 });
    fc.assert(
      fc.property(
        edits,
        query,
        fc.nat({ max: 12 }),
        fc.uint8Array({ maxLength: 41, max: 1 }),
        (steps, terms, k, keep) => {
          const { index, corpus } = apply(steps);
          const every = [...corpus.keys()].sort((x, y) => x - y);
          const scores = index.score(terms, every);
          every.forEach((doc, i) => expect(scores[i]).toBeCloseTo(referenceScore(corpus, terms, doc), 5));
          const scoreOf = new Map(every.map((doc, i) => [doc, scores[i] ?? 0]));
          const ranked = every
            .filter((doc) => keep[doc] && scoreOf.get(doc) !== 0)
            .sort((x, y) => (scoreOf.get(y) ?? 0) - (scoreOf.get(x) ?? 0) || x - y)
            .slice(0, k);
          const found = index.search(terms, k, keep);
          expect([...found.docs]).toEqual(ranked);
          expect([...found.scores]).toEqual(ranked.map((doc) => scoreOf.get(doc)));
          expect(index.size).toBe(corpus.size);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives the same numbers whatever the history: thousands of replacements equal a fresh index', () => {
    const words = (seed: number): string[] =>
      Array.from({ length: (seed % 7) + 1 }, (_, i) => `w${(seed * 31 + i * i) % 97}`);
    const worn = new Bm25Index();
    const fresh = new Bm25Index();
    for (let i = 0; i < 6000; i++) worn.upsert(i % 500, [{ tokens: words(i), boost: 2.5 }]);
    for (let i = 5500; i < 6000; i++) fresh.upsert(i % 500, [{ tokens: words(i), boost: 2.5 }]);
    for (let doc = 0; doc < 500; doc += 3) {
      worn.remove(doc);
      fresh.remove(doc);
    }
    for (let i = 0; i < 97; i++) {
      const query = [`w${i}`, `w${(i * 5) % 97}`];
      expect(worn.search(query, 50)).toEqual(fresh.search(query, 50));
    }
  });

  it('lets boosts, repeats in the query and rare terms count', () => {
    const index = new Bm25Index();
    index.upsert(0, [
      { tokens: ['lamp'], boost: 3 },
      { tokens: ['red', 'metal', 'thing'], boost: 1 },
    ]);
    index.upsert(1, [
      { tokens: ['thing'], boost: 3 },
      { tokens: ['red', 'metal', 'lamp'], boost: 1 },
    ]);
    index.upsert(2, [{ tokens: ['red'], boost: 3 }]);
    expect([...index.search(['lamp'], 5).docs]).toEqual([0, 1]);
    const [once, twice] = [index.score(['lamp'], [0]), index.score(['lamp', 'lamp'], [0])];
    expect(twice[0]).toBeCloseTo(2 * (once[0] ?? 0), 5);
  });

  it('breaks ties by document number and answers nothing to nothing', () => {
    const index = new Bm25Index();
    expect(index.search(['x'], 5).docs).toHaveLength(0);
    for (const doc of [9, 3, 7, 1]) index.upsert(doc, [{ tokens: ['x', 'y'], boost: 1 }]);
    expect([...index.search(['x'], 3).docs]).toEqual([1, 3, 7]);
    expect(index.search([], 3).docs).toHaveLength(0);
    expect(index.search(['x'], 0).docs).toHaveLength(0);
    expect([...index.score(['x'], [2, 100_000])]).toEqual([0, 0]);
    expect([index.has(9), index.has(2), index.remove(2)]).toEqual([true, false, false]);
  });

  it.each([-1, 1.5, NaN, 2 ** 26])('refuses the document number %p', (doc) => {
    expect(() => new Bm25Index().upsert(doc, [])).toThrow(/not an integer/);
  });

  it('refuses a boost that is not above zero', () => {
    expect(() => new Bm25Index().upsert(0, [{ tokens: ['x'], boost: 0 }])).toThrow(/boost/);
  });
});
