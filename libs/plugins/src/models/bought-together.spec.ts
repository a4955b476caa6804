import { buildWorld, fakeCall, fakeHost, trainOn, worldBatch, worldRequest } from '@attune/testkit';
import { boughtTogetherRetriever, boughtTogetherScorer, boughtTogetherTrainer } from '../built-in.js';

const MINUTE = 60_000;
const ids = ['cup', 'saucer', 'spoon', 'lamp', 'bulb'];
const empty = buildWorld({
  name: 'baskets',
  items: ids.map((id) => ({ id, title: id })),
  journeys: new Map(),
  expectations: [],
});
let events = 0;
const buy = (userId: string, minutesAgo: number, itemIds: readonly string[], type = 'purchase') => ({
  id: `e${events++}`,
  type,
  userId,
  itemIds: [...itemIds],
  at: new Date(empty.now - minutesAgo * MINUTE).toISOString(),
});
// Ann's lamp comes hours after her cup: one user, two baskets. Bob's saucer comes ten minutes after his cup: one.
const world = {
  ...empty,
  userIds: ['ann', 'bob', 'cas', 'dan'],
  events: [
    buy('ann', 900, ['cup', 'saucer', 'spoon']),
    buy('bob', 610, ['cup']),
    buy('bob', 600, ['saucer', 'spoon'], 'view'),
    buy('bob', 600, ['saucer']),
    buy('ann', 500, ['lamp', 'bulb']),
    buy('cas', 400, ['lamp', 'bulb']),
    buy('dan', 300, ['spoon']),
    buy('dan', 200, ['lamp']),
  ],
};

async function hosted(config: object = {}) {
  const draft = await trainOn(world, { plugin: boughtTogetherTrainer, config: { shrinkage: 0, ...config } });
  return { draft, host: fakeHost(world, new Map([['bought-together', draft]])) };
}

async function together(seeds: readonly string[], config: object = {}, asked: object = {}) {
  const { host } = await hosted(config);
  const request = worldRequest(world, { itemIds: seeds, userId: 'ann' });
  const retriever = await boughtTogetherRetriever.setup(boughtTogetherRetriever.config.parse(asked), host);
  const [found] = await retriever.retrieve([request], 10, fakeCall());
  const scorer = await boughtTogetherScorer.setup(boughtTogetherScorer.config.parse(asked), host);
  const out = new Float32Array(ids.length).fill(NaN);
  await scorer.score(worldBatch(world, [{ request, ids }]), out, fakeCall());
  found!.ids.forEach((id, i) => expect(out[ids.indexOf(id)]).toBe(found!.scores[i]));
  return Object.fromEntries(found!.ids.map((id, i) => [id, Number(found!.scores[i]!.toFixed(4))]));
}

describe('bought-together', () => {
  it('goes by baskets, not by users: cosines over the baskets that hold both', async () => {
    // Six baskets: cup 2, saucer 2, spoon 2, lamp 3, bulb 2. Cup and saucer share 2, lamp and bulb 2.
    expect((await hosted()).draft.meta['baskets']).toBe(6);
    expect(await together(['cup'])).toEqual({ saucer: 1 });
    expect(await together(['lamp'])).toEqual({ bulb: 0.8165 });
    expect(await together(['cup'], { minBaskets: 1 })).toEqual({ saucer: 1, spoon: 0.5 });
  });

  it('adds up over a cart, and does not propose what is in it', async () => {
    expect(await together(['cup', 'lamp'])).toEqual({ saucer: 1, bulb: 0.8165 });
    expect(await together(['cup', 'saucer'], { minBaskets: 1 })).toEqual({ spoon: 1 });
  });

  it('lifts what belongs together above what sells', async () => {
    expect(await together(['lamp'], { measure: 'lift' })).toEqual({ bulb: 2 });
    expect(await together(['lamp'], { measure: 'lift', shrinkage: 2 })).toEqual({ bulb: 1 });
  });

  it('takes single events for baskets where no pause is allowed', async () => {
    expect((await hosted({ gapMinutes: 0, minBaskets: 1 })).draft.meta['baskets']).toBe(7);
    expect(await together(['cup'], { gapMinutes: 0 })).toEqual({});
  });

  it('has nothing to say without seeds, unless the history may speak', async () => {
    expect(await together([])).toEqual({});
    expect(Object.keys(await together([], {}, { from: 'auto' })).sort()).toEqual(['bulb', 'cup', 'lamp', 'saucer']);
  });

  it('is refused where no two items were together', async () => {
    const { evaluation } = (await hosted({ minBaskets: 5 })).draft;
    expect(evaluation!.value).toBeLessThan(evaluation!.minimum);
  });
});
