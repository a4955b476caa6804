import { llmFaults, startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import type { SlateAnswer } from './testing/answers.js';
import {
  askOnce,
  codesOf,
  ends,
  environmentOf,
  fill,
  isMovedBy,
  LLM_KEY,
  SORTED,
  titlesOf,
} from './testing/llm-shop.js';
import { writeShop } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';
import { tinySurface } from './testing/tiny-shop.js';

afterAll(() => Promise.all(ends.map((end) => end())));

const step = {
  use: 'llm-relevance',
  hardMs: 10_000,
  config: { weight: 1, maxLead: 1, minRemainingMs: 0 },
};
const SURFACES = {
  home: tinySurface('home', { rerank: [step] }),
  product: tinySurface('product', { rerank: [{ ...step, optional: true }] }),
};

async function shopWith(llm: ScriptedLlm, variables: Readonly<Record<string, string>>): Promise<Gateway> {
  const env = { ...environmentOf(llm), ...variables };
  const shop = await startGateway({ ...writeShop({ surfaces: SURFACES }), env });
  ends.push(() => shop.stop());
  await fill(shop);
  return shop;
}

/** Finds texts the more relevant, the earlier they come in the alphabet. */
const byLetters = (_: string, texts: readonly string[]): readonly number[] =>
  texts.map((text) => -SORTED.findIndex((title) => text.startsWith(title)));

async function scripted(): Promise<ScriptedLlm> {
  const llm = await startScriptedLlm({ rerank: byLetters, key: LLM_KEY });
  ends.push(() => llm.close());
  return llm;
}

describe('a re-ranking model behind an address', () => {
  let llm: ScriptedLlm;
  let shop: Gateway;
  beforeAll(async () => {
    llm = await scripted();
    shop = await shopWith(llm, { ATTUNE_LLM_RERANK_MODEL: llm.model });
  });

  it('orders the slate for a query, once for equal requests, and what was sent is written down', async () => {
    const asked = { query: 'a gift for ann@example.org', userId: 'ann' };
    const slate = await askOnce(shop, asked);
    expect([codesOf(slate), titlesOf(slate), isMovedBy(slate, 'llm-relevance')]).toEqual([[], SORTED, true]);
    expect(titlesOf(await askOnce(shop, asked))).toEqual(SORTED);
    expect(llm.requests).toHaveLength(1);
    const { path, body, headers } = llm.requests[0]!;
    expect([path, headers.authorization]).toEqual(['/v1/rerank', `Bearer ${LLM_KEY}`]);
    expect(body).toMatchObject({ model: llm.model, query: 'a gift for [email]', top_n: SORTED.length });
    const { calls } = await shop.expect<{ calls: readonly object[] }>('GET', '/v1/llm/calls');
    expect(calls).toMatchObject([{ prompt: 'relevance@1', userId: 'ann', outcome: 'answered' }]);
  });

  it.each([
    ['answers what is no JSON', [llmFaults.garbage], 'LLM_UNUSABLE'],
    ['names texts that do not exist', [llmFaults.wrongIds], 'LLM_UNUSABLE'],
    ['refuses', [llmFaults.status(404)], 'LLM_UNAVAILABLE'],
    ['fails, again and again', [0, 1, 2].map(() => llmFaults.status(500)), 'LLM_UNAVAILABLE'],
  ] as const)('leaves the order as it is where it %s, and is named', async (query, faults, code) => {
    llm.next(...faults);
    const slate = await askOnce(shop, { query });
    expect([codesOf(slate), slate.items.length, isMovedBy(slate, 'llm-relevance')]).toEqual([[code], 10, false]);
    expect(titlesOf(await askOnce(shop, { query }))).toEqual(SORTED);
  });

  it('is not asked without a query', async () => {
    const before = llm.requests.length;
    expect(codesOf(await askOnce(shop, {}))).toEqual([]);
    expect(llm.requests).toHaveLength(before);
  });
});

describe('a service without a re-ranking model', () => {
  it('is named by steps that need one, and left out where they are optional', async () => {
    const shop = await shopWith(await scripted(), {});
    const degradedOn = async (surface: string): Promise<readonly object[]> => {
      const asked = { surface, limit: 5, query: 'gift', itemIds: ['mug'] };
      return (await shop.expect<SlateAnswer>('POST', '/v1/recommendations', asked)).degraded;
    };
    expect(await degradedOn('home')).toMatchObject([{ plugin: 'llm-relevance', code: 'LLM_MISSING' }]);
    expect(await degradedOn('product')).toEqual([]);
  });
});
