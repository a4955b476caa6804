import { fakeCall } from '@attune/testkit';
import { ModelError } from '../language-model.js';
import { bench, closeDesks, codeOf, turns, USAGE } from './testing/desk.bench.js';

/** For what is known already: nothing is waited for. */
const soon = () => fakeCall({ remainingMs: 8 });

afterEach(closeDesks);

describe('Purpose: likelihoods', () => {
  const pairs = (...texts: readonly string[]) => ({
    prompt: 'p@1',
    continuations: texts.map((given) => ({ given, then: ' q' })),
  });

  it('keeps each alone: only those that are neither known nor under way are asked for', async () => {
    const one = bench();
    const llm = await one.open();
    const first = llm.likelihood(pairs('a', 'b', 'a'), fakeCall());
    await turns();
    const second = llm.likelihood(pairs('b', 'c'), fakeCall());
    await turns();
    expect(one.model.weighed.map(({ continuations }) => continuations.map(({ given }) => given))).toEqual([
      ['a', 'b'],
      ['c'],
    ]);
    one.model.weighed[0]!.resolve({ logProbabilities: Float32Array.of(-1, -2), usage: USAGE });
    one.model.weighed[1]!.resolve({ logProbabilities: Float32Array.of(-3), usage: USAGE });
    expect([...(await first)]).toEqual([-1, -2, -1]);
    expect([...(await second)]).toEqual([-2, -3]);
    expect([...(await llm.likelihood(pairs('c', 'a'), soon()))]).toEqual([-3, -1]);
    expect([...(await llm.likelihood(pairs(), soon()))]).toEqual([]);
  });

  it('fails as a whole, and asks again for all of it', async () => {
    const one = bench();
    const llm = await one.open();
    const failed = codeOf(llm.likelihood(pairs('a', 'b'), fakeCall()));
    await turns();
    one.model.weighed[0]!.reject(new ModelError('refused', 'cannot'));
    expect(await failed).toBe('LLM_UNAVAILABLE');
    void llm.likelihood(pairs('b'), fakeCall()).catch(() => undefined);
    await turns();
    expect(one.model.weighed).toHaveLength(2);
  });
});

describe('Purpose: relevance', () => {
  const of = (query: string, ...texts: readonly string[]) => ({ query, texts, userId: 'ann' });

  it('keeps each text of a query alone, without personal data, and accounts for the model that ranks', async () => {
    const one = bench();
    const llm = await one.open();
    const first = llm.relevance(of('for ann@example.org', 'a', 'b'), fakeCall());
    await turns();
    one.model.compared[0]!.resolve({ scores: Float32Array.of(1, 2), usage: USAGE });
    expect([...(await first)]).toEqual([1, 2]);
    const second = llm.relevance(of('for ann@example.org', 'c', 'b'), fakeCall());
    const other = llm.relevance(of('lamp', 'b'), fakeCall());
    await turns();
    expect(one.model.compared.map(({ query, texts }) => [query, texts])).toEqual([
      ['for [email]', ['a', 'b']],
      ['for [email]', ['c']],
      ['lamp', ['b']],
    ]);
    one.model.compared[1]!.resolve({ scores: Float32Array.of(3), usage: USAGE });
    one.model.compared[2]!.resolve({ scores: Float32Array.of(4), usage: USAGE });
    expect([[...(await second)], [...(await other)]]).toEqual([[3, 2], [4]]);
    expect([...(await llm.relevance(of('lamp', 'b'), soon()))]).toEqual([4]);
    expect(one.records[0]).toMatchObject({
      prompt: 'relevance@1',
      model: 'hand-fed-ranks',
      userId: 'ann',
      sent: ['for [email]', 'a', 'b'].map((content) => ({ role: 'user', content })),
    });
  });

  it('is missing where no model ranks', async () => {
    const one = bench({}, { ranks: false });
    expect(await codeOf(one.desk.of('default', one.tenant).open('test', { relevance: true }))).toBe('LLM_MISSING');
    expect(await codeOf((await one.open()).relevance(of('lamp', 'b'), fakeCall()))).toBe('LLM_MISSING');
  });
});
