import { readFileSync } from 'node:fs';
import type { EvaluationResult } from '@attune/evaluation';
import { NO_MODEL, TinyShop } from './testing/tiny-shop.js';

const shops: TinyShop[] = [];
afterAll(() => Promise.all(shops.map((shop) => shop.close())));

const ITEMS = ['Ceramic mug', 'Desk lamp', 'Bath towel', 'Garden chair', 'Picture frame', 'Wall clock'];
const QUERIES = ['desk lamp', 'something to drink tea from', 'what time is it', 'to sit outside'];
/** What each query wants, by place among the items. */
const WANTED = [1, 0, 5, 3];

/** A shop with files of judgements, and the options of a run on them. */
function judgedShop(config: object) {
  const shop = new TinyShop({ home: {} }, config);
  shops.push(shop);
  const items = ITEMS.map((title, i) => JSON.stringify({ id: `item-${i}`, title }));
  const files = [
    shop.write('items.jsonl', items.join('\n')),
    shop.write('queries.tsv', ['qid\tquery', ...QUERIES.map((query, i) => `${i}\t${query}`)].join('\n')),
    shop.write('judgements.csv', ['qid,item,grade', ...WANTED.map((item, i) => `${i},item-${item},2`)].join('\n')),
  ];
  return { shop, asked: ['evaluate', '--protocol', 'search', '--input', ...files, '--budget-minutes', '1'] };
}

it('searches by words and by the meaning that the configured model gives', async () => {
  const { shop, asked } = judgedShop({});
  const { code, value } = await shop.json<EvaluationResult>(...asked, '--report', 'report.html');
  expect([code, value.protocol, value.chosenBy]).toEqual([0, 'search', 'ndcg@10']);
  const figures = Object.fromEntries(value.models.map(({ name, test }) => [name, test['ndcg@10']!]));
  expect(Object.keys(figures)).toEqual(['bm25', 'vectors', 'rrf', 'weighted']);
  // Only the first query has a word of what it wants.
  expect(figures['bm25']).toBeCloseTo(0.25, 12);
  expect(figures['vectors']).toBeGreaterThan(0.8);
  expect(figures['weighted']).toBeGreaterThan(0.8);
  expect(value.notes[0]).toBe('cross-encoder is left out: no cross-encoder was named');
  expect(readFileSync(shop.path('report.html'), 'utf8')).toContain('Evaluation: search');
});

it('leaves out what the configuration has no model for, and tells a person so', async () => {
  const { shop, asked } = judgedShop(NO_MODEL);
  const { code, stdout } = await shop.run(...asked, '--models', 'bm25,vectors,cross-encoder', '--pair-model', 'gone');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^search: 4 queries, 6 items, 4 judgements\n\nmodel +/);
  expect(stdout).toMatch(
    /\nvectors is left out: there is no model of texts\ncross-encoder is left out: model folder gone: /,
  );
  const unknown = await shop.run(...asked, '--models', 'ease');
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringMatching(/Known models: bm25, vectors, rrf, /)]);
});
