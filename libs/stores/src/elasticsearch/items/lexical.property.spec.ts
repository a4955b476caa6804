import type { Item } from '@attune/sdk';
import { calmCall, START } from '@attune/testkit';
import { Bm25Index, indexedFields } from '@attune/text';
import * as fc from 'fast-check';
import { coverageOf, queryTerms } from '../../embedded/items/query-terms.js';
import { ScratchIndices } from '../../fixtures/scratch-indices.js';
import { describeWith } from '../../fixtures/services.js';
import { ElasticsearchSearchIndex } from './search-index.adapter.js';

const CALL = calmCall();
const word = fc.constantFrom('lamp', 'lamps', 'red', 'oak', 'chair', 'T-Light', '茶', 'naïve', "women's", 'the');
const text = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
/** Texts so short that the server keeps their lengths as they are. */
const items = fc
  .array(fc.record({ title: text, brand: word, tags: fc.array(word, { maxLength: 2 }) }, { requiredKeys: ['title'] }), {
    minLength: 30,
    maxLength: 30,
  })
  .map((all) => all.map((part, i): Item => ({ id: `i${i}`, ...part })));
const query = fc.record({ text, synonyms: fc.array(text, { maxLength: 2 }) });

describeWith(['elasticsearch'], 'lexical search in Elasticsearch against the embedded one', () => {
  const scratch = new ScratchIndices();
  afterAll(async () => await scratch.clear());

  it('scores and covers alike', async () => {
    const run = async (
      all: readonly Item[],
      queries: readonly { text: string; synonyms: string[] }[],
    ): Promise<void> => {
      const index = await ElasticsearchSearchIndex.open({
        connection: scratch.connection,
        tenant: scratch.tenant(),
        spaces: [],
        clock: () => START,
      });
      await index.upsert(all);
      await index.refresh();
      const words = new Bm25Index();
      for (const [row, item] of all.entries()) words.upsert(row, indexedFields(item));
      const rows = all.map((_, row) => row);
      const ids = all.map(({ id }) => id);
      for (const one of queries) {
        const expected = words.score(queryTerms(one), rows);
        const scores = await index.score(one, ids, CALL);
        for (const [row, score] of expected.entries())
          expect(Math.abs((Number.isNaN(scores[row]) ? 0 : scores[row]!) - score)).toBeLessThanOrEqual(1e-5 * score);
        expect([...(await index.coverage(one, ids, CALL))]).toEqual([...coverageOf(words, rows, one)]);
        const found = await index.lexical({ ...one, k: 10 }, CALL);
        const best = words.search(queryTerms(one), 10);
        expect(found.ids).toHaveLength(best.docs.length);
        for (const [i, score] of best.scores.entries())
          expect(Math.abs(found.scores[i]! - score)).toBeLessThanOrEqual(1e-5 * score);
        const inOrder = found.ids.filter((_, i) => i > 0 && found.scores[i] === found.scores[i - 1]);
        for (const id of inOrder) {
          const i = found.ids.indexOf(id);
          expect(Number(id.slice(1))).toBeGreaterThan(Number(found.ids[i - 1]!.slice(1)));
        }
      }
    };
    const queries = fc.array(query, { minLength: 8, maxLength: 8 });
    await fc.assert(fc.asyncProperty(items, queries, run), { numRuns: 6, endOnFailure: true });
  });
});
