import { connect } from 'node:net';
import { hashedWords } from '../worlds/hashed-words.js';
import { llmFaults } from './llm-faults.js';
import { SCRIPTED_SENTENCE } from './llm-scripts.js';
import { startScriptedLlm, type ScriptedLlm, type ScriptedLlmOptions } from './scripted-llm.js';

const USER = [{ role: 'user', content: 'Which mug is red?' }];

/** Members of all answers: each test reads those of its own. */
interface Answered {
  readonly choices: readonly [Choice, ...Choice[]];
  readonly data: readonly { readonly embedding: readonly number[] }[];
  readonly results: readonly { readonly index: number; readonly relevance_score: number }[];
}

interface Choice {
  readonly index: number;
  readonly text: string;
  readonly message: { readonly content: string };
  readonly logprobs: { readonly token_logprobs: readonly (number | null)[] };
}

interface Chunk {
  readonly choices: readonly { readonly delta: { readonly content?: string } }[];
}

describe('startScriptedLlm', () => {
  let llm: ScriptedLlm;

  const start = async (options?: ScriptedLlmOptions): Promise<void> => void (llm = await startScriptedLlm(options));
  const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${llm.url}${path}`, { method: 'POST', headers, body: JSON.stringify({ model: llm.model, ...body }) });
  const chat = (body: object = {}): Promise<Response> => post('/chat/completions', { messages: USER, ...body });
  const json = async (response: Promise<Response>): Promise<Answered> => (await response).json() as Promise<Answered>;
  const contentOf = async (response: Promise<Response>): Promise<string> =>
    (await json(response)).choices[0].message.content;

  beforeEach(() => start());
  afterEach(() => llm.close());

  it('answers a chat by its script, with usage, and remembers what came', async () => {
    expect(await json(chat())).toMatchObject({
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content: SCRIPTED_SENTENCE }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 4, completion_tokens: 6, total_tokens: 10 },
    });
    await llm.close();
    await start({ answer: (messages, body) => ({ heard: messages[0]?.content, temperature: body['temperature'] }) });
    expect(await contentOf(chat({ temperature: 0 }))).toBe('{"heard":"Which mug is red?","temperature":0}');
    expect(llm.requests).toMatchObject([
      { method: 'POST', path: '/v1/chat/completions', body: { model: 'scripted', messages: USER, temperature: 0 } },
    ]);
    expect(await llm.requests[0]?.ended).toBe('answered');
  });

  it('streams the same answer word by word, the usage last where it is asked for', async () => {
    const text = await (await chat({ stream: true, stream_options: { include_usage: true } })).text();
    const events = text.split('\n\n').filter((line) => line !== '');
    expect(events.at(-1)).toBe('data: [DONE]');
    const chunks = events.slice(0, -1).map((event) => JSON.parse(event.replace('data: ', '')) as Chunk);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(SCRIPTED_SENTENCE);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 4, completion_tokens: 6 } });
    expect(await (await chat({ stream: true })).text()).not.toContain('usage');
  });

  it('finds words likely that were there before, at offsets that count characters', async () => {
    const prompt = 'a 🫖 mug, red. Mug lamp';
    const { choices } = await json(post('/completions', { prompt, echo: true, logprobs: 1, max_tokens: 0 }));
    expect(choices).toMatchObject([{ index: 0, text: prompt }]);
    expect(choices[0].logprobs).toMatchObject({
      tokens: ['a', ' 🫖', ' mug,', ' red.', ' Mug', ' lamp'],
      token_logprobs: [null, -4, -4, -4, -0.5, -4],
      text_offset: [0, 1, 3, 8, 13, 17],
    });
    const two = await json(post('/completions', { prompt: ['a', 'b'], max_tokens: 1 }));
    expect(two.choices.map((one) => [one.index, one.text])).toEqual([
      [0, ' end'],
      [1, ' end'],
    ]);
  });

  it('embeds as the worlds do and ranks by shared words', async () => {
    const { data } = await json(post('/embeddings', { input: ['red mug', 'lamp'] }));
    expect(data.map((row) => Float32Array.from(row.embedding))).toEqual(['red mug', 'lamp'].map(hashedWords));
    const { results } = await json(post('/rerank', { query: 'red mug', documents: ['lamp', 'mug', 'mug, red'] }));
    expect(results).toEqual([
      { index: 2, relevance_score: 1 },
      { index: 1, relevance_score: 0.5 },
      { index: 0, relevance_score: 0 },
    ]);
    expect((await json(fetch(`${llm.url}/models`))).data).toMatchObject([{ id: 'scripted' }]);
  });

  it('lets scripts replace every default', async () => {
    await llm.close();
    await start({
      model: 'm',
      likelihood: (_, at) => -at,
      embed: () => [1, 2],
      rerank: (_, texts) => texts.map(() => 3),
    });
    const { choices } = await json(post('/completions', { prompt: 'a b c', echo: true, logprobs: 0 }));
    expect(choices[0].logprobs.token_logprobs).toEqual([null, -1, -2, -3]);
    expect((await json(post('/embeddings', { input: 'x' }))).data[0]?.embedding).toEqual([1, 2]);
    expect((await json(post('/rerank', { query: 'x', documents: ['a'] }))).results[0]?.relevance_score).toBe(3);
  });

  it('refuses other paths, models and keys, and bodies of another shape, with errors in the shape of the API', async () => {
    expect([await chat({ model: 'other' }), await post('/images', {})]).toMatchObject([
      { status: 404 },
      { status: 404 },
    ]);
    const wrong = await post('/rerank', { query: 1, documents: [] });
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({ error: { message: expect.stringContaining('query'), code: null } });
    await llm.close();
    await start({ key: 'k', faults: [llmFaults.status(500)] });
    expect((await chat()).status).toBe(401);
    const headers = { authorization: 'Bearer k' };
    expect((await post('/chat/completions', { messages: USER }, headers)).status).toBe(500);
    expect((await post('/chat/completions', { messages: USER }, headers)).status).toBe(200);
  });

  it('tells of a script that fails', async () => {
    await llm.close();
    await start({
      answer: () => {
        throw new Error('no such scene');
      },
    });
    const response = await chat();
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('no such scene')]);
  });

  it('takes one fault a request, then the one for all', async () => {
    llm.next(llmFaults.status(429, { retryAfter: 3, message: 'slower' }), llmFaults.garbage);
    llm.always(llmFaults.noUsage);
    const busy = await chat();
    expect([busy.status, busy.headers.get('retry-after'), await busy.text()]).toEqual([
      429,
      '3',
      expect.stringContaining('"slower"'),
    ]);
    await expect(json(chat())).rejects.toThrow('JSON');
    expect(await json(chat())).not.toHaveProperty('usage');
    llm.always(undefined);
    expect(await json(chat())).toHaveProperty('usage');
  });

  it('refuses a schema and members of the body', async () => {
    llm.always(llmFaults.refuseSchema);
    const refused = await chat({ response_format: { type: 'json_schema' } });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("'response_format'")]);
    expect((await chat({ response_format: { type: 'json_object' } })).status).toBe(200);
    llm.always(llmFaults.refuse('max_tokens', (value) => value === 0));
    expect([(await chat({ max_tokens: 0 })).status, (await chat({ max_tokens: 1 })).status]).toEqual([400, 200]);
  });

  it('answers what is no JSON, names nothing that exists, or says far too much', async () => {
    await llm.close();
    await start({ answer: () => ({ order: [1, 0], grades: [{ item: 1, why: 'x' }], also: ['a', 'b'] }) });
    llm.next(llmFaults.notJson, llmFaults.wrongIds, llmFaults.wrongIds, llmFaults.huge(5_000_000));
    const broken = await contentOf(chat());
    expect(() => void JSON.parse(broken)).toThrow('JSON');
    expect(JSON.parse(await contentOf(chat()))).toEqual({
      order: [999, 0, -1, 2, 2],
      grades: [{ item: 999, why: 'x' }],
      also: ['no-such-id', 'no-such-id'],
    });
    const { results } = await json(post('/rerank', { query: 'a', documents: ['a', 'b', 'c'] }));
    expect(results.map((one) => one.index)).toEqual([999, 0, -1]);
    expect(await contentOf(chat())).toHaveLength(5_000_000);
  });

  it('cuts a stream after so many pieces, and an answer in its middle', async () => {
    llm.always(llmFaults.cutStream(2));
    const response = await chat({ stream: true });
    let text = '';
    const decoder = new TextDecoder();
    const reading = (async () => {
      for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
    })();
    await expect(reading).rejects.toThrow('terminated');
    expect(text.match(/"content":"[^"]+"/g)).toEqual(['"content":"This"', '"content":" is"']);
    await expect(chat().then((whole) => whole.text())).rejects.toThrow('terminated');
    expect(await llm.requests[1]?.ended).toBe('broken');
  });

  it('stops waiting when the client goes away', async () => {
    for (const fault of [llmFaults.slow(1_000_000), llmFaults.hang]) {
      llm.next(fault);
      const leaving = new AbortController();
      const asked = fetch(`${llm.url}/models`, { signal: leaving.signal });
      const request = await llm.asked(llm.requests.length + 1);
      leaving.abort(new Error('gone'));
      await expect(asked).rejects.toThrow('gone');
      expect(await request.ended).toBe('broken');
    }
    llm.next(llmFaults.slow(1));
    expect((await fetch(`${llm.url}/models`)).status).toBe(200);
  });

  it('ends what hangs when it is closed, at once and as often as it is told to', async () => {
    llm.next(llmFaults.hang, llmFaults.slow(1_000_000));
    const hanging = [chat(), chat()].map((asked) => expect(asked).rejects.toThrow('fetch failed'));
    await llm.asked(2);
    await Promise.all([llm.close(), llm.close()]);
    await Promise.all(hanging);
    await expect(chat()).rejects.toThrow('fetch failed');
  });

  it('outlives requests that break off in their middle', async () => {
    const { port } = new URL(llm.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('POST /v1/rerank HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"half', () => socket.destroy());
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await chat()).status).toBe(200);
  });
});
