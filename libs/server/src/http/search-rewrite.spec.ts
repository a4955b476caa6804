import type { LlmDesk } from '@attune/inference';
import type { SearchAnswer } from '@attune/sdk';
import { searchRequestSchema } from '@attune/sdk';
import { llmFaults, startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import type { Asking } from './calls/slates/asking.js';
import { searchFor } from './calls/slates/search.js';
import { withModel } from './calls/writing/testing/with-model.js';
import { gatewayForAll } from './testing/test-gateway.js';

const gateway = gatewayForAll();
const QUERY = 'something to keep drinks warm outside';
const GOOD = { query: 'tea flask', filters: [{ field: 'color', value: 'red' }] };

/** What the model says. */
let says: object;
let llm: ScriptedLlm;
let desk: LlmDesk;
let asking: Asking;

beforeAll(() =>
  gateway.tenant.stores.items.upsert([
    { id: 'flask', title: 'Tea flask', attributes: { color: 'red' } },
    { id: 'flask2', title: 'Tea flask', attributes: { color: 'blue' } },
    { id: 'lamp', title: 'Outside lamp', price: { amount: 3, currency: 'GBP' } },
    { id: 'cup', title: '保温杯' },
  ]),
);
beforeEach(async () => {
  says = GOOD;
  llm = await startScriptedLlm({ answer: () => says });
  let tenant;
  ({ tenant, desk } = withModel(gateway, llm));
  asking = { platform: platformWith({ enabled: true, budgetMs: 5_000 }), tenant, requestId: 'one' };
});
afterEach(async () => {
  await desk.close();
  await llm.close();
});

function platformWith(rewrite: { readonly enabled: boolean; readonly budgetMs: number }): Asking['platform'] {
  const { platform } = gateway;
  const config = { ...platform.config, search: { ...platform.config.search, rewrite } };
  return { ...platform, config, ready: true };
}
const search = (query: string, more: object = {}): Promise<SearchAnswer> =>
  searchFor(searchRequestSchema.parse({ query, ...more }), asking);
const sent = (): string => JSON.stringify(llm.requests[0]!.body);

describe('a query that a language model puts into other words', () => {
  it('is searched by them and their filters, and says so', async () => {
    const { items, query, degraded } = await search(QUERY, { userId: 'ann' });
    expect(items.map(({ id }) => id)).toEqual(['flask']);
    expect(query).toMatchObject({
      text: 'tea flask',
      typed: QUERY,
      rest: 'tea flask',
      rewritten: true,
      filters: [{ path: 'attributes.color', test: { $in: ['red'] }, text: 'red' }],
      relaxed: [],
    });
    expect(degraded).toEqual([]);
    expect(sent()).toContain('keep drinks warm outside');
    expect(sent()).not.toContain('ann');
  });

  it('gives its filters up first', async () => {
    says = { ...GOOD, filters: [{ field: 'color', value: 'blue' }] };
    const { items, query } = await search(`${QUERY} not blue`);
    expect(items.map(({ id }) => id)).toEqual(['flask']);
    expect(query.filters?.map(({ text }) => text)).toEqual(['not blue']);
  });

  it.each([
    ['a word that nobody has', { query: 'tea iPhone', filters: [] }],
    ['a Chinese word that nobody has', { query: '笔记本电脑', filters: [] }],
    ['a value that the catalogue has not', { query: 'tea', filters: [{ field: 'color', value: 'green' }] }],
    ['nothing', { query: '', filters: [] }],
    ['another thing', { order: [1] }],
  ])('is searched as typed where the model says %s, and that is told', async (_, answer) => {
    says = answer;
    const { query, degraded, items } = await search(QUERY);
    expect([query.text, query.rewritten]).toEqual([QUERY, undefined]);
    expect(degraded.map(({ plugin, code }) => [plugin, code])).toEqual([['query-rewrite', 'LLM_UNUSABLE']]);
    expect(items.map(({ id }) => id)).toContain('lamp');
  });

  it('is searched as typed where the model is late; what it says then serves the next equal query', async () => {
    asking = { ...asking, platform: platformWith({ enabled: true, budgetMs: 30 }) };
    llm.next(llmFaults.slow(300));
    const first = await search(QUERY);
    expect(first.degraded).toEqual([
      { plugin: 'query-rewrite', code: 'LLM_LATE', detail: expect.any(String) as string },
    ]);
    expect(first.query.rewritten).toBeUndefined();
    await (
      await llm.asked(1)
    ).ended;
    asking = { ...asking, platform: platformWith({ enabled: true, budgetMs: 5_000 }) };
    expect((await search(QUERY)).query.text).toBe('tea flask');
    expect(llm.requests).toHaveLength(1);
  });

  it.each<[string, string, object]>([
    ['of fewer than four words', 'keep drinks warm', {}],
    ['of which an item has most words', 'tea flask red outside', {}],
    ['of an item’s name', 'flask', {}],
    ['that is not to be interpreted', QUERY, { interpret: false }],
    ['as of a moment gone by', QUERY, { at: '2026-11-01T00:00:00Z' }],
  ])('is not asked for %s', async (_, query, more) => {
    const { degraded } = await search(query, more);
    expect([degraded, llm.requests]).toEqual([[], []]);
  });

  it('asks nobody where the configuration does not say so, and names nothing without a model', async () => {
    asking = { ...asking, platform: platformWith({ enabled: false, budgetMs: 200 }) };
    expect((await search(QUERY)).degraded).toEqual([]);
    expect(llm.requests).toHaveLength(0);
    asking = { ...asking, platform: platformWith({ enabled: true, budgetMs: 200 }), tenant: gateway.tenant };
    const { degraded, query } = await search(QUERY);
    expect([degraded, query.text]).toEqual([[], QUERY]);
  });
});
