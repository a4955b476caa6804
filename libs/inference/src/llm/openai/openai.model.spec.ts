import { llmFaults, SCRIPTED_SENTENCE, startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import { ModelError, type ModelAsk } from '../language-model.js';
import { openOpenAiModel, type OpenAiModel, type OpenAiModelOptions } from './openai.model.js';
import { errorOf, patience } from './testing/patience.js';

const { signal } = new AbortController();
const KEY = 'sk-very"secret/key';
const SCHEMA = { type: 'object', properties: { order: { type: 'array', items: { type: 'integer' } } } };
const ASK: ModelAsk = { messages: [{ role: 'user', content: 'Which is red?' }], maxTokens: 40 };
const WITH_SCHEMA: ModelAsk = { ...ASK, schema: SCHEMA };

describe('openOpenAiModel', () => {
  let llm: ScriptedLlm;
  let model: OpenAiModel;

  const open = (options: Partial<OpenAiModelOptions> = {}): OpenAiModel =>
    openOpenAiModel({ url: llm.url, model: llm.model, pacing: patience(), ...options });
  const bodies = (): readonly unknown[] => llm.requests.map(({ body }) => body);
  const formats = (): readonly unknown[] =>
    bodies().map((body) => (body as { response_format?: { type: string } }).response_format?.type);
  const content = (text: unknown): object => ({ choices: [{ message: { content: text } }] });
  const failing = (ask = ASK): Promise<unknown> => errorOf(model.answer(ask, signal));

  beforeEach(async () => {
    llm = await startScriptedLlm();
    model = open();
  });
  afterEach(() => llm.close());

  it('is named for its place and its model, and asks nothing when it is opened', () => {
    expect(open({ key: KEY })).toMatchObject({ id: `openai:${new URL(llm.url).host}/scripted`, runs: 'service' });
    expect(llm.requests).toEqual([]);
  });

  it('asks for a greedy answer, with the key, whether or not the address ends in a slash', async () => {
    model = open({ url: `${llm.url}/`, key: KEY });
    expect(await model.answer(ASK, signal)).toEqual({ text: SCRIPTED_SENTENCE, usage: { input: 3, output: 6 } });
    expect(llm.requests).toMatchObject([
      { path: '/v1/chat/completions', headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' } },
    ]);
    expect(bodies()).toEqual([
      { model: 'scripted', messages: ASK.messages, temperature: 0, max_tokens: 40, stream: false },
    ]);
  });

  it('sends a query of the address with every call', async () => {
    model = open({ url: `${llm.url}?api-version=1` });
    expect((await model.answer(ASK, signal)).text).toBe(SCRIPTED_SENTENCE);
  });

  it('holds the answer to a schema', async () => {
    await model.answer(WITH_SCHEMA, signal);
    const format = { type: 'json_schema', json_schema: { name: 'answer', schema: SCHEMA, strict: true } };
    expect(bodies()).toMatchObject([{ response_format: format }]);
  });

  it('asks an endpoint without schemas for plain JSON, and remembers it', async () => {
    llm.always(llmFaults.refuseSchema);
    for (let i = 0; i < 2; i++) expect((await model.answer(WITH_SCHEMA, signal)).text).toBe(SCRIPTED_SENTENCE);
    expect(formats()).toEqual(['json_schema', 'json_object', 'json_object']);
  });

  it('asks an endpoint without formats for text, also where it answers 422, and remembers it', async () => {
    const refused = llmFaults.status(422, { message: 'response_format: extra fields not permitted' });
    llm.next(refused, refused);
    for (let i = 0; i < 2; i++) expect((await model.answer(WITH_SCHEMA, signal)).text).toBe(SCRIPTED_SENTENCE);
    expect(formats()).toEqual(['json_schema', 'json_object', undefined, undefined]);
  });

  it('names the limit of tokens as newer endpoints want it, and remembers it', async () => {
    llm.always(llmFaults.refuse('max_tokens'));
    for (let i = 0; i < 2; i++) await model.answer(WITH_SCHEMA, signal);
    expect(bodies()).toMatchObject([{ max_tokens: 40 }, { max_completion_tokens: 40 }, { max_completion_tokens: 40 }]);
    expect(formats()).toEqual(['json_schema', 'json_schema', 'json_schema']);
  });

  it('takes a refusal of anything else as it is, and forgets a way of asking that was refused too', async () => {
    llm.next(llmFaults.status(400, { message: 'the prompt is too long' }));
    expect(await failing(WITH_SCHEMA)).toMatchObject({ kind: 'refused', message: expect.stringContaining('too long') });
    llm.next(
      llmFaults.status(400, { message: 'max_tokens is too large' }),
      llmFaults.status(400, { message: 'unknown member max_completion_tokens' }),
    );
    expect(await failing()).toMatchObject({ kind: 'refused', message: expect.stringContaining('is too large') });
    await model.answer(ASK, signal);
    expect(bodies().at(-1)).toMatchObject({ max_tokens: 40 });
    llm.next(llmFaults.status(400, { message: 'response_format is not known' }));
    expect(await failing()).toMatchObject({ kind: 'refused' });
    expect(llm.requests).toHaveLength(5);
  });

  it('estimates usage where the endpoint tells none', async () => {
    llm.next(llmFaults.noUsage);
    expect((await model.answer(ASK, signal)).usage).toEqual({ input: 4, output: 8 });
  });

  it.each([
    [{ prompt_tokens: -1, completion_tokens: '7' }],
    [{ prompt_tokens: 1.5, completion_tokens: 1e300 }],
    [{ prompt_tokens: null }],
    ['many'],
    [null],
    [7],
  ])('estimates usage where the endpoint tells %j', async (usage) => {
    llm.next(llmFaults.reply({ ...content('four'), usage }));
    expect((await model.answer(ASK, signal)).usage).toEqual({ input: 4, output: 1 });
  });

  it('believes each count that can be true', async () => {
    llm.next(llmFaults.reply({ ...content('four'), usage: { prompt_tokens: 9, completion_tokens: -2 } }));
    expect((await model.answer(ASK, signal)).usage).toEqual({ input: 9, output: 1 });
  });

  it('lets members through that it does not know', async () => {
    const choice = { message: { content: 'yes', reasoning: 'long', tool_calls: 7 }, logprobs: {} };
    llm.next(llmFaults.reply({ choices: [choice, 'another'], extra: [1], __proto__: { choices: 1 } }));
    expect((await model.answer(ASK, signal)).text).toBe('yes');
  });

  it('passes on what a model says instead of JSON: whoever asked parses it', async () => {
    llm.next(llmFaults.notJson, llmFaults.wrongIds);
    expect((await model.answer(WITH_SCHEMA, signal)).text).toMatch(/^Sure!/);
    expect((await model.answer(WITH_SCHEMA, signal)).text).toBe('{"order":[999,0,-1,2,2]}');
  });

  it.each([
    ['no JSON', llmFaults.garbage, 'no JSON'],
    ['nothing', llmFaults.reply(''), 'no JSON'],
    ['NaN', llmFaults.reply('{"choices": NaN}'), 'no JSON'],
    ['null', llmFaults.reply('null'), 'another shape'],
    ['a list', llmFaults.reply([]), 'another shape'],
    ['no choices', llmFaults.reply({ choices: [] }), 'choices'],
    ['a number for a text', llmFaults.reply(content(7)), 'choices.0.message.content'],
    ['no text', llmFaults.reply(content(null)), 'no text'],
    ['10 MiB', llmFaults.huge(), 'more than 4194304 bytes'],
    ['10 MiB of no sense', llmFaults.reply(' '.repeat(10 * 1024 * 1024)), 'more than 4194304 bytes'],
    ['nothing but brackets', llmFaults.reply('['.repeat(1_000_000)), 'no JSON'],
  ])('finds an answer unusable that is %s, and asks once', async (_, fault, problem) => {
    llm.always(fault);
    expect(await failing()).toMatchObject({ kind: 'unusable', message: expect.stringContaining(problem) });
    expect(llm.requests).toHaveLength(1);
  });

  it('tells a model that declines from one that answers', async () => {
    llm.next(llmFaults.reply({ choices: [{ message: { content: null, refusal: 'I will not.' } }] }));
    expect(await failing()).toMatchObject({ kind: 'refused', message: expect.stringContaining('I will not.') });
  });

  it.each([
    ['no address', { url: 'localhost' }, 'ATTUNE_LLM_URL'],
    ['another protocol', { url: 'file:///etc/passwd' }, 'ATTUNE_LLM_URL'],
    ['credentials in the address', { url: 'http://someone:hidden@127.0.0.1/v1' }, 'ATTUNE_LLM_KEY'],
    ['a key that no header holds', { key: 'hidden\n' }, 'ATTUNE_LLM_KEY'],
    ['a key in another script', { key: 'hidden-ключ' }, 'ATTUNE_LLM_KEY'],
    ['no model', { model: '' }, 'ATTUNE_LLM_MODEL'],
    ['a model of two lines', { model: 'a\nb' }, 'ATTUNE_LLM_MODEL'],
    ['a limit of time that no timer holds', { timeoutMs: Infinity }, 'timeoutMs'],
  ])('does not open with %s, and says no secret', (_, options, named) => {
    const opening = (): unknown => open(options);
    expect(opening).toThrow(ModelError);
    expect(opening).toThrow(named);
    expect(opening).not.toThrow('hidden');
  });

  it('ends what is under way when it is closed, and answers nothing after', async () => {
    llm.next(llmFaults.hang);
    const asked = failing();
    const request = await llm.asked(1);
    await model.close();
    await model.close();
    expect(await asked).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('closed') });
    expect(await request.ended).toBe('broken');
    expect(await failing()).toMatchObject({ kind: 'unavailable' });
    expect(llm.requests).toHaveLength(1);
  });
});
