import { adaptItems } from '@attune/algorithms';
import type { ArtifactDraft, HostPorts, Plugin } from '@attune/sdk';
import {
  artifactOf,
  buildWorld,
  fakeCall,
  fakeHost,
  trainOn,
  withSpace,
  worldRequest,
  type World,
} from '@attune/testkit';
import { referenceRuntime } from '@attune/training';
import { BUILT_IN_PLUGINS } from '../index.js';
import { ADAPTED_SPACE, ADAPTER_ALIAS, textAdapterOf } from '../models/text-adapter.model.js';

const isTrainer = (plugin: Plugin): plugin is Plugin<'trainer'> => plugin.kind === 'trainer';
const trainers = BUILT_IN_PLUGINS.filter(isTrainer);
const TINY = { dims: 2, window: 3, heads: 1, blocks: 1, epochs: 1, batch: 1_024 };
const CONFIGS: Readonly<Record<string, object>> = {
  'popular-by-segment': { attribute: 'country', minUsers: 1 },
  'bought-together': { minBaskets: 1 },
  // More are refused in words: its artifact grows with their square.
  ease: { maxItems: 500 },
  ials: { dims: 8, iterations: 2 },
  bpr: { dims: 8, passes: 2 },
  'ease-local': { neighbors: 5 },
  sasrec: TINY,
  bert4rec: TINY,
  xlnet4rec: TINY,
  'text-adapter': { epochs: 1 },
};
const NEURAL = new Set(['sasrec', 'bert4rec', 'xlnet4rec', 'text-adapter']);
const GRAPHS = { graphs: referenceRuntime };

function worldOf(name: string, journeys: Readonly<Record<string, readonly string[]>>): World {
  const ids = new Set(Object.values(journeys).flat());
  const items = [...ids, 'unseen'].map((id) => ({ id, title: id }));
  const world = buildWorld({ name, items, journeys: new Map(Object.entries(journeys)), expectations: [] });
  return { ...world, users: world.userIds.map((id) => ({ id, attributes: { country: 'DE' } })) };
}
const many = (count: number, journey: (n: number) => readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`u${n}`, journey(n)]));

const LOGS: Readonly<Record<string, World>> = {
  'an empty log': worldOf('empty', {}),
  'one user with one item': worldOf('one and one', { u0: ['a'] }),
  'one user with one item, ten times': worldOf('again', { u0: Array<string>(10).fill('a') }),
  'one user': worldOf('one user', { u0: ['a', 'b', 'c', 'd'] }),
  'one item': worldOf(
    'one item',
    many(30, () => ['a']),
  ),
  'users who have nothing in common': worldOf(
    'apart',
    many(30, (n) => [`i${n}`]),
  ),
  'users who all have the same': worldOf(
    'alike',
    many(250, () => ['a', 'b', 'c']),
  ),
  'thousands of users and items': worldOf(
    'thousands',
    many(2_000, (n) => [`i${n % 1_000}`, `i${(n * 7) % 999}`]),
  ),
};

/** What a trainer made of a log: an artifact that may be promoted, or why there is none. */
async function outcomeOf(plugin: Plugin<'trainer'>, world: World): Promise<ArtifactDraft | string> {
  try {
    const draft = await trainOn(world, { plugin, config: CONFIGS[plugin.id] ?? {} }, GRAPHS);
    const { metric, value, minimum } = draft.evaluation!;
    return value >= minimum ? draft : `${metric} ${value} does not reach ${minimum}`;
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    expect(['TypeError', 'ReferenceError']).not.toContain((error as Error).name);
    return (error as Error).message;
  }
}

/** A model whose items are in a space of its own is asked by what stands for that space. */
function hostOf(id: string, world: World, draft: ArtifactDraft): HostPorts {
  if (id !== ADAPTED_SPACE) return fakeHost(world, new Map([[id, draft]]));
  const text = world.spaces.get('text')!;
  const alias = { ...draft, meta: { ...draft.meta, of: 'text' } };
  const data = adaptItems(textAdapterOf(artifactOf(id, draft)), { values: text.data, dims: text.dims });
  return fakeHost(withSpace(world, ADAPTED_SPACE, { ...text, data }), new Map([[ADAPTER_ALIAS, alias]]));
}

async function proposals(id: string, world: World, draft: ArtifactDraft): Promise<readonly number[]> {
  const retriever = BUILT_IN_PLUGINS.find(
    (plugin): plugin is Plugin<'retriever'> => plugin.kind === 'retriever' && plugin.id === id,
  )!;
  const host = { ...hostOf(id, world, draft), ...GRAPHS };
  const running = await retriever.setup(retriever.config.parse({}), host);
  const asks = [{ userId: 'u0' }, { userId: 'stranger' }, { itemIds: ['unseen'] }, { itemIds: ['a', 'unseen'] }];
  const found = await running.retrieve(
    asks.map((ask) => worldRequest(world, ask)),
    5,
    fakeCall(),
  );
  return found.flatMap(({ scores }) => [...scores]);
}

describe.each(Object.entries(LOGS))('%s', (_, world) => {
  // The runtime of these tests takes seconds for a softmax over so many.
  const able = world.items.length > 500 ? trainers.filter(({ id }) => !NEURAL.has(id)) : trainers;
  it.each(able.map((plugin) => [plugin.id, plugin] as const))(
    'gives a model of %s that can be asked, or a refusal in words',
    async (id, plugin) => {
      const outcome = await outcomeOf(plugin, world);
      if (typeof outcome === 'string') {
        expect(outcome).toMatch(/\w+ \w+/);
        return;
      }
      for (const array of Object.values(outcome.arrays)) expect(array.every(Number.isFinite)).toBe(true);
      expect((await proposals(id, world, outcome)).every(Number.isFinite)).toBe(true);
    },
  );
});

describe('what cannot be learned from', () => {
  const refused = async (log: string): Promise<readonly string[]> => {
    const outcomes = await Promise.all(
      trainers.map(async (plugin) => [plugin.id, await outcomeOf(plugin, LOGS[log]!)] as const),
    );
    return outcomes.flatMap(([id, outcome]) => (typeof outcome === 'string' ? [id] : []));
  };
  const all = trainers.map(({ id }) => id);
  /** Counts and factors can be had of anything. */
  const modest = all.filter((id) => !['ials', 'popular-by-segment'].includes(id));

  it('is an empty log for every trainer', async () => {
    expect(await refused('an empty log')).toEqual(all);
  });

  it('is a single item for all that compare items', async () => {
    expect(await refused('one user with one item')).toEqual(modest);
    // Those of order learn that it comes again.
    const ofOrder = ['transitions', 'session-knn'];
    expect(await refused('one user with one item, ten times')).toEqual(modest.filter((id) => !ofOrder.includes(id)));
    expect(await refused('one item')).toEqual(modest);
  });
});
