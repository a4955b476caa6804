import { eventColumns, vocabularyOf, type HostPorts, type Item } from '@attune/sdk';
import { fakeCall, fakeHost, twoGenres, worldBatch, worldRequest, type World } from '@attune/testkit';
import { affinityScorer } from '../built-in.js';

const DAY = 86_400_000;
const base = twoGenres();
const NOW = base.now;
const mug = (id: string, more: Partial<Item>): Item => ({ id, title: 'Mug', ...more });
const red = { attributes: { color: 'red' } };
const blue = { attributes: { color: 'blue' } };
const items: readonly Item[] = [
  mug('red-1', red),
  mug('red-2', red),
  mug('red-3', red),
  mug('red-4', red),
  mug('blue-1', blue),
  mug('blue-2', blue),
  mug('both', { attributes: { color: ['red', 'blue'] } }),
  mug('plain', {}),
  mug('cheap', { price: { amount: 1, currency: 'EUR' } }),
  mug('about-cheap', { price: { amount: 1.3, currency: 'EUR' } }),
  mug('dear', { price: { amount: 100, currency: 'EUR' } }),
  mug('free', { price: { amount: 0, currency: 'EUR' } }),
  mug('brand-a', { brand: 'A' }),
  mug('brand-b', { brand: 'B' }),
];
const world: World = { ...base, items, events: [], spaces: new Map() };

const took = (ids: readonly string[], daysAgo = 1, type = 'purchase') =>
  eventColumns({ items: ids, types: ids.map(() => type), at: new Float64Array(ids.length).fill(NOW - daysAgo * DAY) });

interface Asked {
  readonly history?: ReturnType<typeof took>;
  readonly config?: unknown;
  readonly host?: Partial<HostPorts>;
}

async function affinities({ history, config = {}, host }: Asked): Promise<Record<string, number>> {
  const running = await affinityScorer.setup(affinityScorer.config.parse(config), { ...fakeHost(world), ...host });
  const request = worldRequest(world, history === undefined ? {} : { history });
  const ids = items.map(({ id }) => id);
  const out = new Float32Array(ids.length).fill(NaN);
  await running.score(worldBatch(world, [{ request, ids }]), out, fakeCall());
  return Object.fromEntries(ids.map((id, i) => [id, out[i]!]));
}

describe('affinity', () => {
  it('is for what the user takes up more often than everybody, against what less, between for both at once', async () => {
    const scores = await affinities({ history: took(['red-1', 'red-2', 'red-3']) });
    expect(scores['red-4']).toBeGreaterThan(0);
    expect(scores['blue-1']).toBeLessThan(0);
    expect(scores.both).toBeGreaterThan(scores['blue-1']!);
    expect(scores.both).toBeLessThan(scores['red-4']!);
  });

  it('is the logarithm of the smoothed share over the base share', async () => {
    // Of 7 colored candidates 5 are red: without sales they are the base. One red item, full weight, smoothed by 2.
    const config = { smoothing: 2, halfLifeDays: 1e9 };
    const { 'red-4': score } = await affinities({ history: took(['red-1']), config });
    const share = 5 / 7;
    expect(score).toBeCloseTo(Math.log((1 + 2 * share) / (1 + 2) / share), 5);
  });

  it('holds against what everybody buys: the same taste says less where it is everybody’s', async () => {
    const vocabulary = vocabularyOf(['red-1', 'blue-1']);
    const selling = (reds: number, blues: number): Partial<HostPorts> => ({
      counts: { window: async () => ({ total: reds + blues, vocabulary, byRow: Int32Array.of(reds, blues) }) },
    });
    const history = took(['red-2', 'red-3']);
    const common = await affinities({ history, host: selling(900, 100) });
    const rare = await affinities({ history, host: selling(100, 900) });
    expect(common['red-4']).toBeLessThan(rare['red-4']!);
    expect(common['red-4']).toBeGreaterThan(0);
  });

  it('knows price bands, brands, and what is free', async () => {
    const cheap = await affinities({ history: took(['cheap', 'free']) });
    expect(cheap['about-cheap']).toBe(cheap.cheap);
    expect(cheap.cheap).toBeGreaterThan(cheap.dear!);
    expect(cheap.free).toBeGreaterThan(cheap.dear!);
    const branded = await affinities({ history: took(['brand-a']) });
    expect(branded['brand-a']).toBeGreaterThan(branded['brand-b']!);
  });

  it('counts the fields it is told to', async () => {
    const history = took(['red-1', 'brand-a']);
    const scores = await affinities({ history, config: { fields: { attributes: 0, brand: 2 } } });
    const once = await affinities({ history });
    expect(scores['red-4']).toBeNaN();
    expect(scores['brand-a']).toBeCloseTo(2 * once['brand-a']!, 5);
  });

  it('fades with time and follows the weight of the event', async () => {
    const [now, before] = [
      await affinities({ history: took(['red-1']) }),
      await affinities({ history: took(['red-1'], 300) }),
    ];
    expect(before['red-4']).toBeLessThan(now['red-4']!);
    const viewed = await affinities({ history: took(['red-1'], 1, 'view') });
    expect(viewed['red-4']).toBeLessThan(now['red-4']!);
    expect(viewed['red-4']).toBeGreaterThan(0);
  });

  it('abstains for the cold, on items without features, and where a history names items that are gone', async () => {
    expect(Object.values(await affinities({})).every(Number.isNaN)).toBe(true);
    expect((await affinities({ history: took(['red-1']) })).plain).toBeNaN();
    const gone = await affinities({ history: took(['no longer here']) });
    expect(gone['red-4']).toBeCloseTo(0, 6);
  });
});
