import { buildWorld, fakeHost, fakeRun, NO_TRAINING_DATA, trainingDataOf, trainOn } from '@attune/testkit';
import { easeTrainer, itemKnnTrainer } from '../built-in.js';

const world = buildWorld({
  name: 'two items',
  items: ['a', 'b', 'viewed'].map((id) => ({ id, title: id })),
  journeys: new Map([
    ['u', ['a', 'b', 'a']],
    ['v', ['a', 'b']],
    ['w', ['a', 'view:viewed']],
  ]),
  expectations: [],
});

describe('trainers', () => {
  it('ease learns the known weights from distinct purchases, over bought items only', async () => {
    const { arrays, ids, meta, evaluation } = await trainOn(world, { plugin: easeTrainer, config: { lambda: 1 } });
    const [first, second] = ids['items']!;
    expect([first, second].sort()).toEqual(['a', 'b']);
    expect(ids['items']).toHaveLength(2);
    // G = [[3, 2], [2, 2]] + I: the weight from a to b is 2 / 4, from b to a 2 / 3.
    const [from, to] = first === 'a' ? [0.5, 2 / 3] : [2 / 3, 0.5];
    [0, from, to, 0].forEach((value, i) => expect(arrays['weights']![i]).toBeCloseTo(value, 5));
    expect(meta).toEqual({ lambda: 1, types: ['purchase'], users: 3, items: 2, pairs: 5 });
    expect(evaluation).toEqual({ metric: 'positive weights', value: 2, minimum: 1 });
  });

  it('item-knn learns the cosine', async () => {
    const { arrays } = await trainOn(world, { plugin: itemKnnTrainer, config: { shrinkage: 0 } });
    expect(arrays['values']![0]).toBeCloseTo(2 / Math.sqrt(6), 5);
  });

  it.each([easeTrainer, itemKnnTrainer])('$id refuses an empty log with the fix', async (plugin) => {
    const running = await plugin.setup(plugin.config.parse({}), fakeHost(world));
    await expect(async () => running.fit(NO_TRAINING_DATA, fakeRun())).rejects.toThrow(
      'the event log holds no purchase to learn from: send events first',
    );
  });

  it('ease refuses more items than it may take', async () => {
    const running = await easeTrainer.setup(easeTrainer.config.parse({ maxItems: 1 }), fakeHost(world));
    await expect(async () => running.fit(trainingDataOf(world), fakeRun())).rejects.toThrow(
      'ease takes at most 1 items, the log has 2: train ease-local instead',
    );
  });
});
