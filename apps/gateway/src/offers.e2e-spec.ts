import { llmFaults, startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import { ends, environmentOf, fill, HARD_MS, LLM_KEY, llmShopFiles } from './testing/llm-shop.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';

afterAll(() => Promise.all(ends.map((end) => end())));

interface Made {
  readonly offers: readonly {
    readonly offerId: string;
    readonly items: readonly { readonly id: string }[];
    readonly message?: { readonly text: string; readonly source: string; readonly prompt?: string };
    readonly why: readonly { readonly rule: string; readonly holds: boolean }[];
  }[];
  readonly passedOver?: readonly { readonly offerId: string; readonly rule: string }[];
  readonly degraded: readonly { readonly code: string }[];
}

const kitchen = { kind: 'percent', percent: 20, items: { where: { categories: 'Kitchen' } } } as const;
const HONEST = 'Enjoy 20% off the Red lunch box.';
const idsOf = ({ offers }: Made): readonly string[] => offers.map(({ offerId }) => offerId);
const codesOf = ({ degraded }: Made): readonly string[] => degraded.map(({ code }) => code);

let says: string[];
let llm: ScriptedLlm;
let shop: Gateway;
let files: ReturnType<typeof llmShopFiles>;

const start = async (): Promise<Gateway> => {
  const started = await startGateway({ ...files, env: environmentOf(llm) });
  ends.push(() => started.stop());
  return started;
};

beforeAll(async () => {
  llm = await startScriptedLlm({
    answer: () => ({ message: says.length > 1 ? says.shift() : says[0] }),
    key: LLM_KEY,
  });
  ends.push(() => llm.close());
  files = llmShopFiles({}, HARD_MS);
  shop = await start();
  await fill(shop);
});
beforeEach(() => (says = [HONEST]));
afterEach(async () => {
  const { offers } = await shop.expect<{ offers: readonly { readonly id: string }[] }>('GET', '/v1/offers');
  for (const { id } of offers) await shop.expect('DELETE', `/v1/offers/${id}`);
});

const permit = (id: string, offer: object): Promise<unknown> => shop.expect('PUT', `/v1/offers/${id}`, offer);
const make = (userId: string, more: object = {}): Promise<Made> =>
  shop.expect('POST', '/v1/offers', { userId, deadlineMs: 20_000, ...more });
/** On items of its own, so that no answer of another test is in the cache. */
const on = (...ids: readonly string[]): object => ({ ...kitchen, items: { ids } });

describe('offers over HTTP', () => {
  it('are made by rule, in the model’s words where these say the offer and no more, and sent without the user', async () => {
    await permit('lunch', {
      ...on('lunch-red'),
      eligible: { newUser: true },
      caps: { perUser: { times: 1, days: 7 } },
    });
    const made = await make('nora-7');
    expect(made).toMatchObject({
      offers: [
        {
          offerId: 'lunch',
          items: [{ id: 'lunch-red' }],
          message: { text: HONEST, source: 'model', prompt: 'offer@1' },
          why: [
            { rule: 'eligible.newUser', holds: true },
            { rule: 'caps.perUser', holds: true },
          ],
        },
      ],
      degraded: [],
    });
    const { body } = llm.requests.at(-1)!;
    expect(JSON.stringify(body)).not.toContain('nora');
    const { messages } = body as { readonly messages: readonly { readonly content: string }[] };
    expect(messages[1]!.content).toBe('Offer: "20% off"\nItems: "Red lunch box"');
    const { passedOver } = await make('nora-7', { explain: true });
    expect(passedOver).toMatchObject([{ offerId: 'lunch', rule: 'caps.perUser' }]);
    // Who bought is no new user.
    expect(idsOf(await make('u0'))).toEqual([]);
  });

  it('are told by the template where the model presses, is late or fails, and say so', async () => {
    says = ['Last chance: 20% off the Blue lunch box!', 'Only today: 20% off the Blue lunch box.'];
    await permit('blue', on('lunch-blue'));
    const pressed = await make('ann');
    expect([pressed.offers[0]!.message, codesOf(pressed)]).toEqual([
      {
        text: '20% off Blue lunch box.',
        language: 'en',
        source: 'template',
        refused: [
          { kind: 'claim', text: 'Last chance' },
          { kind: 'claim', text: 'Only today' },
        ],
      },
      ['LLM_UNUSABLE'],
    ]);
    llm.next(llmFaults.status(403));
    const refused = await make('ann', { tone: 'warm' });
    expect([refused.offers[0]!.message!.source, codesOf(refused)]).toEqual(['template', ['LLM_UNAVAILABLE']]);
    llm.next(llmFaults.hang);
    const late = await make('ann', { language: 'zh', deadlineMs: 300 });
    expect([late.offers[0]!.message!.text, codesOf(late)]).toEqual(['Blue lunch box优惠20%。', ['LLM_LATE']]);
  });

  it('of a cap of one are made once to 20 requests at once', async () => {
    await permit('once', { ...on('mug'), caps: { perUser: { times: 1, days: 1 }, total: { times: 9 } } });
    const all = await Promise.all(Array.from({ length: 20 }, () => make('bea', { words: 'template' })));
    expect(all.flatMap(idsOf)).toEqual(['once']);
    const { offers } = await shop.expect<{ offers: readonly { readonly made: number }[] }>('GET', '/v1/offers');
    expect(offers).toMatchObject([{ id: 'once', made: 1 }]);
  });

  it('are forgotten with the user who is erased, and nothing of them is in his export then', async () => {
    await permit('tea', { ...on('teapot'), caps: { perUser: { times: 1, days: 365 } } });
    await shop.send({ id: 'zoe-1', type: 'view', userId: 'zoe', itemId: 'teapot' });
    expect(idsOf(await make('zoe', { words: 'template' }))).toEqual(['tea']);
    expect(JSON.stringify(await shop.expect('GET', '/v1/users/zoe/export'))).toContain('offers-made');
    const { jobId } = await shop.expect<{ jobId: string }>('DELETE', '/v1/users/zoe');
    await shop.completed(jobId);
    expect(await shop.expect('GET', `/v1/jobs/${jobId}/result`)).toMatchObject({ records: 1 });
    expect((await shop.call('GET', '/v1/users/zoe/export')).status).toBe(404);
    expect(idsOf(await make('zoe', { words: 'template' }))).toEqual(['tea']);
  });

  it('and their counts are there after a restart', async () => {
    await permit('kept', { ...on('lamp'), caps: { perUser: { times: 1, days: 30 } } });
    expect(idsOf(await make('ida', { words: 'template' }))).toEqual(['kept']);
    await shop.stop();
    shop = await start();
    expect((await make('ida', { explain: true })).passedOver).toMatchObject([
      { offerId: 'kept', rule: 'caps.perUser' },
    ]);
    expect(idsOf(await make('ivo', { words: 'template' }))).toEqual(['kept']);
  });
});
