import { defineRetriever, defineScorer, eventSchema, itemSchema } from '@attune/sdk';
import { expectWorld, worldChecks } from '../contract/world-contract.js';
import { checkerboard, chain, twoGenres } from './fixture-worlds.js';
import { coldStart, hostileText, popularTrap } from './trap-worlds.js';
import { historyOf, sessionOf, trainingDataOf } from './world-data.js';
import { worldBatch, worldRequest, worldSlate } from './world-request.js';
import { withSpace } from './world.js';

const WORLDS = [checkerboard, chain, twoGenres, coldStart, popularTrap, hostileText];

describe.each(WORLDS.map((make) => [make().name, make] as const))('world %s', (_name, make) => {
  const world = make();
  const ids = world.items.map((item) => item.id);

  it('is the same at every call', () => {
    expect(make()).toEqual(world);
  });

  it('holds items and events that the API accepts, in order of time, all before its clock', () => {
    for (const item of world.items) expect(itemSchema.parse(item)).toEqual(item);
    for (const event of world.events) expect(eventSchema.parse(event)).toEqual(event);
    const times = world.events.map((event) => Date.parse(event.at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)!).toBeLessThan(world.now);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('expects only what its items can answer, and never both ways', () => {
    expect(world.expectations.length).toBeGreaterThan(0);
    for (const { better, worse } of world.expectations) {
      expect(better.length * worse.length).toBeGreaterThan(0);
      expect(ids).toEqual(expect.arrayContaining([...better, ...worse]));
      expect(better.filter((id) => worse.includes(id))).toEqual([]);
    }
  });

  it('expects nothing better that the user already has', () => {
    for (const { ask, better } of world.expectations) {
      expect(historyOf(world, ask.userId).items.filter((id) => better.includes(id))).toEqual([]);
    }
  });

  it('gives unit rows of text, aligned with its items', () => {
    const block = world.spaces.get('text')!;
    expect(block.rows).toBe(ids.length);
    for (let row = 0; row < block.rows; row++) {
      expect(Math.hypot(...block.data.subarray(row * block.dims, (row + 1) * block.dims))).toBeCloseTo(1, 5);
    }
  });
});

/** Mean of the vectors of the history and of the seeds, else the query's. */
const content = defineRetriever({
  id: 'content',
  version: '1.0.0',
  needs: ['history', 'query'],
  uses: ['itemVectors', 'vectorIndex', 'embed'],
  setup: (_config, host) => ({
    retrieve: (requests, k, call) =>
      Promise.all(
        requests.map(async (request) => {
          const block = await host.itemVectors.gather('text', [...request.history.items, ...request.itemIds]);
          const vector = request.query
            ? await host.embed.query('text', request.query.text, call)
            : new Float32Array(block.dims);
          block.data.forEach((value, i) => (vector[i % block.dims]! += value));
          return host.vectorIndex.knn({ space: 'text', vector, k, where: request.where }, call);
        }),
      ),
  }),
});

const counted = (name: string, count: (own: ReadonlySet<string>, other: readonly string[]) => number) => {
  const world = { checkerboard: checkerboard(), trap: popularTrap(), hostile: hostileText() }[name] ?? coldStart();
  const baskets = world.userIds.map((id) => historyOf(world, id).items);
  return defineScorer({
    id: `counted-${name}`,
    version: '1.0.0',
    needs: ['history'],
    each: ({ id }, { history }) => {
      const own = new Set(history.items);
      return baskets.reduce((sum, basket) => sum + (basket.includes(id) ? count(own, basket) : 0), 0);
    },
  });
};
const popular = (name: string) => counted(name, () => 1);
const overlap = (own: ReadonlySet<string>, other: readonly string[]) => other.filter((id) => own.has(id)).length;
/** Raw co-purchase counts, and the same as cosine-like shares: the trap tells them apart. */
const together = (name: string) => counted(name, overlap);
const likeMinded = (name: string) =>
  counted(name, (own, other) => (overlap(own, other) / Math.sqrt(own.size * other.length)) ** 4);

describe('right answers', () => {
  it('are found by content in two genres and in the words of the checkerboard', async () => {
    await expectWorld(content, {}, twoGenres());
    await expectWorld(content, {}, checkerboard(), { share: 0.95 });
  });

  it('are found by co-purchase in the checkerboard and among hostile texts, not by popularity', async () => {
    await expectWorld(together('checkerboard'), {}, checkerboard());
    await expectWorld(together('hostile'), {}, hostileText());
    await expect(expectWorld(popular('checkerboard'), {}, checkerboard())).rejects.toThrow('is not above');
  });

  it('are best sellers for strangers', async () => {
    await expectWorld(popular('cold'), {}, coldStart(), { about: ['popularity'] });
  });

  it('spring the popular trap on popularity and on raw co-purchase counts alone', async () => {
    await expectWorld(likeMinded('trap'), {}, popularTrap());
    await expect(expectWorld(popular('trap'), {}, popularTrap())).rejects.toThrow('is not above');
    await expect(expectWorld(together('trap'), {}, popularTrap())).rejects.toThrow('is not above');
  });

  it('follow the chain', async () => {
    const next = defineScorer({
      id: 'next',
      version: '1.0.0',
      needs: ['session'],
      each: ({ id }, { session }) => {
        const last = session.items.at(-1);
        return last === undefined ? undefined : -((Number(id.slice(1)) - Number(last.slice(1)) + 29) % 30);
      },
    });
    await expectWorld(next, {}, chain());
  });

  it('are named when a world has none about an aspect', () => {
    expect(() => worldChecks(content, {}, chain(), { about: ['query'] })).toThrow('expects nothing about query');
  });
});

describe('requests, batches and data of a world', () => {
  const world = withSpace(checkerboard(), 'image');

  it('gathers history and session up to the clock', () => {
    const { history, session } = worldRequest(world, { userId: 'u0' });
    expect(history.size).toBe(12);
    expect(session.items).toEqual(history.items.slice(-3));
    const earlier = worldRequest(world, { userId: 'u0', now: history.at[4]! });
    expect(earlier.history.items).toEqual(history.items.slice(0, 5));
    expect(sessionOf(history, world.now + 31 * 60_000).size).toBe(0);
  });

  it('draws the same numbers for the same request', () => {
    const draw = () => worldRequest(world, { id: 'a' }).random();
    expect(draw()).toBe(draw());
    expect(draw()).not.toBe(worldRequest(world, { id: 'b' }).random());
  });

  it('joins filter and exclusions, and masks a vocabulary by them', async () => {
    const request = worldRequest(world, { filter: { brand: 'north' }, exclude: ['i0'] });
    const vocabulary = { size: 3, row: () => -1, id: (row: number) => ['i0', 'i1', 'i2'][row]! };
    expect([...(await request.allowed(vocabulary))!]).toEqual([0, 1, 0]);
    expect(await worldRequest(world).allowed(vocabulary)).toBeUndefined();
  });

  it('lays candidates out by offsets, with a row of NaN for an unknown item', () => {
    const request = worldRequest(world);
    const { offsets, candidates } = worldBatch(world, [
      { request, ids: ['i0', 'gone'] },
      { request, ids: [] },
      { request, ids: ['i1'] },
    ]);
    expect([...offsets]).toEqual([0, 2, 2, 3]);
    expect(candidates.titles).toEqual(['even azure lantern 0', 'gone', 'odd crimson kettle 1']);
    const { data, dims } = candidates.itemVectors['image']!;
    expect(data.subarray(dims, 2 * dims).every(Number.isNaN)).toBe(true);
    expect(data.subarray(0, dims).some(Number.isNaN)).toBe(false);
    expect([...worldSlate(world, request, ['i0', 'i1']).scores]).toEqual([1, 0.5]);
  });

  it('hands a trainer every event in columns', () => {
    const data = trainingDataOf(world);
    expect(data.size).toBe(world.events.length);
    const row = 17;
    expect(data.itemIds[data.items[row]!]).toBe(world.events[row]!.itemId);
    expect(data.userIds[data.users[row]!]).toBe(world.events[row]!.userId);
    expect(data.typeNames[data.types[row]!]).toBe(world.events[row]!.type);
  });
});
