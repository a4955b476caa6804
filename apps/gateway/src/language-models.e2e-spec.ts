import { llmFaults, startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import { until } from './testing/http.client.js';
import {
  askOnce,
  byLetters,
  codesOf,
  ends,
  environmentOf,
  fill,
  HARD_MS,
  isMovedBy,
  LLM_KEY,
  llmShop,
  llmShopFiles,
  msOf,
  SORTED,
  titlesOf,
} from './testing/llm-shop.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';

afterAll(() => Promise.all(ends.map((end) => end())));

async function scripted(): Promise<ScriptedLlm> {
  const llm = await startScriptedLlm({ answer: byLetters, key: LLM_KEY });
  ends.push(() => llm.close());
  return llm;
}

/** The request that the model gets while something is done. */
async function lastAfter(llm: ScriptedLlm, work: () => Promise<unknown>) {
  const next = llm.requests.length + 1;
  await work();
  return llm.asked(next);
}

describe('a language model behind an address', () => {
  let llm: ScriptedLlm;
  let shop: Gateway;
  beforeAll(async () => {
    llm = await scripted();
    shop = await llmShop(llm, { llm: { prices: { input: 1, output: 2 } } }, 10_000);
  });

  it('orders the slate; who moved what is in the trace, with what it cost', async () => {
    const slate = await askOnce(shop, { query: 'gift' });
    expect([codesOf(slate), titlesOf(slate)]).toEqual([[], SORTED]);
    expect(isMovedBy(slate, 'llm-listwise')).toBe(true);
    expect(slate.trace!.notes).toContainEqual({
      plugin: 'llm-listwise',
      code: 'LLM_CALLED',
      detail: expect.stringMatching(
        /^listwise@\d+, openai:.*\/scripted: answered, \d+ \+ \d+ tokens, cost [\d.e-]+, \d+ ms$/,
      ) as string,
    });
  });

  it('answers an equal request from its cache, within 2 ms', async () => {
    const before = llm.requests.length;
    const slates = [];
    for (let i = 0; i < 9; i++) slates.push(await askOnce(shop, { query: 'gift' }));
    expect([llm.requests.length - before, slates.every((slate) => titlesOf(slate).join() === SORTED.join())]).toEqual([
      0,
      true,
    ]);
    expect(slates[0]!.trace!.notes.map(({ code }) => code)).toContain('LLM_CACHED');
    expect(Math.min(...slates.map((slate) => msOf(slate, 'llm-listwise')))).toBeLessThanOrEqual(2);
  });

  it('is sent neither the key in a text nor what identifies a person, and items as numbered data', async () => {
    const { body, headers } = await lastAfter(llm, () =>
      askOnce(shop, { query: 'write to ann@example.org', userId: 'ann-1' }),
    );
    const { messages } = body as { readonly messages: readonly { readonly content: string }[] };
    expect(messages[1]!.content).toContain('Query: "write to [email]"\n');
    expect(messages[1]!.content).toMatch(/\n\[10\] "[^"]+"$/);
    expect(JSON.stringify(body)).not.toMatch(/ann-1|the-key/);
    expect(headers.authorization).toBe('Bearer the-key');
  });

  it('is told what a person took up last, unless he refused to be profiled', async () => {
    const events = ['cara', 'dora'].flatMap((userId) => [
      { id: `${userId}-1`, type: 'click', userId, itemId: 'scarf' },
      { id: `${userId}-2`, type: 'add_to_cart', userId, itemId: 'gloves' },
    ]);
    await shop.send(...events);
    await shop.expect('POST', '/v1/users', { users: [{ id: 'dora', consent: { profiling: false } }] });
    const told = async (userId: string): Promise<string> => {
      const { body } = await lastAfter(llm, () =>
        askOnce(shop, { query: `for ${userId === 'cara' ? 'me' : 'us'}`, userId }),
      );
      return (body as { messages: { content: string }[] }).messages[1]!.content;
    };
    expect(await told('cara')).toContain('the latest first:\n- "Wool gloves"\n- "Wool scarf"\nItems:');
    expect(await told('dora')).toContain('Nothing is known of the shopper.');
  });

  it('lists what was sent, for whom and at what cost, until the user is erased', async () => {
    await askOnce(shop, { query: 'a lamp for zoe', userId: 'zoe' });
    const calls = async (): Promise<LlmCallsAnswer> => shop.expect('GET', '/v1/llm/calls?limit=500');
    const { calls: all } = await calls();
    const [newest] = all;
    expect(newest).toMatchObject({
      outcome: 'answered',
      userId: 'zoe',
      prompt: expect.stringMatching(/^listwise@/) as string,
    });
    expect(newest!.sent[1]!.content).toContain('Query: "a lamp for zoe"');
    const sum = all.reduce((tokens, call) => tokens + call.tokens.input + call.tokens.output, 0);
    // What a call took is stored a moment after its answer.
    await until('the spending to be stored', async () => (await calls()).today.tokens === sum);
    expect((await calls()).today.money).toBeGreaterThan(0);
    await shop.send({ id: 'zoe-1', type: 'click', userId: 'zoe', itemId: 'lamp' });
    const { jobId } = await shop.expect<{ jobId: string }>('DELETE', '/v1/users/zoe');
    await shop.completed(jobId);
    expect((await calls()).calls.map(({ userId }) => userId)).not.toContain('zoe');
    expect((await calls()).calls).toHaveLength(all.length - 1);
  });

  it('counts calls, tokens and money', async () => {
    const metrics = await (await fetch(`${shop.url}/metrics`)).text();
    expect(metrics).toMatch(
      /attune_llm_calls_total\{tenant="default",prompt="listwise@\d+",outcome="answered"\} [1-9]/,
    );
    expect(metrics).toMatch(/attune_llm_tokens_total\{[^}]*direction="output"\} [1-9]/);
    expect(metrics).toMatch(/attune_llm_cost_total\{[^}]*\} [\d.e-]*[1-9]/);
    expect(metrics).toMatch(/attune_llm_cached_total\{[^}]*\} [1-9]/);
  });
});

describe('a language model that fails', () => {
  let llm: ScriptedLlm;
  let shop: Gateway;
  beforeAll(async () => {
    llm = await scripted();
    shop = await llmShop(llm, {}, 5_000);
  });

  it.each([
    ['answers what is no JSON', [llmFaults.garbage], 'LLM_UNUSABLE'],
    ['answers a text that is not the JSON asked for', [llmFaults.notJson], 'LLM_UNUSABLE'],
    ['answers far too much', [llmFaults.huge()], 'LLM_UNUSABLE'],
    ['refuses', [llmFaults.status(403)], 'LLM_UNAVAILABLE'],
    ['breaks off, again and again', [0, 1, 2].map(() => llmFaults.cutStream(0)), 'LLM_UNAVAILABLE'],
    ['fails, again and again', [0, 1, 2].map(() => llmFaults.status(500)), 'LLM_UNAVAILABLE'],
    ['asks to be left alone for long', [llmFaults.status(429, { retryAfter: '60' })], 'LLM_RATE_LIMITED'],
  ] as const)('leaves the order as it is where the model %s, and is named', async (name, faults, code) => {
    llm.next(...faults);
    const slate = await askOnce(shop, { query: name });
    expect([codesOf(slate), slate.items.length]).toEqual([[code], 10]);
    expect(titlesOf(slate)).not.toEqual(SORTED);
    // A success in between: the circuit counts failures in a row.
    const fine = await askOnce(shop, { query: `${name} no more` });
    expect([codesOf(fine), titlesOf(fine)]).toEqual([[], SORTED]);
  });

  it.each([
    ['fails once', [llmFaults.status(500)]],
    ['is busy once', [llmFaults.status(429, { retryAfter: '0' })]],
  ])('is asked again where it %s', async (name, faults) => {
    llm.next(...faults);
    const slate = await askOnce(shop, { query: name });
    expect([codesOf(slate), titlesOf(slate)]).toEqual([[], SORTED]);
  });

  it('mends numbers that do not exist', async () => {
    llm.next(llmFaults.wrongIds);
    const slate = await askOnce(shop, { query: 'wrong ids' });
    expect([codesOf(slate), [...titlesOf(slate)].toSorted()]).toEqual([[], SORTED]);
  });

  it('is left alone after five failures in a row, and costs 2 ms at most', async () => {
    llm.always(llmFaults.status(403));
    for (let i = 0; i < 5; i++) expect(codesOf(await askOnce(shop, { query: `no ${i}` }))).toEqual(['LLM_UNAVAILABLE']);
    const before = llm.requests.length;
    const slates = [];
    for (let i = 0; i < 9; i++) slates.push(await askOnce(shop, { query: `closed ${i}` }));
    expect([new Set(slates.flatMap(codesOf)), llm.requests.length - before]).toEqual([
      new Set(['LLM_CIRCUIT_OPEN']),
      0,
    ]);
    expect(Math.min(...slates.map((slate) => msOf(slate, 'llm-listwise')))).toBeLessThanOrEqual(2);
    llm.always(undefined);
    await until('the circuit to close', async () => codesOf(await askOnce(shop, { query: 'again' })).length === 0);
  });
});

describe('a language model that is slow', () => {
  it('is given its own budget and no more; its late answer serves the next equal request', async () => {
    const llm = await scripted();
    const shop = await llmShop(llm);
    llm.always(llmFaults.slow(300));
    // The one that took least has waited least for anything else than the model.
    const late = [];
    for (let i = 0; i < 4; i++) late.push(await askOnce(shop, { query: `slow at ${i}` }));
    expect(new Set(late.flatMap(codesOf))).toEqual(new Set(['LLM_LATE']));
    expect(Math.min(...late.map((slate) => msOf(slate, 'llm-listwise')))).toEqual(expect.closeTo(HARD_MS, -1.5));
    for (const slate of late) expect(titlesOf(slate)).not.toEqual(SORTED);
    await until(
      'the late answer to arrive',
      async () => codesOf(await askOnce(shop, { query: 'slow at 0' })).length === 0,
    );
    expect(llm.requests).toHaveLength(late.length);
    for (let i = 0; codesOf(await askOnce(shop, { query: `slow ${i}` }))[0] === 'LLM_LATE'; i++)
      expect(i).toBeLessThan(6);
    const slates = [];
    for (let i = 0; i < 9; i++) slates.push(await askOnce(shop, { query: `not waited for ${i}` }));
    expect(new Set(slates.flatMap(codesOf))).toEqual(new Set(['LLM_CIRCUIT_OPEN']));
    expect(Math.min(...slates.map((slate) => msOf(slate, 'llm-listwise')))).toBeLessThanOrEqual(2);
    // What was asked meanwhile is known by now.
    await until(
      'answers of the background',
      async () => titlesOf(await askOnce(shop, { query: 'not waited for 0' })).join() === SORTED.join(),
    );
  });
});

interface LlmCallsAnswer {
  readonly today: { readonly day: string; readonly tokens: number; readonly money: number };
  readonly calls: readonly {
    readonly prompt: string;
    readonly outcome: string;
    readonly userId?: string;
    readonly tokens: { readonly input: number; readonly output: number };
    readonly sent: readonly { readonly role: string; readonly content: string }[];
  }[];
}

describe('a language model on a budget', () => {
  it('knows after a restart what the day has spent', async () => {
    const llm = await scripted();
    const files = llmShopFiles({ llm: { budget: { tokensPerDay: 2_000 } } }, 5_000);
    const start = async (): Promise<Gateway> => startGateway({ ...files, env: environmentOf(llm) });
    let shop = await start();
    await fill(shop);
    const served: (readonly string[])[] = [];
    while (served.at(-1)?.length !== 1 && served.length < 30)
      served.push(codesOf(await askOnce(shop, { query: `gift ${served.length}` })));
    expect([served.length > 1, served.at(-1)]).toEqual([true, ['LLM_BUDGET_SPENT']]);
    await shop.stop();
    shop = await start();
    ends.push(() => shop.stop());
    expect(codesOf(await askOnce(shop, { query: 'gift after the restart' }))).toEqual(['LLM_BUDGET_SPENT']);
  });

  it('of 0 a day costs nothing and is named', async () => {
    const llm = await scripted();
    const shop = await llmShop(llm, { llm: { budget: { tokensPerDay: 0 } } });
    const slate = await askOnce(shop, { query: 'gift' });
    expect([codesOf(slate), llm.requests.length, slate.items.length]).toEqual([['LLM_BUDGET_SPENT'], 0, 10]);
  });
});
