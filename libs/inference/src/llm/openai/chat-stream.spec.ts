import { setTimeout as wait } from 'node:timers/promises';
import { llmFaults, SCRIPTED_SENTENCE, startScriptedLlm, type LlmFault, type ScriptedLlm } from '@attune/testkit';
import type { ModelAsk, ModelPiece } from '../language-model.js';
import { openOpenAiModel, type OpenAiModel, type OpenAiModelOptions } from './openai.model.js';
import { all, errorOf, patience } from './testing/patience.js';

const { signal } = new AbortController();
const ASK: ModelAsk = { messages: [{ role: 'user', content: 'Which is red?' }], maxTokens: 40 };
const KEY = 'sk-secret';

const piece = (content: unknown, finish_reason: string | null = null): object => ({
  choices: [{ delta: { content }, finish_reason }],
});

/** A stream of these events, and no more. */
const streamed = (...events: readonly (object | string)[]): LlmFault =>
  llmFaults.reply(events.map((one) => `data: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`).join(''), {
    headers: { 'content-type': 'text/event-stream; charset=utf-8' },
  });

describe('a streamed answer', () => {
  let llm: ScriptedLlm;
  let model: OpenAiModel;

  const open = (options: Partial<OpenAiModelOptions> = {}): OpenAiModel =>
    openOpenAiModel({ url: llm.url, model: llm.model, key: KEY, pacing: patience(), ...options });
  const textOf = (pieces: readonly ModelPiece[]): string =>
    pieces.map((one) => ('text' in one ? one.text : '')).join('');
  const said = (ask = ASK): Promise<readonly ModelPiece[]> => all(model.stream(ask, signal));

  beforeEach(async () => {
    llm = await startScriptedLlm();
    model = open();
  });
  afterEach(() => llm.close());

  it('comes piece by piece, the usage last', async () => {
    const pieces = await said();
    expect(pieces).toEqual([
      ...['This', ' is', ' what', ' the', ' script', ' says.'].map((text) => ({ text })),
      { usage: { input: 3, output: 6 } },
    ]);
    expect(llm.requests).toMatchObject([
      { body: { stream: true, stream_options: { include_usage: true }, temperature: 0, max_tokens: 40 } },
    ]);
  });

  it('estimates the usage where the endpoint tells none', async () => {
    llm.next(llmFaults.noUsage);
    expect((await said()).at(-1)).toEqual({ usage: { input: 4, output: 8 } });
  });

  it('rejects where it was cut, and does not begin anew once a piece was given', async () => {
    llm.next(llmFaults.cutStream(2));
    const given: ModelPiece[] = [];
    const reading = (async () => {
      for await (const one of model.stream(ASK, signal)) given.push(one);
    })();
    expect(await errorOf(reading)).toMatchObject({ kind: 'unavailable' });
    expect([given, llm.requests.length]).toEqual([[{ text: 'This' }, { text: ' is' }], 1]);
  });

  it('says after how many characters a stream was cut', async () => {
    llm.next(streamed(piece('five '), piece('words')));
    const message = expect.stringContaining('the stream was cut after 10 characters');
    expect(await errorOf(said())).toMatchObject({ kind: 'unavailable', message });
    llm.next(llmFaults.cutStream(2));
    expect(await errorOf(said())).toMatchObject({ message: expect.stringContaining('cut after 7 characters') });
  });

  it('begins anew where nothing was given yet', async () => {
    llm.next(llmFaults.status(503), llmFaults.cutStream(0));
    expect(textOf(await said())).toBe(SCRIPTED_SENTENCE);
    expect(llm.requests).toHaveLength(3);
  });

  it('ends without [DONE] where the model said why it stopped, and reads nothing after [DONE]', async () => {
    llm.next(streamed(piece('yes', 'stop')), streamed(piece('no'), '[DONE]', piece('more')));
    expect(textOf(await said())).toBe('yes');
    expect(textOf(await said())).toBe('no');
  });

  it('leaves out what is no text, and takes the last usage', async () => {
    const usage = { prompt_tokens: 5, completion_tokens: 1 };
    const odd = [{ choices: [], usage: { prompt_tokens: 1 } }, { choices: null }, piece(null), piece(''), { other: 1 }];
    llm.next(
      streamed(
        ...odd,
        '{}\n\n: a comment\n\nevent: other\ndata: {}',
        piece('a', 'stop'),
        { choices: [], usage },
        '[DONE]',
      ),
    );
    expect(await said()).toEqual([{ text: 'a' }, { usage: { input: 5, output: 1 } }]);
  });

  it('keeps characters whole that come in parts', async () => {
    await llm.close();
    llm = await startScriptedLlm({ answer: () => 'Tasse ☕ für 🫖 Tee' });
    model = open();
    expect(textOf(await said())).toBe('Tasse ☕ für 🫖 Tee');
  });

  it.each([
    ['no JSON', streamed('{"choices'), 'no JSON'],
    ['a number for a text', streamed(piece(7)), 'choices.0.delta.content'],
    ['an answer in one piece', llmFaults.reply({ choices: [] }), 'in one piece'],
    ['5 MiB in one event', streamed(piece('x'.repeat(5_000_000)), '[DONE]'), 'more than 4194304 bytes'],
    ['5 MiB without an end', streamed('x'.repeat(5_000_000)), 'more than 4194304 bytes'],
  ])('is unusable where it is %s', async (_, fault, problem) => {
    llm.always(fault);
    expect(await errorOf(said())).toMatchObject({ kind: 'unusable', message: expect.stringContaining(problem) });
    expect(llm.requests).toHaveLength(1);
  });

  it('tells an error that comes in the stream, without the key', async () => {
    const error = { error: { message: `overloaded, ${KEY}`, code: 503 } };
    llm.next(streamed(piece('so'), error));
    expect(await errorOf(said())).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('ended after 2 characters with overloaded, ***'),
    });
    llm.next(streamed(error));
    expect(textOf(await said())).toBe(SCRIPTED_SENTENCE);
  });

  it('is asked in other ways where the endpoint refuses one', async () => {
    llm.always(llmFaults.refuse('response_format'));
    const ask = { ...ASK, schema: { type: 'object' } };
    expect(textOf(await said(ask))).toBe(SCRIPTED_SENTENCE);
    expect(textOf(await said(ask))).toBe(SCRIPTED_SENTENCE);
    expect(llm.requests).toHaveLength(4);
  });

  it('gives a reader all the time it wants, and an endpoint only its own', async () => {
    model = open({ timeoutMs: 800, retries: 0 });
    const given: ModelPiece[] = [];
    for await (const one of model.stream(ASK, signal)) {
      if (given.push(one) === 1) await wait(850);
    }
    expect(textOf(given)).toBe(SCRIPTED_SENTENCE);
    model = open({ timeoutMs: 100, retries: 0 });
    llm.next(llmFaults.hang);
    expect(await errorOf(said())).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('100 ms') });
  });

  it('ends the connection when its reader leaves', async () => {
    await llm.close();
    llm = await startScriptedLlm({ answer: () => 'word '.repeat(100_000) });
    model = open();
    for await (const one of model.stream(ASK, signal)) {
      expect(one).toEqual({ text: 'word' });
      break;
    }
    expect(await llm.requests[0]?.ended).toBe('broken');
  });

  it('rejects with the reason of its signal in the middle', async () => {
    const leaving = new AbortController();
    const reason = new Error('enough');
    await llm.close();
    llm = await startScriptedLlm({ answer: () => 'word '.repeat(100_000) });
    model = open();
    const reading = (async () => {
      for await (const one of model.stream(ASK, leaving.signal)) leaving.abort('text' in one ? reason : undefined);
    })();
    await expect(reading).rejects.toBe(reason);
    expect(await llm.requests[0]?.ended).toBe('broken');
  });
});
