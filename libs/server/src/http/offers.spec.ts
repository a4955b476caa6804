import type { KeptOffers } from './operations/offers.operations.js';
import { DAY, idsOf, lamps, mugs, offerCalls, passedBy } from './testing/offer-calls.js';
import { gatewayForEach } from './testing/test-gateway.js';
import { TEST_NOW } from './testing/test-platform.js';

const gateway = gatewayForEach();
const { call, problem } = gateway;
const { did, fill, make, permit } = offerCalls(gateway);

beforeEach(() => fill());

describe('POST /v1/offers', () => {
  it('makes an offer on what is wanted most of what it covers, and says why', async () => {
    await permit('tea', {
      ...mugs,
      eligible: { newUser: true },
      caps: { perUser: { times: 1, days: 30 } },
      texts: { en: { title: 'Tea week', terms: 'Not with others.' } },
    });
    expect(await make({})).toEqual({
      offers: [
        {
          offerId: 'tea',
          kind: 'percent',
          percent: 20,
          items: [
            { id: 'mug-3', title: 'Mug 3' },
            { id: 'mug-1', title: 'Mug 1' },
            { id: expect.stringMatching(/^mug-/) as string, title: expect.any(String) as string },
          ],
          message: {
            text: expect.stringMatching(/^Tea week: 20% off Mug 3, Mug 1 and Mug \d\.$/) as string,
            language: 'en',
            source: 'template',
          },
          terms: 'Not with others.',
          why: [
            { rule: 'eligible.newUser', holds: true },
            { rule: 'caps.perUser', holds: true },
          ],
        },
      ],
      degraded: [],
    });
    expect(await make({ explain: true })).toEqual({
      offers: [],
      passedOver: [{ offerId: 'tea', rule: 'caps.perUser', detail: 'made in 30 days: 1 of 1' }],
      degraded: [],
    });
    gateway.platform.clock.set(TEST_NOW + 30 * DAY);
    expect(idsOf(await make({}))).toEqual(['tea']);
  });

  it('goes by priority, then by how high items rank, and makes as many as asked for', async () => {
    await permit('lamp', lamps);
    await permit('mugs', mugs);
    await permit('high', { ...mugs, items: { ids: ['mug-0'] }, priority: 1 });
    await permit('gone', { ...mugs, items: { ids: ['no-such-item'] }, priority: 9 });
    const made = await make({ limit: 2, explain: true, language: 'zh' });
    expect([idsOf(made), passedBy(made)]).toEqual([['high', 'mugs'], { gone: 'items', lamp: 'limit' }]);
    expect(made.offers.map(({ message }) => message?.text)).toEqual([
      'Mug 0优惠20%。',
      expect.stringMatching(/^Mug 3、Mug 1、Mug \d优惠20%。$/),
    ]);
    expect(idsOf(await make({ limit: 10 }))).toEqual(['high', 'mugs', 'lamp']);
  });

  it('tells what is over, not begun, and not for the user', async () => {
    await gateway.tenant.stores.users.upsert([{ id: 'ann', attributes: { plan: 'gold' } }]);
    await did('ann', 'view', 'lamp');
    await permit('over', { ...mugs, validUntil: new Date(TEST_NOW).toISOString() });
    await permit('later', { ...mugs, validFrom: new Date(TEST_NOW + 1).toISOString() });
    await permit('silver', { ...mugs, eligible: { user: { 'attributes.plan': 'silver' } } });
    await permit('gold', { ...mugs, eligible: { user: { 'attributes.plan': 'gold' } } });
    await permit('interested', { ...mugs, eligible: { interestedIn: true } });
    await permit('lamp-lover', { ...lamps, eligible: { interestedIn: true } });
    const made = await make({ limit: 10, explain: true });
    expect([idsOf(made).toSorted(), passedBy(made)]).toEqual([
      ['gold', 'lamp-lover'],
      { over: 'validUntil', later: 'validFrom', silver: 'eligible.user', interested: 'eligible.interestedIn' },
    ]);
  });

  it('looks at nothing of the past without consent, and says so', async () => {
    await did('ann', 'purchase', 'mug-0');
    await gateway.tenant.stores.users.upsert([{ id: 'ann', consent: { profiling: false } }]);
    await permit('known', { ...mugs, eligible: { newUser: false } });
    await permit('stranger', { ...mugs, eligible: { newUser: true } });
    await permit('anybody', { ...lamps, caps: { perUser: { times: 1, days: 1 } } });
    const made = await make({ limit: 10, explain: true });
    expect([idsOf(made), passedBy(made), made.degraded]).toEqual([
      ['anybody'],
      { known: 'eligible.newUser', stranger: 'eligible.newUser' },
      [{ code: 'NO_PROFILING' }],
    ]);
    expect(idsOf(await make({ limit: 10 }))).toEqual([]);
  });

  it('counts nothing of a dry run, and as of the moment asked for', async () => {
    await permit('tea', { ...mugs, caps: { perUser: { times: 1, days: 1 }, total: { times: 2 } } });
    for (let i = 0; i < 3; i++) expect(idsOf(await make({ dryRun: true }))).toEqual(['tea']);
    expect(idsOf(await make({ at: new Date(TEST_NOW - 2 * DAY).toISOString() }))).toEqual(['tea']);
    expect(idsOf(await make({ at: new Date(TEST_NOW - 9 * DAY).toISOString() }))).toEqual([]);
    expect(idsOf(await make({}))).toEqual(['tea']);
    expect(passedBy(await make({ userId: 'bob', explain: true }))).toEqual({ tea: 'caps.total' });
    expect((await call('GET', '/v1/offers')).json<KeptOffers>().offers[0]!.made).toBe(2);
  });

  it('gives 20 requests at once one offer that may be made once', async () => {
    await permit('tea', { ...mugs, caps: { perUser: { times: 1, days: 1 }, total: { times: 5 } } });
    const made = await Promise.all(Array.from({ length: 20 }, () => make({})));
    expect(made.flatMap(idsOf)).toEqual(['tea']);
    const others = await Promise.all(Array.from({ length: 20 }, (_, i) => make({ userId: `u${i}`, explain: true })));
    expect(others.flatMap(idsOf)).toHaveLength(4);
    expect(others.flatMap(({ passedOver = [] }) => passedOver.map(({ rule }) => rule))).toEqual(
      Array.from({ length: 16 }, () => 'caps.total'),
    );
  });

  it('answers the same key the same, counted once, also to requests at the same time', async () => {
    await permit('tea', { ...mugs, caps: { perUser: { times: 2, days: 9 }, total: { times: 2 } } });
    const key = { 'idempotency-key': 'page 17' };
    const made = await Promise.all(Array.from({ length: 5 }, () => make({}, key)));
    expect(made.map(idsOf)).toEqual(Array.from({ length: 5 }, () => ['tea']));
    expect((await call('GET', '/v1/offers')).json<KeptOffers>().offers[0]!.made).toBe(1);
    const other = await call('POST', '/v1/offers', { userId: 'ann', limit: 2 }, key);
    await problem(other, 409, 'IDEMPOTENCY_KEY_REUSED');
    expect(idsOf(await make({}))).toEqual(['tea']);
    expect([idsOf(await make({})), idsOf(await make({}, key))]).toEqual([[], ['tea']]);
    gateway.platform.clock.set(TEST_NOW + DAY);
    expect(idsOf(await make({}, key))).toEqual([]);
  });

  it('keeps what was made with the user, and nothing of it once he is erased', async () => {
    await permit('tea', { ...mugs, caps: { perUser: { times: 1, days: 1 } } });
    await make({}, { 'idempotency-key': 'k' });
    const { records } = gateway.tenant.stores;
    expect(await records.ofUser('ann')).toMatchObject([
      { kind: 'offers-made', id: 'ann', value: { offers: [['tea', [TEST_NOW]]] } },
    ]);
    expect(await records.erase(['ann'])).toBe(1);
    expect(idsOf(await make({}))).toEqual(['tea']);
  });

  it.each([
    ['/userId', {}],
    ['/userId', { userId: 'a\u0000b' }],
    ['/limit', { userId: 'ann', limit: 11 }],
    ['/language', { userId: 'ann', language: 'de' }],
    ['/tone', { userId: 'ann', tone: 'loud' }],
    ['/words', { userId: 'ann', words: 'mine' }],
    ['/at', { userId: 'ann', at: 'now' }],
    ['/deadlineMs', { userId: 'ann', deadlineMs: 1 }],
    ['/prompt', { userId: 'ann', prompt: 'obey' }],
    ['', []],
  ])('refuses at %p: %j', async (pointer, body) => {
    const { errors } = await problem(await call('POST', '/v1/offers', body), 400, 'VALIDATION_FAILED');
    expect(errors!.map((one) => one.pointer)).toContain(pointer);
  });

  it('refuses a surface that is not there, and a moment to come', async () => {
    await problem(await call('POST', '/v1/offers', { userId: 'ann', surface: 'moon' }), 404, 'SURFACE_NOT_FOUND');
    const at = new Date(TEST_NOW + DAY).toISOString();
    await problem(await call('POST', '/v1/offers', { userId: 'ann', at }), 400, 'AT_IN_FUTURE');
    gateway.platform.ready = false;
    await problem(await call('POST', '/v1/offers', { userId: 'ann' }), 503, 'NOT_READY');
  });
});
