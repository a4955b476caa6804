import { eventColumns, vocabularyOf, type HostPorts, type Item, type Plugin } from '@attune/sdk';
import {
  buildWorld,
  fakeCall,
  fakeHost,
  trainOn,
  twoGenres,
  worldBatch,
  worldRequest,
  type World,
  type WorldAsk,
} from '@attune/testkit';
import {
  contentSimilarityScorer,
  easeRetriever,
  easeScorer,
  easeTrainer,
  freshnessScorer,
  lastBoughtScorer,
  priceBandScorer,
  recentSalesScorer,
  repeatPurchaseScorer,
  sessionSimilarityScorer,
} from '../built-in.js';

const DAY = 86_400_000;
const world = twoGenres();
const NOW = world.now;
const ids = world.items.slice(0, 4).map((item) => item.id);
const [a, b, c, d] = ids as [string, string, string, string];

const counts: HostPorts['counts'] = {
  async window({ from }) {
    const recent = NOW - from < 15 * DAY;
    return {
      total: 500,
      vocabulary: vocabularyOf([a, b, c]),
      byRow: recent ? Int32Array.of(90, 10, 0) : Int32Array.of(0, 300, 200),
    };
  },
};

interface Trial {
  readonly config?: unknown;
  readonly host?: Partial<HostPorts>;
}

async function scoresIn(shop: World, plugin: Plugin<'scorer'>, ask: WorldAsk, { config = {}, host }: Trial = {}) {
  const ids = shop.items.slice(0, shop === world ? 4 : 5).map(({ id }) => id);
  const running = await plugin.setup(plugin.config.parse(config), { ...fakeHost(shop), ...host });
  const batch = worldBatch(shop, [{ request: worldRequest(shop, ask), ids }]);
  const out = new Float32Array(batch.candidates.size).fill(NaN);
  await running.score(batch, out, fakeCall());
  return [...out];
}
const scoresOf = (plugin: Plugin<'scorer'>, ask: WorldAsk, config: unknown = {}, host: Partial<HostPorts> = {}) =>
  scoresIn(world, plugin, ask, { config, host });
const bought = (items: readonly string[], daysAgo: readonly number[]) =>
  eventColumns({ items, types: items.map(() => 'purchase'), at: Float64Array.from(daysAgo, (ago) => NOW - ago * DAY) });

describe('recent-sales', () => {
  it('gives counts, or their logarithm, and abstains on unknown items', async () => {
    expect(await scoresOf(recentSalesScorer, {}, {}, { counts })).toEqual([90, 10, 0, NaN]);
    const logs = await scoresOf(recentSalesScorer, {}, { scale: 'log' }, { counts });
    expect(logs).toEqual([expect.closeTo(Math.log(91), 5), expect.closeTo(Math.log(11), 5), 0, NaN]);
  });
});

describe('last-bought', () => {
  const history = eventColumns({
    items: [a, b, c, a, c, d],
    types: ['purchase', 'purchase', 'purchase', 'purchase', 'view', 'view'],
    at: Float64Array.of(NOW - 9 * DAY, NOW - 9 * DAY, NOW - 5 * DAY, NOW - 2 * DAY, NOW - DAY, NOW - DAY),
    values: new Float32Array(6).fill(NaN),
  });

  it('counts days, or baskets since, and abstains on what was never bought', async () => {
    expect(await scoresOf(lastBoughtScorer, { history })).toEqual([2, 9, 5, NaN]);
    expect(await scoresOf(lastBoughtScorer, { history }, { in: 'baskets' })).toEqual([0, 2, 1, NaN]);
    const viewed = { ...history, types: history.types.map(() => 'view') };
    expect(await scoresOf(lastBoughtScorer, { history: viewed })).toEqual([NaN, NaN, NaN, NaN]);
  });
});

describe('repeat-purchase', () => {
  const history = bought([b, b, c, d], [100, 50, 50, 0]);
  it('is ln(own count) + ln(sales + 10), and abstains on what was never bought', async () => {
    const scores = await scoresOf(repeatPurchaseScorer, { history }, {}, { counts });
    expect(scores[0]).toBeNaN();
    [Math.log(2) + Math.log(20), Math.log(10), Math.log(10)].forEach((value, i) =>
      expect(scores[i + 1]).toBeCloseTo(value, 5),
    );
  });

  it('lets own purchases fade where asked to', async () => {
    const scores = await scoresOf(repeatPurchaseScorer, { history }, { halfLifeDays: 50 }, { counts });
    expect(scores[1]).toBeCloseTo(Math.log(0.75) + Math.log(20), 5);
  });

  it('does not count views', async () => {
    const viewed = eventColumns({ items: [a], types: ['view'], at: Float64Array.of(NOW) });
    expect(await scoresOf(repeatPurchaseScorer, { history: viewed }, {}, { counts })).toEqual([NaN, NaN, NaN, NaN]);
  });
});

describe('ease', () => {
  it('scores a candidate as the retriever does, computing the fold-in once', async () => {
    const host = fakeHost(
      world,
      new Map([['ease', await trainOn(world, { plugin: easeTrainer, config: { lambda: 1 } })]]),
    );
    const request = worldRequest(world, { userId: world.userIds[0]! });
    let read = 0;
    const history = {
      ...request.history,
      rows: (v: Parameters<typeof request.history.rows>[0]) => (read++, request.history.rows(v)),
    };
    const asked = { ...request, history };
    const retriever = await easeRetriever.setup(easeRetriever.config.parse({}), host);
    const [found] = await retriever.retrieve([asked], 20, fakeCall());
    const scorer = await easeScorer.setup(easeScorer.config.parse({}), host);
    const out = new Float32Array(found!.ids.length).fill(NaN);
    await scorer.score(worldBatch(world, [{ request: asked, ids: found!.ids }]), out, fakeCall());
    expect(out.length).toBeGreaterThan(0);
    expect(out).toEqual(found!.scores);
    expect(read).toBe(1);
  });

  it('weighs history by type, repetition and age', async () => {
    const host = fakeHost(
      world,
      new Map([['ease', await trainOn(world, { plugin: easeTrainer, config: { lambda: 1 } })]]),
    );
    const plain = await scoresOf(easeScorer, { history: bought([a], [30]) }, {}, host);
    const halved = await scoresOf(easeScorer, { history: bought([a], [30]) }, { halfLifeDays: 30 }, host);
    const doubled = await scoresOf(easeScorer, { history: bought([a, a], [30, 30]) }, { counting: 'plain' }, host);
    const louder = await scoresOf(easeScorer, { history: bought([a], [30]) }, { types: { purchase: 3 } }, host);
    expect(plain.some((score) => score !== 0)).toBe(true);
    plain.forEach((score, i) => {
      expect(halved[i]).toBeCloseTo(score / 2, 5);
      expect(doubled[i]).toBeCloseTo(score * 2, 5);
      expect(louder[i]).toBeCloseTo(score * 3, 5);
    });
  });

  it('takes no taste from an item that was hidden afterwards', async () => {
    const host = fakeHost(
      world,
      new Map([['ease', await trainOn(world, { plugin: easeTrainer, config: { lambda: 1 } })]]),
    );
    const history = eventColumns({ items: [a, a], types: ['purchase', 'hide'], at: Float64Array.of(NOW - 2, NOW - 1) });
    expect(await scoresOf(easeScorer, { history }, {}, host)).toEqual([NaN, NaN, NaN, NaN]);
  });
});

describe('similarities', () => {
  it('give 1 for the item the session or the taste consists of, and abstain without one', async () => {
    const one = bought([a], [0]);
    for (const plugin of [sessionSimilarityScorer, contentSimilarityScorer]) {
      expect((await scoresOf(plugin, { session: one, history: one }))[0]).toBeCloseTo(1, 5);
      expect(await scoresOf(plugin, {})).toEqual([NaN, NaN, NaN, NaN]);
    }
  });

  it('lean to the newest item of the session', async () => {
    const scores = await scoresOf(sessionSimilarityScorer, { session: bought([a, d], [1, 0]) }, { decay: 0.5 });
    expect(scores[3]).toBeGreaterThan(scores[0]!);
  });
});

const shopOf = (items: readonly Partial<Item>[]) =>
  buildWorld({
    name: 'shop',
    items: items.map((item, i) => ({ id: `p${i}`, title: `thing ${i}`, ...item })),
    journeys: new Map(),
    expectations: [],
  });

describe('freshness', () => {
  const daysAgo = (days: number) => ({ publishedAt: new Date(NOW - days * DAY).toISOString() });
  const shop = shopOf([daysAgo(0), daysAgo(30), daysAgo(60), daysAgo(-5), {}]);

  it("halves with age as of the request's clock, and abstains without a date", async () => {
    expect(await scoresIn(shop, freshnessScorer, {})).toEqual([1, 0.5, 0.25, 1, NaN]);
    expect(await scoresIn(shop, freshnessScorer, { now: NOW + 30 * DAY })).toEqual([
      0.5,
      0.25,
      0.125,
      expect.closeTo(2 ** (-25 / 30), 5),
      NaN,
    ]);
    expect((await scoresIn(shop, freshnessScorer, {}, { config: { halfLifeDays: 60 } }))[2]).toBe(0.5);
  });
});

describe('price-band', () => {
  const priced = (amount: number, currency = 'EUR') => ({ price: { amount, currency } });
  const shop = shopOf([priced(10), priced(20), priced(10, 'USD'), {}, priced(0), priced(10), priced(10), priced(40)]);
  const taken = (items: readonly string[]) => ({
    history: bought(
      items,
      items.map(() => 0),
    ),
  });

  it('is 1 at the level of what was bought and falls with the logarithm of the price', async () => {
    const [same, double, ...others] = await scoresIn(shop, priceBandScorer, taken(['p0', 'p5', 'p6']));
    expect(same).toBeCloseTo(1, 5);
    expect(double).toBeCloseTo(Math.exp(-0.5 * (Math.LN2 / 0.35) ** 2), 5);
    expect(others).toEqual([NaN, NaN, NaN]);
  });

  it('is wider for who pays more and less, and weighs the recent more', async () => {
    const spread = await scoresIn(shop, priceBandScorer, taken(['p0', 'p7']), { config: { minItems: 2 } });
    // Level 20, variance ln²2.
    expect(spread[0]).toBeCloseTo(Math.exp((-0.5 * Math.LN2 ** 2) / (0.35 ** 2 + Math.LN2 ** 2)), 5);
    expect(spread[1]).toBeCloseTo(1, 5);
    const history = bought(['p7', 'p0'], [180, 0]);
    const leaning = await scoresIn(shop, priceBandScorer, { history }, { config: { minItems: 2 } });
    expect(leaning[0]).toBeGreaterThan(spread[0]!);
  });

  it('abstains for a user with too few prices, or in another currency', async () => {
    const nothing = [NaN, NaN, NaN, NaN, NaN];
    expect(await scoresIn(shop, priceBandScorer, taken(['p0', 'p3', 'p4']))).toEqual(nothing);
    expect(await scoresIn(shop, priceBandScorer, taken(['p2']), { config: { minItems: 1 } })).toEqual([
      NaN,
      NaN,
      1,
      NaN,
      NaN,
    ]);
    expect(await scoresIn(shop, priceBandScorer, {})).toEqual(nothing);
  });
});
