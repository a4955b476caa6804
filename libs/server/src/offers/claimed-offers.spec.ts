import { AttuneError, type RecordStore } from '@attune/sdk';
import { gatewayForEach } from '../http/testing/test-gateway.js';
import { ClaimedOffers, usedKeyOf, type Claim } from './claimed-offers.js';
import { readyOffer } from './offer-rules.js';
import { OfferTotals } from './offer-totals.js';
import { offerOf } from './testing/offer-of.js';

const gateway = gatewayForEach();
const NOW = 1_000_000_000_000;
const records = (): RecordStore => gateway.tenant.stores.records;

/** What one process claims with; each has turns of its own. */
const processOn = (
  store: RecordStore = records(),
): { readonly totals: OfferTotals; readonly claimed: ClaimedOffers } => {
  const totals = new OfferTotals(store);
  return { totals, claimed: new ClaimedOffers(store, totals) };
};
const once = { perUser: { times: 1, days: 1 } };
const claimOf = (offers: readonly object[], more: Partial<Claim> = {}): Claim => ({
  userId: 'ann',
  offers: offers.map((members) => readyOffer(offerOf(members))),
  limit: 1,
  now: NOW,
  known: new Set(['a', 'b', 'c', 'o']),
  ...more,
});
const madeBy = async (store: RecordStore): Promise<number | undefined> =>
  (await new OfferTotals(store).of(['o'])).get('o');

/** A store whose `replace` is another's. */
const withReplace = (replace: RecordStore['replace']): RecordStore =>
  Object.assign(Object.create(records()) as RecordStore, {
    ...{ get: records().get.bind(records()), put: records().put.bind(records()), replace },
  });

describe('a claim', () => {
  it('takes the first offers that their caps allow, and counts only those', async () => {
    const { claimed, totals } = processOn();
    await claimed.claim(claimOf([{ id: 'a', caps: once }]));
    const offers = [
      { id: 'a', caps: once },
      { id: 'b', caps: { total: { times: 1 } } },
      { id: 'c', caps: { total: { times: 1 } } },
    ];
    expect(await claimed.claim(claimOf(offers))).toMatchObject({
      offerIds: ['b'],
      capped: new Map([['a', expect.objectContaining({ rule: 'caps.perUser' })]]),
    });
    expect(await totals.of(['b', 'c'])).toEqual(new Map([['b', 1]]));
    expect((await claimed.of('ann')).offers.map(([id]) => id)).toEqual(['a', 'b']);
  });

  it.each([1, 3])(
    'of 20 at once in four processes takes an offer %i times where it may be made so often',
    async (times) => {
      const processes = Array.from({ length: 4 }, () => processOn());
      const offer = { id: 'o', caps: { perUser: { times, days: 1 }, total: { times: 10 } } };
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, i) => processes[i % 4]!.claimed.claim(claimOf([offer]))),
      );
      expect(all.filter(({ offerIds }) => offerIds.length === 1)).toHaveLength(times);
      expect(await madeBy(records())).toBe(times);
    },
  );

  it('of 20 users at once in four processes takes no more than the total', async () => {
    const processes = Array.from({ length: 4 }, () => processOn());
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        processes[i % 4]!.claimed.claim(claimOf([{ id: 'o', caps: { total: { times: 3 } } }], { userId: `u${i}` })),
      ),
    );
    expect(all.filter(({ offerIds }) => offerIds.length === 1)).toHaveLength(3);
    expect(await madeBy(records())).toBe(3);
  });

  it('is given up after eight tries, and then nothing is counted', async () => {
    let tries = 0;
    const store = withReplace((kind, record, version) =>
      kind === 'offers-made' ? (tries++, Promise.resolve(false)) : records().replace(kind, record, version),
    );
    const { claimed } = processOn(store);
    const { offerIds, capped } = await claimed.claim(claimOf([{ id: 'o', caps: { total: { times: 3 } } }]));
    expect([offerIds, [...capped.values()].map(({ rule }) => rule), tries, await madeBy(records())]).toEqual([
      [],
      ['caps'],
      8,
      0,
    ]);
  });

  it('of which nobody knows whether it was stored counts in the total', async () => {
    const store = withReplace((kind, record, version) =>
      kind === 'offers-made'
        ? Promise.reject(new AttuneError('NOT_DURABLE', 'no space left'))
        : records().replace(kind, record, version),
    );
    const { claimed } = processOn(store);
    await expect(claimed.claim(claimOf([{ id: 'o', caps: { total: { times: 3 } } }]))).rejects.toMatchObject({
      code: 'NOT_DURABLE',
    });
    expect(await madeBy(records())).toBe(1);
    // The next one in the same process does not wait for it.
    await expect(processOn().claimed.claim(claimOf([{ id: 'o' }]))).resolves.toMatchObject({ offerIds: ['o'] });
  });

  it('with a key that was used is the claim of then, in every process', async () => {
    const used = usedKeyOf('k', { limit: 1 });
    const claim = claimOf([{ id: 'o', caps: { total: { times: 9 } } }], { used });
    const all = await Promise.all([processOn(), processOn(), processOn()].map(({ claimed }) => claimed.claim(claim)));
    expect(all.map(({ offerIds }) => offerIds)).toEqual([['o'], ['o'], ['o']]);
    expect(await madeBy(records())).toBe(1);
    const other = claimOf([{ id: 'o' }], { used: usedKeyOf('k', { limit: 2 }) });
    await expect(processOn().claimed.claim(other)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(JSON.stringify(await processOn().claimed.of('ann'))).not.toContain('"k"');
  });
});
