import type { Plugin } from '@attune/sdk';
import {
  buildWorld,
  chain,
  checkerboard,
  expectWorld,
  fakeCall,
  fakeHost,
  trainOn,
  worldRequest,
  type World,
} from '@attune/testkit';
import * as plugins from '../built-in.js';

type Model = readonly [id: string, Plugin<'trainer'>, Plugin<'retriever'>, Plugin<'scorer'>, config: object];
const { rp3betaTrainer, rp3betaRetriever, rp3betaScorer } = plugins;
const { easeLocalTrainer, easeLocalRetriever, easeLocalScorer } = plugins;
const { userKnnTrainer, userKnnRetriever, userKnnScorer } = plugins;
const { bprTrainer, bprRetriever, bprScorer } = plugins;
const { transitionsTrainer, transitionsRetriever, transitionsScorer } = plugins;
const { sessionKnnTrainer, sessionKnnRetriever, sessionKnnScorer } = plugins;
const OF_TASTE: readonly Model[] = [
  ['rp3beta', rp3betaTrainer, rp3betaRetriever, rp3betaScorer, {}],
  ['ease-local', easeLocalTrainer, easeLocalRetriever, easeLocalScorer, { lambda: 100, neighbors: 20 }],
  ['user-knn', userKnnTrainer, userKnnRetriever, userKnnScorer, {}],
  ['bpr', bprTrainer, bprRetriever, bprScorer, { dims: 4 }],
];
const OF_ORDER: readonly Model[] = [
  ['transitions', transitionsTrainer, transitionsRetriever, transitionsScorer, {}],
  ['session-knn', sessionKnnTrainer, sessionKnnRetriever, sessionKnnScorer, {}],
];

describe.each(OF_TASTE)('%s', (...[id, trainer, retriever, scorer, config]) => {
  const trainers = { [id]: { plugin: trainer, config: { ...config, types: ['purchase', 'view'] } } };
  it.each([scorer, retriever])('as a $kind tells tastes apart', async (plugin) => {
    await expectWorld(plugin, {}, checkerboard(), { trainers, about: ['taste'] });
  });
});

/** The best proposals for a request. */
async function best(model: Model, world: World, ask: object, limit = 1): Promise<readonly string[]> {
  const [id, plugin, retriever, , config] = model;
  const draft = await trainOn(world, { plugin, config });
  const running = await retriever.setup(retriever.config.parse({}), fakeHost(world, new Map([[id, draft]])));
  return (await running.retrieve([worldRequest(world, ask)], limit, fakeCall()))[0]!.ids;
}

describe.each(OF_ORDER)('%s', (...model) => {
  const [id, trainer, retriever, scorer, config] = model;
  it.each([scorer, retriever])('as a $kind knows what comes next', async (plugin) => {
    await expectWorld(plugin, {}, chain(), { trainers: { [id]: { plugin: trainer, config } }, about: ['sequence'] });
  });

  it('follows the newest item of a history, and the seed that is named last', async () => {
    const world = buildWorld({
      name: 'two ways',
      items: ['a', 'b', 'after-a', 'after-b', 'x'].map((item) => ({ id: item, title: item })),
      journeys: new Map<string, readonly string[]>([
        ...Array.from({ length: 5 }, (_, n) => [`a${n}`, ['a', 'after-a']] as const),
        ...Array.from({ length: 5 }, (_, n) => [`b${n}`, ['b', 'after-b']] as const),
        ['ab', ['a', 'x', 'b']],
        ['ba', ['b', 'x', 'a']],
      ]),
      expectations: [],
    });
    const next = async (ask: object): Promise<string | undefined> =>
      (await best(model, world, ask, 10)).find((item) => item.startsWith('after'));
    expect(await next({ userId: 'ab' })).toBe('after-b');
    expect(await next({ userId: 'ba' })).toBe('after-a');
    expect(await next({ itemIds: ['a', 'b'] })).toBe('after-b');
    expect(await next({ itemIds: ['b', 'a'] })).toBe('after-a');
  });
});

describe('session-knn', () => {
  it('ends a session at a pause', async () => {
    const draft = (config: object) => trainOn(chain(), { plugin: sessionKnnTrainer, config });
    expect((await draft({})).meta['sessions']).toBe(24);
    // Three events six hours apart, then three two minutes apart.
    expect((await draft({ gapMinutes: 30 })).meta['sessions']).toBe(24 * 4);
    const newest = await draft({ sessions: 5 });
    expect([...newest.arrays['offsets']!]).toEqual([0, 6, 12, 18, 24, 30]);
  });
});

describe('user-knn', () => {
  it('compares with the users who were there last', async () => {
    const { meta, arrays } = await trainOn(chain(), { plugin: userKnnTrainer, config: { users: 5 } });
    expect([meta['users'], meta['pairs'], arrays['indptr']!.length]).toEqual([5, 30, 6]);
  });
});
