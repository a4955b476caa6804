import type { LanguageModel } from '../language-model.js';
import { MadeModel } from './fixtures/made-model.js';
import { type GgufModelOptions, openGgufModel } from './gguf-model.js';

const made = new MadeModel();
const opened: LanguageModel[] = [];
afterEach(() => Promise.all(opened.splice(0).map((model) => model.close())));
afterAll(() => made.remove());

async function open(options: Partial<GgufModelOptions> = {}): Promise<LanguageModel> {
  const model = await openGgufModel({ file: made.file, packages: made.packages(), ...options });
  opened.push(model);
  return model;
}
const never = new AbortController().signal;
const say = (content: string, maxTokens = 500) => ({ messages: [{ role: 'user' as const, content }], maxTokens });
const ask = async (model: LanguageModel, content: string): Promise<string> =>
  (await model.answer(say(content), never)).text;
const refused = (message: RegExp) => ({ name: 'ModelError', kind: 'refused', message: expect.stringMatching(message) });

describe('openGgufModel', () => {
  it('says what to do where the package is missing, is another, or cannot be loaded', async () => {
    const opening = (packages: string) => openGgufModel({ file: made.file, packages });
    await expect(opening(made.folder)).rejects.toMatchObject(
      refused(/^node-llama-cpp is not installed: npm run llm:install$/),
    );
    await expect(opening(made.packages('export const x = 1;'))).rejects.toMatchObject(
      refused(/: npm run llm:install$/),
    );
    const broken = made.packages('throw new Error("no binary\\nat line 7");');
    await expect(opening(broken)).rejects.toMatchObject(
      refused(/^node-llama-cpp cannot be loaded \(no binary\): npm run llm:install$/),
    );
    const foreign = made.packages(
      'export const LlamaChat = class {}; export const getLlama = async () => { throw new Error("none"); };',
    );
    await expect(opening(foreign)).rejects.toMatchObject(
      refused(/^node-llama-cpp has no program for \w+ \w+ here \(none\): npm run llm:install$/),
    );
  });

  it('refuses a file that is missing, and one that the package cannot read', async () => {
    const opening = (file: string) => openGgufModel({ file, packages: made.packages() });
    await expect(opening(`${made.folder}/gone.gguf`)).rejects.toMatchObject(refused(/gone\.gguf cannot be read/));
    const broken = made.put('broken.gguf', 'GGUF\u0003\0\0\0 broken');
    await expect(opening(broken)).rejects.toMatchObject(
      refused(/broken\.gguf cannot be loaded \(tensors are missing\): bring it again$/),
    );
  });

  it('runs in a process of its own that gives way, and is not told our environment', async () => {
    process.env['ATTUNE_SPEC_SECRET'] = 'x';
    const { pid, nice, env } = JSON.parse(await ask(await open(), 'process'));
    delete process.env['ATTUNE_SPEC_SECRET'];
    expect(pid).not.toBe(process.pid);
    expect(nice).toBe(10);
    expect(env).toEqual(expect.not.arrayContaining(['ATTUNE_SPEC_SECRET']));
  });
});

describe('a model from a GGUF file', () => {
  it('answers, and counts tokens of prompt and answer', async () => {
    const model = await open();
    const answer = await model.answer(say('hello', 12), never);
    expect(answer).toEqual({ text: 'you said hel', usage: { input: 6, output: 12 } });
  });

  it('holds an answer to a schema, or to JSON where the schema has what a grammar cannot say', async () => {
    const model = await open();
    const by = async (schema: Record<string, never>) => (await model.answer({ ...say('x'), schema }, never)).text;
    expect(await by({ type: 'object' } as never)).toBe('by schema');
    expect(await by({ anyOf: [] } as never)).toBe('by json');
  });

  it('streams an answer piece by piece, the usage last', async () => {
    const pieces = [];
    for await (const piece of (await open()).stream(say('hi'), never)) pieces.push(piece);
    expect(pieces.slice(0, 2)).toEqual([{ text: 'y' }, { text: 'o' }]);
    expect(pieces.at(-1)).toEqual({ usage: { input: 3, output: 11 } });
  });

  it('refuses a prompt that does not fit, with numbers', async () => {
    const model = await open({ contextTokens: 100 });
    await expect(model.answer(say('x'.repeat(70), 40), never)).rejects.toMatchObject(
      refused(/^the prompt needs 71 tokens and room for 40 of the answer, the context has 100: shorten it/),
    );
    const long = { given: 'x'.repeat(99), then: 'yz' };
    await expect(model.likelihood([long], never)).rejects.toMatchObject(
      refused(/needs 101 tokens, the context has 100/),
    );
    await expect(model.answer(say('x'.repeat(10_000)), never)).rejects.toMatchObject(refused(/has 10000 letters/));
    expect((await model.answer(say('x', 20), never)).text).toBe('you said x');
  });

  it('finds likely what the made model has read, be the text short or long', async () => {
    const model = await open();
    const given = 'ab'.repeat(100);
    const asked = [
      { given: 'lamp', then: 'map' },
      { given: 'lamp', then: 'box' },
      { given, then: 'ba' },
      { given, then: 'xy' },
    ];
    const { logProbabilities, usage } = await model.likelihood(asked, never);
    const [near, far, longNear, longFar] = logProbabilities;
    expect(near).toBeGreaterThan(far!);
    expect(longNear).toBeGreaterThan(longFar!);
    // Read: l, a, m, p. Likely: 4 of 128 letters, by e².
    expect(near).toBeCloseTo(2 - Math.log(4 * Math.exp(2) + 124), 5);
    expect(usage).toEqual({ input: 7 + 7 + 202 + 202, output: 0 });
  });

  it('reads a text once, however many continuations follow and whenever they are asked for', async () => {
    const model = await open();
    const read = async () => Number(await ask(model, 'tokens read'));
    const titles = Array.from({ length: 12 }, (_, i) => `${'title '.repeat(5)}${i}`);
    const pairs = (then: string) => titles.map((given) => ({ given, then }));
    await model.likelihood([...pairs('one'), ...pairs('two')], never);
    const first = await read();
    await model.likelihood(pairs('six'), never);
    const again = (await read()) - first;
    // The last letter of a title and the continuation but for its last.
    expect(again).toBeLessThanOrEqual(titles.length * 3 + 'tokens read'.length);
    const sameAgain = await model.likelihood(pairs('one').toReversed(), never);
    const alone: number[] = [];
    for (const pair of pairs('one')) alone.push(...(await model.likelihood([pair], never)).logProbabilities);
    expect([...sameAgain.logProbabilities].reverse()).toEqual(alone);
  });

  it('stops what is in work, and does not begin what was given up while it waited', async () => {
    const model = await open();
    const stop = new AbortController();
    const inWork = model.stream(say('forever'), stop.signal)[Symbol.asyncIterator]();
    expect(await inWork.next()).toMatchObject({ value: { text: '.' } });
    const waiting = new AbortController();
    const given = model.answer(say('not begun'), waiting.signal);
    waiting.abort(new Error('given up'));
    await expect(given).rejects.toThrow('given up');
    stop.abort(new Error('enough'));
    const rest = async (): Promise<void> => {
      while (!(await inWork.next()).done);
    };
    await expect(rest()).rejects.toThrow('enough');
    expect(JSON.parse(await ask(model, 'asked'))).toEqual(['forever', 'asked']);
    await expect(model.answer(say('x'), AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });

  it('stops an answer that is read no further', async () => {
    const model = await open();
    for await (const piece of model.stream(say('forever'), never)) {
      expect(piece).toEqual({ text: '.' });
      break;
    }
    expect(await ask(model, 'x')).toBe('you said x');
  });

  it('rejects all that waits when its process crashes, and starts it again, not within 30 s', async () => {
    const clock = { at: 0, monotonic: () => clock.at };
    const model = await open({ clock });
    clock.at = 60_000;
    const lost = { kind: 'unavailable', message: expect.stringMatching(/made\.gguf@\w+ ended \(SIGABRT\): was there/) };
    const waiting = [model.answer(say('crash'), never), model.answer(say('x'), never), model.likelihood([], never)];
    for (const one of await Promise.allSettled(waiting)) expect(one).toMatchObject({ reason: lost });
    expect(await Promise.all([ask(model, 'x'), ask(model, 'y')])).toEqual(['you said x', 'you said y']);
    await expect(ask(model, 'crash')).rejects.toMatchObject(lost);
    clock.at = 80_000;
    const later = {
      kind: 'unavailable',
      retryAfterMs: 10_000,
      message: expect.stringMatching(/not started again for 10 s/),
    };
    await expect(ask(model, 'x')).rejects.toMatchObject(later);
    clock.at = 90_000;
    expect(await ask(model, 'x')).toBe('you said x');
  });

  it('does not start again with another model under the same id', async () => {
    const clock = { at: 0, monotonic: () => clock.at };
    const file = made.put('swapped.gguf', 'GGUF\u0003\0\0\0');
    const model = await open({ file, clock });
    made.put('swapped.gguf', 'GGUF\u0003\0\0\0 another');
    await expect(ask(model, 'crash')).rejects.toMatchObject({ kind: 'unavailable' });
    clock.at = 30_000;
    await expect(ask(model, 'x')).rejects.toMatchObject(refused(/swapped\.gguf is another model now: start again$/));
  });

  it('rejects what waits when it is closed, which is safe to repeat', async () => {
    const model = await open();
    const { pid } = JSON.parse(await ask(model, 'process'));
    const waiting = expect(model.answer(say('forever'), never)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/ is closed$/),
    });
    await Promise.all([model.close(), model.close()]);
    await waiting;
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await expect(ask(model, 'x')).rejects.toThrow('is closed');
  });
});
