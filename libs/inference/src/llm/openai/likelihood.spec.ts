import { llmFaults, startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import { openOpenAiModel, type OpenAiModel } from './openai.model.js';
import { errorOf, patience } from './testing/patience.js';

const { signal } = new AbortController();

interface Told {
  readonly tokens: readonly unknown[];
  readonly token_logprobs: readonly unknown[];
  readonly text_offset: readonly unknown[];
}

describe('likelihood of an OpenAI-compatible model', () => {
  let llm: ScriptedLlm;
  let model: OpenAiModel;

  const pair = (given: string, then: string): { given: string; then: string } => ({ given, then });
  const means = async (...pairs: readonly { given: string; then: string }[]): Promise<readonly number[]> =>
    Array.from((await model.likelihood(pairs, signal)).logProbabilities);
  const failing = (...pairs: readonly { given: string; then: string }[]): Promise<unknown> =>
    errorOf(model.likelihood(pairs, signal));
  const prompts = (): readonly unknown[] => llm.requests.map(({ body }) => (body as { prompt: unknown }).prompt);
  const choice = (text: string, logprobs: unknown, index: unknown = 0): object => ({ index, text, logprobs });
  const told = (...choices: readonly object[]): void => llm.next(llmFaults.reply({ choices }));
  const tokens = (
    list: readonly string[],
    probabilities: readonly (number | null)[],
    offsets: readonly number[],
  ): Told => ({
    tokens: list,
    token_logprobs: probabilities,
    text_offset: offsets,
  });

  beforeEach(async () => {
    llm = await startScriptedLlm();
    model = openOpenAiModel({ url: llm.url, model: llm.model, pacing: patience() });
  });
  afterEach(() => llm.close());

  it('is the mean over the tokens of what follows', async () => {
    expect(await means(pair('red lunch box', ' lunch box'), pair('a lamp', ' a box'))).toEqual([-0.5, -2.25]);
    expect(llm.requests).toMatchObject([
      {
        path: '/v1/completions',
        body: { prompt: ['red lunch box lunch box', 'a lamp a box'], echo: true, logprobs: 1, max_tokens: 0 },
      },
    ]);
    expect((await model.likelihood([pair('a', ' b')], signal)).usage).toEqual({ input: 2, output: 0 });
    expect(prompts()[1]).toBe('a b');
  });

  it('counts characters, and a token across the boundary with what follows', async () => {
    expect(await means(pair('🫖 tea 🫖 ', 'tea cup'))).toEqual([-2.25]);
    expect(await means(pair('tea 🫖', '🫖 tea'))).toEqual([-2.25]);
  });

  it('asks for sixteen at a time, in order', async () => {
    const pairs = Array.from({ length: 35 }, (_, i) => pair('word', i % 3 === 0 ? ' word' : ' other'));
    expect(await means(...pairs)).toEqual(pairs.map((_, i) => (i % 3 === 0 ? -0.5 : -4)));
    expect(prompts().map((one) => (one as readonly string[]).length)).toEqual([16, 16, 3]);
  });

  it('finds nothing certain to follow, and asks for nothing where nothing is asked', async () => {
    expect(await means()).toEqual([]);
    expect(await means(pair('a', ''))).toEqual([0]);
    expect(llm.requests).toEqual([]);
    expect(await means(pair('a', ''), pair('a', ' a'))).toEqual([0, -0.5]);
  });

  it('asks for a token more where an endpoint wants one, does not count it, and remembers it', async () => {
    llm.always(llmFaults.refuse('max_tokens', (value) => value === 0));
    expect(await means(pair('end of', ' end'))).toEqual([-0.5]);
    expect(await means(pair('end of', ' end'), pair('a', ' b'))).toEqual([-0.5, -4]);
    expect(llm.requests.map(({ body }) => (body as { max_tokens: number }).max_tokens)).toEqual([0, 1, 1]);
  });

  it('asks for one at a time where an endpoint takes one, and remembers it', async () => {
    const refused = llmFaults.status(422, { message: 'prompt: Input should be a valid string' });
    llm.next(refused);
    expect(await means(pair('a', ' a'), pair('a', ' b'))).toEqual([-0.5, -4]);
    expect(await means(pair('c', ' c'), pair('c', ' d'))).toEqual([-0.5, -4]);
    expect(prompts()).toEqual([['a a', 'a b'], 'a a', 'a b', 'c c', 'c d']);
  });

  it('ends the others where one of those fails', async () => {
    model = openOpenAiModel({ url: llm.url, model: llm.model, timeoutMs: 1_000_000, pacing: patience() });
    // The first to come of the two waits: it is there when the second is refused.
    llm.next(llmFaults.status(400, { message: 'one string' }), llmFaults.hang, llmFaults.status(400));
    expect(await failing(pair('a', ' a'), pair('a', ' b'))).toMatchObject({ kind: 'refused' });
    expect(await llm.requests[1]?.ended).toBe('broken');
  });

  it('leaves out a marker before the prompt', async () => {
    told(choice('a bc', tokens(['<s>', 'a', ' b', 'c'], [null, -9, -1, -2], [0, 3, 4, 6])));
    expect(await means(pair('a', ' bc'))).toEqual([-1.5]);
    told(choice('a', tokens(['<s>', 'a'], [null, -2], [0, 3])));
    expect(await means(pair('', 'a'))).toEqual([-2]);
  });

  it('is never above 0, whatever was rounded', async () => {
    told(choice('a b', tokens(['a', ' b'], [null, 1e-5], [0, 1])));
    expect(await means(pair('a', ' b'))).toEqual([0]);
  });

  it('takes choices in any order', async () => {
    const [one, two] = [tokens(['a', ' b'], [null, -1], [0, 1]), tokens(['a', ' c'], [null, -2], [0, 1])];
    told(choice('a c', two, 1), choice('a b', one, 0));
    expect(await means(pair('a', ' b'), pair('a', ' c'))).toEqual([-1, -2]);
  });

  it.each([
    ['no log-probabilities', 'a b', null],
    ['those of a chat', 'a b', { content: [] }],
    ['no echo', ' c', tokens([' c'], [-1], [0])],
  ])('says what it needs of an endpoint that gives %s', async (_, text, logprobs) => {
    told(choice(text, logprobs));
    const message = expect.stringMatching(/"echo" with "logprobs", such as vLLM$/);
    expect(await failing(pair('a', ' b'))).toMatchObject({ kind: 'refused', message });
  });

  it('says what it needs of an endpoint that has no completions, or refuses', async () => {
    const message = expect.stringContaining('such as vLLM');
    for (const code of [404, 400, 405]) {
      llm.next(llmFaults.status(code, { message: 'echo?' }));
      expect(await failing(pair('a', ' b'))).toMatchObject({ kind: 'refused', message });
    }
    llm.next(llmFaults.status(401));
    expect(await failing(pair('a', ' b'))).toMatchObject({ message: expect.not.stringContaining('vLLM') });
  });

  const good = tokens(['a', ' b'], [null, -1], [0, 1]);
  it.each<[string, readonly object[]]>([
    ['a choice twice', [choice('a b', good), choice('a b', good)]],
    ['a choice too many', [choice('a b', good), choice('a b', good, 1)]],
    ['no choice', []],
    ['an index below 0', [choice('a b', good, -1)]],
    ['an index that is a text', [choice('a b', good, '0')]],
    ['lists of other lengths', [choice('a b', { ...good, token_logprobs: [null] })]],
    ['offsets that go back', [choice('a b', { ...good, text_offset: [1, 0] })]],
    ['offsets that are none', [choice('a b', { ...good, text_offset: [0, null] })]],
    ['texts for numbers', [choice('a b', { ...good, token_logprobs: [null, '-1'] })]],
    ['no number where one is due', [choice('a b', { ...good, token_logprobs: [-1, null] })]],
    ['more than certainty', [choice('a b', { ...good, token_logprobs: [null, 0.5] })]],
    ['tokens before the boundary alone', [choice('a b', tokens(['a'], [null], [0]))]],
    ['no token', [choice('a b', tokens([], [], []))]],
  ])('finds %s unusable', async (name, choices) => {
    told(...choices);
    const call = failing(pair('a', ' b'));
    // The one token of `a` reaches to the end of the prompt: it holds what follows, and nothing is known of it.
    expect([name, await call]).toMatchObject([name, { kind: 'unusable' }]);
  });

  it('finds numbers unusable that no double holds', async () => {
    const body = JSON.stringify({ choices: [choice('a b', good)] }).replace('-1]', '-1e999]');
    llm.next(llmFaults.reply(body), llmFaults.reply(body.replace('-1e999', 'NaN')));
    expect(await failing(pair('a', ' b'))).toMatchObject({ kind: 'unusable' });
    expect(await failing(pair('a', ' b'))).toMatchObject({ kind: 'unusable' });
  });
});
