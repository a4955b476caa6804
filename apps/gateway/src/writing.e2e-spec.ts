import { llmFaults, startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import { ends, LLM_KEY, llmShop } from './testing/llm-shop.js';
import { writeShop } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';
import { TINY_ITEMS, tinySurface } from './testing/tiny-shop.js';

afterAll(() => Promise.all(ends.map((end) => end())));

interface Written {
  readonly id: string;
  readonly description: string;
  readonly language: string;
  readonly source: 'llm' | 'template';
  readonly prompt?: string;
  readonly model?: string;
  readonly refused?: readonly { readonly text: string; readonly kind: string }[];
  readonly degraded: readonly { readonly code: string }[];
}

const HONEST = 'A red lunch box for the way to work.';
const TEMPLATE = 'Red lunch box. The color is red. Find it in Kitchen. It is also filed under lunch.';

const write = (shop: Gateway, body: object = {}, id = 'lunch-red'): Promise<Written> =>
  shop.expect('POST', `/v1/items/${id}/description`, body);
const codesOf = ({ degraded }: Written): readonly string[] => degraded.map(({ code }) => code);

/** A shop whose model says what `says` holds, each once, the last one again and again. */
async function shopWith(
  says: string[],
  config: object = {},
): Promise<{ readonly shop: Gateway; readonly llm: ScriptedLlm }> {
  const llm = await startScriptedLlm({
    answer: () => ({ description: says.length > 1 ? says.shift() : says[0] }),
    key: LLM_KEY,
  });
  ends.push(() => llm.close());
  return { llm, shop: await llmShop(llm, { attributes: { color: { type: 'keyword' } }, ...config }) };
}

describe('descriptions with a language model', () => {
  it('are the model’s where it invents nothing, kept for the next who asks, and in the log of what was sent', async () => {
    const { shop, llm } = await shopWith([HONEST]);
    const written = await write(shop, { tone: 'warm', length: 'short' });
    expect(written).toEqual({
      id: 'lunch-red',
      description: HONEST,
      language: 'en',
      source: 'llm',
      prompt: 'description@1',
      model: expect.stringMatching(/^openai:/) as string,
      degraded: [],
    });
    expect(await write(shop, { tone: 'warm', length: 'short' })).toEqual(written);
    expect(llm.requests).toHaveLength(1);
    const { calls } = await shop.expect<{
      calls: readonly { readonly sent: readonly { readonly content: string }[] }[];
    }>('GET', '/v1/llm/calls?prompt=description@1');
    expect(calls).toHaveLength(1);
    expect(calls[0]!.sent[1]!.content).toBe(
      'Title: "Red lunch box"\nCategories: "Kitchen"\nTags: "lunch"\nAttribute "color": "red"',
    );
  });

  it('are asked for once more where it invents, and the template’s where it does so again', async () => {
    const { shop, llm } = await shopWith(['A blue lunch box.', HONEST, 'A waterproof lunch box.', 'It holds 2 l.']);
    expect(await write(shop)).toMatchObject({ description: HONEST, source: 'llm', degraded: [] });
    const { refused, ...second } = await write(shop, { tone: 'factual' });
    expect([second.source, refused, codesOf(second)]).toEqual([
      'template',
      [
        { text: 'waterproof', kind: 'claim' },
        { text: '2 l', kind: 'measure' },
      ],
      ['LLM_UNUSABLE'],
    ]);
    expect(second.description).toBe('Red lunch box. Color: red. Find it in Kitchen. It is also filed under lunch.');
    expect(llm.requests).toHaveLength(4);
  });

  it('are the template’s where the model answers garbage, is late or refuses, and say so', async () => {
    const { shop, llm } = await shopWith([HONEST]);
    for (const [fault, code] of [
      [llmFaults.garbage, 'LLM_UNUSABLE'],
      [llmFaults.notJson, 'LLM_UNUSABLE'],
      [llmFaults.status(403), 'LLM_UNAVAILABLE'],
    ] as const) {
      llm.next(fault);
      const written = await write(shop);
      expect([written.source, written.description, codesOf(written)]).toEqual(['template', TEMPLATE, [code]]);
    }
    llm.next(llmFaults.hang);
    const began = performance.now();
    expect(codesOf(await write(shop, { deadlineMs: 300 }, 'lamp'))).toEqual(['LLM_LATE']);
    const took = performance.now() - began;
    expect([took > 290, took < 5_000]).toEqual([true, true]);
    expect(await write(shop)).toMatchObject({ source: 'llm', description: HONEST });
  });

  it('cost nothing on a budget of 0, and never show blocked words', async () => {
    const { shop, llm } = await shopWith([HONEST], { llm: { budget: { tokensPerDay: 0 }, blocked: ['Kitchen'] } });
    const { description, degraded } = await write(shop);
    expect([description, degraded.map(({ code }) => code), llm.requests.length]).toEqual([
      'Red lunch box. The color is red. It is also filed under lunch.',
      ['LLM_BUDGET_SPENT'],
      0,
    ]);
    const refused = await shop.call('POST', '/v1/items/no-such-item/description', {});
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([404, 'ITEM_NOT_FOUND']);
  });
});

it('descriptions without a language model are the template’s, in either language, for keys that may administer', async () => {
  const keys = { admin: 'key-of-an-admin-0', shop: 'key-of-the-shop-0' };
  const shop = await startGateway({
    ...writeShop({ surfaces: { home: tinySurface('home') } }),
    env: { ATTUNE_API_KEYS: `${keys.admin}=default,${keys.shop}=default:ingest+recommend` },
  });
  ends.push(() => shop.stop());
  const admin = shop.withKey(keys.admin);
  await admin.putItems(TINY_ITEMS);
  const path = '/v1/items/lunch-red/description';
  const written = await admin.expect<Written>('POST', path, {});
  expect([written.description, written.source, codesOf(written)]).toEqual([TEMPLATE, 'template', ['LLM_MISSING']]);
  expect((await admin.expect<Written>('POST', path, { language: 'zh', tone: 'warm' })).description).toBe(
    '为您介绍Red lunch box。颜色是红色。分类：Kitchen。标签：lunch。希望您喜欢。',
  );
  const [forbidden, invalid] = [
    await shop.withKey(keys.shop).call('POST', path, {}),
    await admin.call('POST', path, { language: 'fr' }),
  ];
  expect([forbidden.status, invalid.status]).toEqual([403, 400]);
});
