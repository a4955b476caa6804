import { hashedBlock, llmFaults, startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import { openOpenAiModel, type OpenAiModel } from './openai.model.js';
import { errorOf, patience } from './testing/patience.js';

const { signal } = new AbortController();
const row = (index: unknown, embedding: unknown): object => ({ index, embedding });
const ranked = (index: unknown, relevance_score: unknown): object => ({ index, relevance_score });

const NOTHING_READ = { input: 0, output: 0 };

describe('vectors and relevance of an OpenAI-compatible model', () => {
  let llm: ScriptedLlm;
  let model: OpenAiModel;

  beforeEach(async () => {
    llm = await startScriptedLlm();
    model = openOpenAiModel({ url: llm.url, model: llm.model, rerankModel: llm.model, pacing: patience() });
  });
  afterEach(() => llm.close());

  it('embeds texts, 32 a call, in their order', async () => {
    const texts = Array.from({ length: 70 }, (_, i) => `mug number ${i}`);
    expect(await model.embed(texts, signal)).toEqual({ ...hashedBlock(texts), usage: { input: 210, output: 0 } });
    const inputs = [texts.slice(0, 32), texts.slice(32, 64), texts.slice(64)];
    expect(llm.requests.map(({ path, body }) => [path, body])).toEqual(
      inputs.map((input) => ['/v1/embeddings', { model: 'scripted', input, encoding_format: 'float' }]),
    );
  });

  it('puts rows where they belong, and estimates usage where none is told', async () => {
    llm.next(llmFaults.reply({ data: [row(1, [3, 4]), row(0, [1, 2])] }));
    expect(await model.embed(['abcd', 'efg'], signal)).toEqual({
      rows: 2,
      dims: 2,
      data: Float32Array.of(1, 2, 3, 4),
      usage: { input: 2, output: 0 },
    });
  });

  it('asks nothing for no texts', async () => {
    expect(await model.embed([], signal)).toMatchObject({ rows: 0, dims: 0, usage: NOTHING_READ });
    expect(await model.relevance!.of('mug', [], signal)).toEqual({ scores: new Float32Array(0), usage: NOTHING_READ });
    expect(llm.requests).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['a row too few', { data: [row(0, [1])] }],
    ['a row too many', { data: [row(0, [1]), row(1, [1]), row(2, [1])] }],
    ['a row twice', { data: [row(0, [1]), row(0, [1])] }],
    ['a row beyond the end', { data: [row(0, [1]), row(999, [1])] }],
    ['a row below 0', { data: [row(0, [1]), row(-1, [1])] }],
    ['rows of other dimensions', { data: [row(0, [1]), row(1, [1, 2])] }],
    ['rows of no dimension', { data: [row(0, []), row(1, [])] }],
    ['texts for numbers', { data: [row(0, ['1']), row(1, ['2'])] }],
    ['base64 for numbers', { data: [row(0, 'AACAPw=='), row(1, 'AACAPw==')] }],
    ['null for a number', { data: [row(0, [null]), row(1, [1])] }],
    ['a number no float holds', { data: [row(0, [1e300]), row(1, [1])] }],
    ['a number no double holds', '{"data":[{"index":0,"embedding":[1e999]},{"index":1,"embedding":[1]}]}'],
    ['NaN', '{"data":[{"index":0,"embedding":[NaN]},{"index":1,"embedding":[1]}]}'],
    ['no data', { object: 'list' }],
  ])('finds %s unusable as vectors', async (_, body) => {
    llm.next(llmFaults.reply(body));
    expect(await errorOf(model.embed(['a', 'b'], signal))).toMatchObject({ kind: 'unusable' });
  });

  it('finds calls unusable that answer in other dimensions', async () => {
    const rows = Array.from({ length: 32 }, (_, index) => row(index, [1, 2]));
    llm.next(llmFaults.reply({ data: rows }));
    const message = expect.stringContaining('2 and 64 dimensions');
    const texts = Array.from({ length: 33 }, () => 'mug');
    expect(await errorOf(model.embed(texts, signal))).toMatchObject({ kind: 'unusable', message });
  });

  it('gives relevance in the order of the texts', async () => {
    const texts = ['lamp', 'red mug', 'mug'];
    expect((await model.relevance!.of('red mug', texts, signal)).scores).toEqual(Float32Array.of(0, 1, 0.5));
    expect(llm.requests.map(({ path, body }) => [path, body])).toEqual([
      ['/v1/rerank', { model: 'scripted', query: 'red mug', documents: texts, top_n: 3 }],
    ]);
  });

  it.each<[string, unknown, number]>([
    ['as it is told', { prompt_tokens: 7, total_tokens: 9 }, 7],
    ['as the total where that is all', { total_tokens: 9 }, 9],
    ['estimated, the query with each text, where it is not told', undefined, 3],
    ['estimated where it is nonsense', { total_tokens: -1 }, 3],
  ])('counts what was read %s', async (_, usage, input) => {
    llm.next(llmFaults.reply({ results: [ranked(0, 1), ranked(1, 1)], usage }));
    expect((await model.relevance!.of('mug', ['ab', 'abc'], signal)).usage).toEqual({ input, output: 0 });
  });

  it('has a model for relevance only where one is named', async () => {
    expect(openOpenAiModel({ url: llm.url, model: llm.model }).relevance).toBeUndefined();
    expect(model.relevance!.id).toBe(`openai:${new URL(llm.url).host}/scripted`);
    const unnamed = (): unknown => openOpenAiModel({ url: llm.url, model: llm.model, rerankModel: 'ränks' });
    expect(unnamed).toThrow('ATTUNE_LLM_RERANK_MODEL must be');
  });

  it.each<[string, unknown]>([
    ['an index twice', { results: [ranked(0, 1), ranked(0, 1)] }],
    ['an index beyond the end', { results: [ranked(0, 1), ranked(2, 1)] }],
    ['an index that is a text', { results: [ranked('0', 1), ranked(1, 1)] }],
    ['a text too few', { results: [ranked(0, 1)] }],
    ['a score that is a text', { results: [ranked(0, '1'), ranked(1, 1)] }],
    ['a score no float holds', { results: [ranked(0, 1e300), ranked(1, 1)] }],
    ['null for a score', { results: [ranked(0, null), ranked(1, 1)] }],
    ['another shape', [ranked(0, 1), ranked(1, 1)]],
  ])('finds %s unusable as relevance', async (_, body) => {
    llm.next(llmFaults.reply(body));
    expect(await errorOf(model.relevance!.of('mug', ['a', 'b'], signal))).toMatchObject({ kind: 'unusable' });
  });

  it('finds answers unusable that name what is not there, or are huge', async () => {
    const asks = [
      (): Promise<unknown> => model.relevance!.of('mug', ['a', 'b', 'c'], signal),
      (): Promise<unknown> => model.embed(['a'], signal),
      (): Promise<unknown> => model.likelihood([{ given: 'a', then: ' b' }], signal),
    ];
    llm.next(llmFaults.wrongIds);
    expect(await errorOf(asks[0]!())).toMatchObject({ kind: 'unusable' });
    llm.always(llmFaults.huge());
    for (const ask of asks)
      expect(await errorOf(ask())).toMatchObject({ kind: 'unusable', message: expect.stringContaining('4194304') });
  });

  it('says where there is no such call', async () => {
    llm.always(llmFaults.status(404));
    const message = expect.stringMatching(/\/rerank answered 404.*check ATTUNE_LLM_URL and ATTUNE_LLM_RERANK_MODEL/);
    expect(await errorOf(model.relevance!.of('mug', ['a'], signal))).toMatchObject({ kind: 'refused', message });
  });
});
