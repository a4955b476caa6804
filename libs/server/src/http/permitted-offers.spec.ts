import type { KeptOffers } from './operations/offers.operations.js';
import { idsOf, lamps, mugs, offerCalls } from './testing/offer-calls.js';
import { gatewayForEach } from './testing/test-gateway.js';

const gateway = gatewayForEach();
const { call, problem } = gateway;
const { fill, make, permit } = offerCalls(gateway);

beforeEach(() => fill());

describe('permitted offers', () => {
  it('are stored with their defaults, listed by id in pages, replaced and deleted', async () => {
    const answer = await call('PUT', '/v1/offers/b', mugs);
    expect(answer.json()).toEqual({ ...mugs, id: 'b', eligible: {}, caps: {}, priority: 0, texts: {} });
    await permit('a', { ...lamps, caps: { total: { times: 3 } } });
    await permit('c', lamps);
    await permit('c', { ...lamps, priority: 7 });
    const first = (await call('GET', '/v1/offers?limit=2')).json<KeptOffers>();
    expect([first.offers.map(({ id, made }) => [id, made]), first.cursor]).toEqual([
      [
        ['a', 0],
        ['b', undefined],
      ],
      'b',
    ]);
    const rest = (await call('GET', `/v1/offers?limit=2&cursor=${first.cursor}`)).json<KeptOffers>();
    expect([rest.offers.map(({ id, priority }) => [id, priority]), rest.cursor]).toEqual([[['c', 7]], undefined]);
    expect((await call('DELETE', '/v1/offers/c')).status).toBe(204);
    await problem(await call('DELETE', '/v1/offers/c'), 404, 'OFFER_NOT_FOUND');
    await problem(await call('DELETE', `/v1/offers/${encodeURIComponent('no/such\u202e')}`), 404, 'OFFER_NOT_FOUND');
    expect(idsOf(await make({ limit: 10 }))).not.toContain('c');
  });

  it.each([
    ['/percent', { ...mugs, percent: 91 }],
    ['/percent', { ...mugs, percent: undefined }],
    ['/percent', { ...lamps, percent: 20 }],
    ['/amount', { ...mugs, kind: 'amount', percent: undefined }],
    ['/amount/currency', { ...lamps, kind: 'amount', amount: { amount: 5, currency: 'gbp' } }],
    ['/amount/amount', { ...lamps, kind: 'amount', amount: { amount: -5, currency: 'GBP' } }],
    ['/texts', { ...lamps, kind: 'gift' }],
    ['/texts/en/title', { ...lamps, texts: { en: { title: '  ' } } }],
    ['/items', { ...mugs, items: {} }],
    ['/items', { ...mugs, items: { where: {}, ids: ['a'] } }],
    ['/items/ids', { ...mugs, items: { ids: Array.from({ length: 1001 }, (_, i) => `${i}`) } }],
    ['/items', { ...mugs, items: { ids: Array.from({ length: 1000 }, (_, i) => `${i}`.padStart(256, 'x')) } }],
    ['/validUntil', { ...mugs, validFrom: '2026-01-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }],
    ['/eligible/user', { ...mugs, eligible: { user: { id: 'ann' } } }],
    ['/eligible/types/purchase', { ...mugs, eligible: { types: { purchase: { withinDays: 3 } } } }],
    ['/caps/perUser/times', { ...mugs, caps: { perUser: { times: 21, days: 1 } } }],
    ['/caps/cooldownHours', { ...mugs, caps: { cooldownHours: 0 } }],
    ['/eligable', { ...mugs, eligable: {} }],
    ['/id', { ...mugs, id: 'other' }],
  ])('are refused at %p: %j', async (pointer, offer) => {
    const { errors } = await problem(await call('PUT', '/v1/offers/o', offer), 400, 'VALIDATION_FAILED');
    expect(errors!.map((one) => one.pointer)).toContain(pointer);
  });

  it('are refused with an id of other signs, and on fields that nobody may filter by', async () => {
    for (const id of ['.hidden', 'a b', 'a'.repeat(65), '价'])
      await problem(await call('PUT', `/v1/offers/${encodeURIComponent(id)}`, mugs), 400, 'VALIDATION_FAILED');
    const answer = await call('PUT', '/v1/offers/o', { ...mugs, items: { where: { 'attributes.shape': 'round' } } });
    expect((await problem(answer, 400, 'FIELD_NOT_FILTERABLE')).errors).toMatchObject([{ pointer: '/items/where' }]);
  });

  it('are 500 at most', async () => {
    const { records } = gateway.tenant.stores;
    await records.put(
      'offer',
      Array.from({ length: 500 }, (_, i) => ({ id: `o${i}`, value: { id: `o${i}` } })),
    );
    await problem(await call('PUT', '/v1/offers/one-more', mugs), 409, 'TOO_MANY_OFFERS');
    await permit('o17', mugs);
    // What cannot be read is no offer.
    expect(idsOf(await make({ limit: 10 }))).toEqual(['o17']);
  });
});
