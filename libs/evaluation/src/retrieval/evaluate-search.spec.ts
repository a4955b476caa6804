import { referenceRuntime } from '@attune/training';
import { evaluate } from '../run/evaluate.js';
import type { EvaluationContext, EvaluationRequest, EvaluationResult } from '../run/evaluation.request.js';
import { TempFolder } from '../testing/temp-folder.js';
import type { TextModels } from './text-models.js';

const folder = new TempFolder();
afterAll(() => folder.close());

/** What words of a language mean, as the models of the specs have it: a dimension each. */
const MEANINGS: Readonly<Record<string, readonly RegExp[]>> = {
  english: [/mug|cup|drink/i, /lamp|light/i, /towel|dry/i],
  chinese: [/杯|喝/, /灯|光/, /巾|干/],
};

/** Models that know what words mean, and remember what they were asked. */
class KnowingModels implements TextModels {
  readonly embedded: string[] = [];
  readonly read: string[] = [];
  closed = 0;

  async openEncoder(name: string) {
    const meanings = MEANINGS[name];
    if (meanings === undefined) throw new Error(`model folder ${name}: cannot read attune.model.json`);
    const embedOne = (text: string): readonly number[] => meanings.map((word) => (word.test(text) ? 1 : 0.1));
    return {
      dims: meanings.length,
      metric: 'cosine' as const,
      embed: async (texts: readonly string[], role: string) => {
        this.embedded.push(...texts.map((text) => `${name} ${role}: ${text}`));
        return Float32Array.from(texts.flatMap(embedOne));
      },
      close: async () => void (this.closed += 1),
    };
  }

  /** Likes what is blue. */
  async openPairs() {
    return {
      score: async (query: string, texts: readonly string[]) => {
        this.read.push(...texts.map((text) => `${query}: ${text}`));
        return Float32Array.from(texts, (text) => (text.includes('blue') ? 3 : -3));
      },
      close: async () => void (this.closed += 1),
    };
  }
}

const ITEMS = ['red,A red mug', 'blue,A blue mug', 'desk,A desk lamp', 'tea,A tea towel', 'zh,红色的杯子'];
const QUERIES = ['1,mug,,', '2,something to drink from,,', '3,desk lamp,,', '4,喝水,,'];
const QRELS = ['1,red,1', '1,blue,2', '2,red,2', '2,blue,2', '3,desk,1', '4,zh,2'];
const written = (name: string, head: string, rows: readonly string[]): string =>
  folder.write(name, [head, ...rows].join('\n'));
const inputs = [
  written('items', 'id,title', ITEMS),
  written('queries', 'qid,query,kind,language', QUERIES),
  written('qrels', 'qid,item,grade', QRELS),
];
const TEXT_MODELS = [
  { folder: 'english', languages: ['en'] },
  { folder: 'chinese', languages: ['zh'] },
];

function run(request: Partial<EvaluationRequest>, textModels?: TextModels): Promise<EvaluationResult> {
  const asked = { protocol: 'search', inputs, models: [], budgetMinutes: 1, seed: 1, textModels: TEXT_MODELS } as const;
  const context: EvaluationContext = { runtime: referenceRuntime, onProgress: () => undefined };
  return evaluate({ ...asked, ...request }, textModels === undefined ? context : { ...context, textModels });
}
const figuresOf = ({ models }: EvaluationResult, metric: string) =>
  Object.fromEntries(models.map(({ name, test }) => [name, Number(test[metric]!.toFixed(4))]));

it('judges words and meaning by graded gains', async () => {
  const result = await run({ models: ['bm25', 'vectors'] }, new KnowingModels());
  // Mugs are equally good by either; the first of the file, of grade 1, comes first: (1 + 3 / log2 3) / (3 + 1 / log2 3).
  const swapped = (1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3));
  expect(figuresOf(result, 'ndcg@10')).toEqual({
    // Finds nothing of the second query; a cup and drinking have no character in common.
    bm25: Number(((swapped + 0 + 1 + 0) / 4).toFixed(4)),
    vectors: Number(((swapped + 3) / 4).toFixed(4)),
  });
  expect(figuresOf(result, 'mrr@10')).toEqual({ bm25: 0.5, vectors: 1 });
  expect(figuresOf(result, 'recall@10')).toEqual({ bm25: 0.5, vectors: 1 });
  expect(result).toMatchObject({
    chosen: 'vectors',
    chosenBy: 'ndcg@10',
    data: { users: 4, items: 5, interactions: 6, cases: 4 },
    comparisons: [{ model: 'bm25', metric: 'ndcg@10', difference: { mean: 0.5 } }],
  });
  expect(result.notes.at(-1)).toMatch(/^model and options chosen for each query on the others: ndcg@10 0\.9\d+ \[0\./);
});

it('asks a query in the space of its language, and embeds each text once', async () => {
  const models = new KnowingModels();
  const { models: told } = await run({}, models);
  expect(told.map(({ name, tried }) => [name, tried])).toEqual([
    ['bm25', 16],
    ['vectors', 1],
    ['rrf', 12],
    ['weighted', 20],
  ]);
  expect(models.embedded).toHaveLength(ITEMS.length + QUERIES.length);
  expect(models.embedded.filter((line) => line.startsWith('chinese'))).toEqual([
    'chinese document: 红色的杯子',
    'chinese query: 喝水',
  ]);
  expect(models.closed).toBe(2);
});

it('tells figures of options that the query took no part in choosing', async () => {
  const { models } = await run({ models: ['bm25', 'weighted'] }, new KnowingModels());
  for (const { test, validation } of models)
    expect(test['ndcg@10']).toBeLessThanOrEqual(validation['ndcg@10']! + 1e-12);
  expect((await run({ models: ['weighted'], budgetMinutes: 1e-9 }, new KnowingModels())).models[0]).toMatchObject({
    options: { lexical: 0.15, pool: 200 },
    tried: 1,
  });
});

it('reads the best again with a cross-encoder, each pair once', async () => {
  const models = new KnowingModels();
  const result = await run({ models: ['cross-encoder'], pairModel: 'pairs' }, models);
  expect(new Set(models.read).size).toBe(models.read.length);
  expect(models.read).toContain('mug: A blue mug');
  // The learned share puts the blue mug before the red one, and not before the lamp that the third query wants.
  expect(result.models[0]).toMatchObject({ options: { weight: 0.45, pool: 50 }, validation: { 'ndcg@10': 1 } });
  expect(result.models[0]!.test['ndcg@10']).toBe(1);
  expect(models.closed).toBe(3);
});

it('leaves out what has no model, with a note', async () => {
  const notes = async (request: Partial<EvaluationRequest>, models?: TextModels) =>
    (await run({ models: ['bm25', 'vectors', 'cross-encoder'], ...request }, models)).notes.slice(0, -1);
  expect(await notes({})).toEqual([
    'vectors is left out: there is no model of texts',
    'cross-encoder is left out: no cross-encoder was named',
  ]);
  expect(await notes({ textModels: [{ folder: 'missing', languages: [] }] }, new KnowingModels())).toEqual([
    'vectors is left out: model folder missing: cannot read attune.model.json',
    'cross-encoder is left out: no cross-encoder was named',
  ]);
  await expect(run({ models: ['vectors'] })).rejects.toMatchObject({ code: 'DATA_FILE' });
});

it('tells slices by words, and by what the file tells apart', async () => {
  const queries = written('kinds', 'qid,query,kind', ['1,mug,lex', '2,something to drink from,sem', '3,desk lamp,lex']);
  const qrels = written('three', 'qid,item,grade', QRELS.slice(0, 5));
  const { models } = await run({ inputs: [inputs[0]!, queries, qrels], models: ['bm25'] });
  expect(models[0]!.slices.map(({ name, users, test }) => [name, users, test['mrr@10']])).toEqual([
    ['1 word', 1, 1],
    ['2 words', 1, 1],
    ['4 words and more', 1, 0],
    ['kind lex', 2, 1],
    ['kind sem', 1, 0],
  ]);
});

it('judges a single query, and gives the same again', async () => {
  const one = [inputs[0]!, inputs[1]!, written('one', 'qid,item,grade', ['3,desk,1'])];
  const result = await run({ inputs: one }, new KnowingModels());
  expect(result.data.cases).toBe(1);
  expect(result.notes[0]).toBe('queries without a judgement are left out: 3');
  const figures = await run({ inputs: one }, new KnowingModels());
  expect(figuresOf(figures, 'ndcg@10')).toEqual(figuresOf(result, 'ndcg@10'));
});

it('refuses predictions and models it does not know, and says that it keeps no trials', async () => {
  await expect(run({ predictions: folder.at('p.tsv') })).rejects.toMatchObject({ code: 'REQUEST' });
  await expect(run({ models: ['bm25', 'blend'] })).rejects.toMatchObject({
    code: 'REQUEST',
    fix: 'Known models: bm25, vectors, rrf, weighted, cross-encoder.',
  });
  const { notes } = await run({ models: ['bm25'], trials: folder.at('trials') });
  expect(notes).toContain('a search tries every option each time: --trials keeps nothing');
});
