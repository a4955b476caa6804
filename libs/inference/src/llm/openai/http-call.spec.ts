import { getEventListeners } from 'node:events';
import { createServer, type Server } from 'node:net';
import { inspect } from 'node:util';
import { llmFaults, startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import type { ModelAsk } from '../language-model.js';
import { openOpenAiModel, type OpenAiModel, type OpenAiModelOptions } from './openai.model.js';
import { errorOf, patience, type Patience } from './testing/patience.js';

const { signal } = new AbortController();
const ASK: ModelAsk = { messages: [{ role: 'user', content: 'hello' }], maxTokens: 10 };
const { status } = llmFaults;

describe('calls of an endpoint', () => {
  let llm: ScriptedLlm;
  let paced: Patience;
  const closing: (() => void | Promise<void>)[] = [];

  const open = (options: Partial<OpenAiModelOptions> = {}): OpenAiModel =>
    openOpenAiModel({ url: llm.url, model: llm.model, pacing: paced, ...options });
  const failing = (options?: Partial<OpenAiModelOptions>): Promise<unknown> =>
    errorOf(open(options).answer(ASK, signal));

  beforeEach(async () => {
    llm = await startScriptedLlm();
    paced = patience();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await llm.close();
  });

  it.each([408, 409, 429, 500, 502, 503, 504])('tries again after a status %i', async (code) => {
    llm.next(status(code), status(code));
    await open().answer(ASK, signal);
    expect(llm.requests).toHaveLength(3);
    expect(paced.waits).toEqual([125, 250]);
  });

  it.each([400, 401, 403, 404, 413, 422, 418])('asks once where the status is %i', async (code) => {
    llm.next(status(code, { message: 'not so' }));
    expect(await failing()).toMatchObject({ kind: 'refused', message: expect.stringContaining(`${code}: not so`) });
    expect(llm.requests).toHaveLength(1);
  });

  it('names the setting to look at', async () => {
    llm.next(status(401), status(403), status(404));
    expect(await failing()).toMatchObject({ message: expect.stringContaining('check ATTUNE_LLM_KEY') });
    expect(await failing()).toMatchObject({ message: expect.stringContaining('check ATTUNE_LLM_KEY') });
    const message = expect.stringContaining('check ATTUNE_LLM_URL and ATTUNE_LLM_MODEL');
    expect(await failing()).toMatchObject({ message });
    expect(await failing({ model: 'other' })).toMatchObject({ kind: 'refused', message });
  });

  it('gives up after its retries: busy where the endpoint says so, else unavailable', async () => {
    llm.always(status(429));
    expect(await failing()).toMatchObject({ kind: 'busy', retryAfterMs: undefined });
    expect(llm.requests).toHaveLength(3);
    llm.always(status(500, { message: 'on fire' }));
    expect(await failing({ retries: 0 })).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('on fire'),
    });
    llm.always(status(501));
    expect(await failing()).toMatchObject({ kind: 'unavailable' });
    expect(llm.requests).toHaveLength(5);
  });

  it('waits longer each time, at most four seconds', async () => {
    llm.always(status(503));
    await failing({ retries: 7 });
    expect(paced.waits).toEqual([125, 250, 500, 1000, 2000, 2000, 2000]);
  });

  it('waits as long as the endpoint asks, in seconds or until a date', async () => {
    llm.next(status(429, { retryAfter: 3 }), status(503, { retryAfter: 'Thu, 01 Jan 1970 00:00:06 GMT' }));
    await open().answer(ASK, signal);
    expect(paced.waits).toEqual([3000, 5000]);
    llm.next(status(429, { retryAfter: 'soon' }), status(429, { retryAfter: 'Wed, 31 Dec 1969 00:00:00 GMT' }));
    await open().answer(ASK, signal);
    expect(paced.waits.slice(2)).toEqual([125, 0]);
  });

  it.each([
    ['seconds', 11, 11_000],
    ['more than a day', '9'.repeat(400), 86_400_000],
    ['a date', 'Thu, 01 Jan 1970 00:01:01 GMT', 60_000],
  ])('leaves a longer wait to whoever asked: %s', async (_, retryAfter, retryAfterMs) => {
    llm.next(status(503, { retryAfter }));
    expect(await failing()).toMatchObject({ kind: 'busy', retryAfterMs });
    expect([llm.requests.length, paced.waits]).toEqual([1, []]);
  });

  it('tries again where the connection breaks, also in the middle of an answer', async () => {
    llm.next(llmFaults.cutStream(0), llmFaults.cutStream(0));
    await open().answer(ASK, signal);
    expect(llm.requests).toHaveLength(3);
  });

  it('is unavailable where nobody answers, and where the time of a try is over', async () => {
    llm.always(llmFaults.hang);
    expect(await failing({ timeoutMs: 20, retries: 1 })).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('no answer within 20 ms'),
    });
    expect(llm.requests).toHaveLength(2);
    expect(await Promise.all(llm.requests.map(({ ended }) => ended))).toEqual(['broken', 'broken']);
    await llm.close();
    expect(await failing()).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('ECONNREFUSED') });
  });

  it('counts the time of the whole answer', async () => {
    const dripping = await listening('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"choices":');
    closing.push(() => void dripping.server.close());
    const call = failing({ url: dripping.url, timeoutMs: 50, retries: 0 });
    expect(await call).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('within 50 ms') });
  });

  it('rejects with the reason of its signal before, during and between tries', async () => {
    const reason = new Error('the slate is out');
    await expect(open().answer(ASK, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(llm.requests).toEqual([]);

    llm.next(llmFaults.hang);
    const during = new AbortController();
    const asked = errorOf(open().answer(ASK, during.signal));
    const request = await llm.asked(1);
    during.abort(reason);
    expect([await asked, await request.ended]).toEqual([reason, 'broken']);

    llm.next(status(500));
    const between = new AbortController();
    const wait = async (): Promise<void> => between.abort(reason);
    await expect(open({ pacing: { ...paced, wait } }).answer(ASK, between.signal)).rejects.toBe(reason);
    expect(llm.requests).toHaveLength(2);
  });

  it('leaves nothing on a signal that outlives its calls', async () => {
    const { signal: long } = new AbortController();
    llm.next(status(500));
    await open().answer(ASK, long);
    for await (const _ of open().stream(ASK, long)) break;
    llm.next(llmFaults.garbage);
    await errorOf(open().answer(ASK, long));
    expect(getEventListeners(long, 'abort')).toEqual([]);
  });

  it('ends a real wait when its signal aborts', async () => {
    llm.next(status(429, { retryAfter: 10 }));
    const leaving = new AbortController();
    const asked = errorOf(openOpenAiModel({ url: llm.url, model: llm.model }).answer(ASK, leaving.signal));
    await (
      await llm.asked(1)
    ).ended;
    leaving.abort(new Error('gone'));
    expect(await asked).toMatchObject({ message: 'gone' });
    expect(llm.requests).toHaveLength(1);
  });

  it('follows no redirect: the key goes nowhere else', async () => {
    const other = await startScriptedLlm();
    closing.push(() => other.close());
    const headers = { location: `${other.url}/chat/completions` };
    for (const code of [301, 307, 308]) llm.next(llmFaults.reply('', { status: code, headers }));
    for (const code of [301, 307, 308])
      expect(await failing({ key: 'k' })).toMatchObject({
        kind: 'refused',
        message: expect.stringMatching(`answered ${code}.*ATTUNE_LLM_URL`),
      });
    expect([llm.requests.length, other.requests]).toEqual([3, []]);
  });

  it('says the key in no error, however the endpoint echoes it', async () => {
    const key = 'sk-"deep\\secret/1+2';
    const escaped = JSON.stringify(key).replace('s', '\\u0073');
    const long = `${'x'.repeat(490)}${key}`;
    llm.next(
      status(401, { message: `${key} is wrong, ${encodeURIComponent(key)} too` }),
      llmFaults.reply(`${key} is no key`, { status: 400 }),
      llmFaults.reply(`{"error": ${escaped}}`, { status: 403 }),
      llmFaults.reply({ detail: [{ input: key }] }, { status: 422 }),
      status(400, { message: long }),
      llmFaults.reply(key),
      llmFaults.reply({ choices: [{ message: { content: null, refusal: long } }] }),
    );
    for (let i = 0; i < 7; i++) {
      const error = await failing({ key });
      expect(error).toMatchObject({ name: 'ModelError' });
      const told = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
      for (const part of [key, 'deep', 'secret', encodeURIComponent(key)]) expect(told).not.toContain(part);
    }
    expect(llm.requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
  });

  it('says no key that is part of the address', async () => {
    llm.next(status(400, { message: 'code=0123456789 is wrong' }));
    expect(await failing({ url: `${llm.url}?code=0123456789` })).toMatchObject({
      message: expect.stringMatching(/chat\/completions answered 400: code=\*\*\* is wrong$/),
    });
  });

  it('keeps what an endpoint says to one line of a log', async () => {
    llm.next(status(400, { message: `\u001b[31mred\r\n${'long '.repeat(1000)}` }), status(400, { message: '' }));
    const { message } = (await failing()) as Error;
    expect(message).toMatch(/answered 400: \[31mred long/);
    expect(message.length).toBeLessThan(700);
    llm.next(llmFaults.reply('y'.repeat(1_000_000), { status: 400 }));
    expect(await failing()).toMatchObject({ message: expect.stringMatching(/answered 400$/) });
  });
});

/** A server that says this to whoever comes, and no more. */
async function listening(said: string): Promise<{ server: Server; url: string }> {
  const server = createServer((socket) => void socket.on('error', () => undefined).write(said));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as { port: number }).port}/v1` };
}
