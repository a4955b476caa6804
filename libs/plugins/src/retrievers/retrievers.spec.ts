import { eventColumns, vocabularyOf, type CountsPort, type HostPorts, type Plugin, type Retrieved } from '@attune/sdk';
import { buildWorld, fakeCall, fakeHost, trainOn, worldRequest, type World, type WorldAsk } from '@attune/testkit';
import {
  buyAgainRetriever,
  contentKnnRetriever,
  easeRetriever,
  easeTrainer,
  hybridRetriever,
  popularRetriever,
  recentlyViewedRetriever,
  recentSalesRetriever,
  trendingRetriever,
} from '../built-in.js';

const DAY = 86_400_000;
const titles = {
  lunch: 'red lunch box',
  lunch2: 'blue lunch box',
  clock: 'alarm clock',
  clock2: 'kitchen clock',
  tea: 'tea cup',
};
const world = buildWorld({
  name: 'small shop',
  items: Object.entries(titles).map(([id, title]) => ({ id, title })),
  journeys: new Map([
    ['ann', ['lunch', 'lunch2', 'tea']],
    ['bob', ['lunch', 'lunch2']],
    ['cas', ['clock', 'clock2', 'lunch']],
    ['dan', ['clock', 'clock2']],
    ['eva', ['lunch']],
  ]),
  expectations: [],
});
const NOW = world.now;

interface Trial {
  readonly config?: unknown;
  readonly host?: Partial<HostPorts>;
  readonly limit?: number;
  readonly in?: World;
}

async function retrieve(plugin: Plugin<'retriever'>, ask: WorldAsk, trial: Trial = {}): Promise<Retrieved> {
  const shop = trial.in ?? world;
  const host = { ...fakeHost(shop), ...trial.host };
  const running = await plugin.setup(plugin.config.parse(trial.config ?? {}), host);
  const [found] = await running.retrieve([worldRequest(shop, ask)], trial.limit ?? 10, fakeCall());
  return found!;
}

/** Counts of dated sales: item → days ago of each sale. */
function salesOf(sales: Readonly<Record<string, readonly number[]>>): CountsPort {
  const vocabulary = vocabularyOf(Object.keys(sales));
  return {
    async window({ from, to }) {
      const byRow = Int32Array.from(
        Object.values(sales),
        (days) => days.filter((ago) => NOW - ago * DAY > from && NOW - ago * DAY <= to).length,
      );
      return { vocabulary, byRow, total: byRow.reduce((a, b) => a + b, 0) };
    },
  };
}
const times = (count: number, ago: number): number[] => new Array<number>(count).fill(ago);

describe('popular', () => {
  it('counts up to the clock of the request', async () => {
    const now = await retrieve(popularRetriever, {});
    expect([now.ids[0], now.scores[0], now.ids.at(-1), now.scores.at(-1)]).toEqual(['lunch', 4, 'tea', 1]);
    expect((await retrieve(popularRetriever, { now: NOW - 30 * DAY })).ids).toEqual([]);
  });

  it('proposes only what may be shown, filling the limit from what is left', async () => {
    const found = await retrieve(popularRetriever, { exclude: ['lunch', 'lunch2'], itemIds: ['clock'] }, { limit: 2 });
    expect([...found.ids].sort()).toEqual(['clock2', 'tea']);
  });
});

describe('recent-sales', () => {
  const host = { counts: salesOf({ old: times(300, 30), fresh: times(110, 3), rare: times(1, 3) }) };
  it('counts the window alone while it holds enough', async () => {
    const { ids, scores } = await retrieve(recentSalesRetriever, {}, { host });
    expect([ids, [...scores]]).toEqual([
      ['fresh', 'rare'],
      [110, 1],
    ]);
  });

  it.each([
    [
      { old: times(300, 30), fresh: times(99, 3) },
      ['old', 'fresh'],
      '14 days hold too few events: 60 days are counted',
    ],
    [{ old: times(300, 90), fresh: times(99, 3) }, ['old', 'fresh'], '14 days hold too few events: all are counted'],
  ])('widens a thin window and says so', async (sales, ids, detail) => {
    const running = await recentSalesRetriever.setup(recentSalesRetriever.config.parse({}), {
      ...fakeHost(world),
      counts: salesOf(sales),
    });
    const call = fakeCall();
    const [found] = await running.retrieve([worldRequest(world)], 10, call);
    expect(found!.ids).toEqual(ids);
    expect(call.notes).toEqual([{ code: 'WINDOW_WIDENED', detail }]);
    expect(call.degraded).toEqual([]);
  });
});

describe('trending', () => {
  it('puts what rises before what always sold more, and leaves out what falls', async () => {
    const counts = salesOf({
      steady: [...times(100, 2), ...times(800, 20)],
      rising: [...times(40, 2), ...times(10, 20)],
      falling: [...times(1, 2), ...times(400, 20)],
    });
    const { ids, scores } = await retrieve(trendingRetriever, {}, { host: { counts } });
    expect(ids).toEqual(['rising', 'steady']);
    const expected = (141 / 1210) * 10;
    expect(scores[0]).toBeCloseTo((40 - expected) / Math.sqrt(expected + 10), 4);
  });
});

describe('recently-viewed', () => {
  const history = eventColumns({
    items: ['tea', 'lunch', 'clock', '', 'clock2', 'lunch', 'lunch2', 'tea', 'clock2'],
    types: ['view', 'purchase', 'view', 'search', 'click', 'view', 'add_to_cart', 'view', 'hide'],
    at: Float64Array.from([20, 12, 11, 10, 9, 3, 2, 1, 0], (ago) => NOW - ago * DAY),
  });

  it('is what was looked at, newest first, without what was bought or hidden', async () => {
    const { ids, scores } = await retrieve(recentlyViewedRetriever, { history });
    expect([ids, [...scores]]).toEqual([
      ['tea', 'clock'],
      [0.5, expect.closeTo(1 / 12, 6)],
    ]);
  });

  it('may bring back what was bought, forget what is old and take other types for a look', async () => {
    const asked = async (config: object) => (await retrieve(recentlyViewedRetriever, { history }, { config })).ids;
    expect(await asked({ purchased: 'include' })).toEqual(['tea', 'lunch', 'clock']);
    expect(await asked({ maxAgeDays: 5 })).toEqual(['tea']);
    expect(await asked({ types: ['add_to_cart'] })).toEqual(['lunch2']);
    expect((await retrieve(recentlyViewedRetriever, { history, itemIds: ['tea'] })).ids).toEqual(['clock']);
    expect((await retrieve(recentlyViewedRetriever, { userId: 'stranger' })).ids).toEqual([]);
  });
});

describe('buy-again', () => {
  const history = eventColumns({
    items: ['tea', 'tea', 'lunch', 'clock', 'lunch2'],
    types: ['purchase', 'purchase', 'purchase', 'view', 'purchase'],
    at: Float64Array.from([190, 180, 90, 2, 0], (ago) => NOW - ago * DAY),
  });

  it('sums decayed purchases', async () => {
    const { ids, scores } = await retrieve(
      buyAgainRetriever,
      { history, seen: 'include' },
      { config: { halfLifeDays: 90 } },
    );
    expect(ids).toEqual(['lunch2', 'lunch', 'tea']);
    expect([...scores]).toEqual([1, 0.5, expect.closeTo(0.25 + 2 ** (-190 / 90), 5)]);
  });

  it('has nothing to say where seen items are excluded', async () => {
    expect((await retrieve(buyAgainRetriever, { history })).ids).toEqual([]);
  });
});

describe('ease', () => {
  const trained = async () =>
    fakeHost(world, new Map([['ease', await trainOn(world, { plugin: easeTrainer, config: { lambda: 1 } })]]));
  it('folds in the history, or the seeds where there are any', async () => {
    const host = await trained();
    const history = eventColumns({ items: ['lunch2'], types: ['purchase'], at: Float64Array.of(NOW - 1) });
    expect((await retrieve(easeRetriever, { history }, { host })).ids[0]).toBe('lunch');
    expect((await retrieve(easeRetriever, { history, itemIds: ['clock'] }, { host })).ids[0]).toBe('clock2');
    expect(
      (await retrieve(easeRetriever, { history, itemIds: ['clock'] }, { host, config: { from: 'history' } })).ids[0],
    ).toBe('lunch');
    expect((await retrieve(easeRetriever, { userId: 'stranger' }, { host })).ids).toEqual([]);
  });

  it('waits for its artifact', async () => {
    await expect(easeRetriever.setup(easeRetriever.config.parse({}), fakeHost(world))).rejects.toMatchObject({
      code: 'ARTIFACT_MISSING',
    });
  });
});

describe('content-knn', () => {
  it('asks for the query first, then the seeds, then the history', async () => {
    const history = eventColumns({ items: ['lunch'], types: ['view'], at: Float64Array.of(NOW - 1) });
    const asked = { history, itemIds: ['clock'], query: 'tea cup' };
    expect((await retrieve(contentKnnRetriever, asked)).ids[0]).toBe('tea');
    expect((await retrieve(contentKnnRetriever, { ...asked, query: ' ' })).ids[0]).toBe('clock2');
    expect((await retrieve(contentKnnRetriever, { history })).ids.slice(0, 2)).toEqual(['lunch', 'lunch2']);
    expect((await retrieve(contentKnnRetriever, {})).ids).toEqual([]);
  });

  it('does not propose seeds', async () => {
    const { ids } = await retrieve(contentKnnRetriever, { itemIds: ['clock', 'clock2'] });
    expect([...ids].sort()).toEqual(['lunch', 'lunch2', 'tea']);
  });
});

describe('hybrid', () => {
  const host: Partial<HostPorts> = {
    textIndex: {
      lexical: async () => ({ ids: ['word', 'both'], scores: Float32Array.of(8, 4) }),
      score: async () => new Float32Array(0),
      coverage: async (_, ids) => Float32Array.from(ids, (id) => (id === 'word' ? 1 : 0.5)),
    },
    vectorIndex: { knn: async () => ({ ids: ['near', 'both', 'far'], scores: Float32Array.of(0.9, 0.6, 0.5) }) },
  };

  it('adds weighted shares of each side', async () => {
    const { ids, scores } = await retrieve(
      hybridRetriever,
      { query: 'x' },
      { host, config: { lexical: 0.5, semantic: 1 } },
    );
    expect(ids).toEqual(['near', 'both', 'word', 'far']);
    expect([...scores].map((score) => +score.toFixed(4))).toEqual([1, 0.5, 0.5, 0]);
  });

  it('leaves out what is far from the best, but for what has every word', async () => {
    const config = { lexical: 0.2, semantic: 1, least: 0.4 };
    expect((await retrieve(hybridRetriever, { query: 'x' }, { host, config })).ids).toEqual(['near', 'word']);
  });

  it('measures the few that a filter leaves from the floor, not from the last of them', async () => {
    const config = { lexical: 0, floor: { text: 0.3 }, least: 0.2 };
    expect((await retrieve(hybridRetriever, { query: 'x' }, { host, config })).ids).toEqual(['near', 'both', 'far']);
  });

  it('leaves a side out that weighs nothing', async () => {
    expect((await retrieve(hybridRetriever, { query: 'x' }, { host, config: { lexical: 0 } })).ids).toEqual([
      'near',
      'both',
      'far',
    ]);
    expect((await retrieve(hybridRetriever, {}, { host })).ids).toEqual([]);
  });
});
