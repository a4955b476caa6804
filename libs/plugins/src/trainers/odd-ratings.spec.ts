import type { ArtifactDraft, Plugin } from '@attune/sdk';
import { buildWorld, fakeCall, fakeHost, trainOn, worldBatch, worldRequest, type World } from '@attune/testkit';
import { knnBaselineScorer, knnBaselineTrainer, svdScorer, svdTrainer } from '../built-in.js';
import { withValues } from '../testing/rating.plans.js';

/** A world where each user rates items by turns; the value follows from the event's place. */
function worldOf(
  users: number,
  itemsOf: (user: number) => readonly string[],
  valueOf: (event: number) => number,
): World {
  const journeys = new Map(
    Array.from({ length: users }, (_, user) => [`u${user}`, itemsOf(user).map((item) => `rating:${item}`)] as const),
  );
  const ids = new Set([...journeys.values()].flat().map((step) => step.slice('rating:'.length)));
  const items = [...ids, 'unseen'].map((id) => ({ id, title: id }));
  const world = buildWorld({ name: 'odd ratings', items, journeys, expectations: [] });
  return withValues(world, (_, __, event) => valueOf(event));
}

const ABC = (): readonly string[] => ['a', 'b', 'c'];
const stars = (event: number): number => 1 + (event % 5);

const LOGS: Readonly<Record<string, World>> = {
  'no ratings at all': worldOf(0, ABC, stars),
  'ratings without values': worldOf(30, ABC, () => NaN),
  'one rating': worldOf(1, () => ['a'], stars),
  'one user': worldOf(1, ABC, stars),
  'one item': worldOf(30, () => ['a'], stars),
  'ratings that are all alike': worldOf(250, ABC, () => 3),
  'users who have nothing in common': worldOf(250, (user) => [`x${user}`, `y${user}`], stars),
  'users who rate the same': worldOf(250, ABC, stars),
  'ratings of 0 and 1': worldOf(250, ABC, (event) => event % 2),
  'ratings below 0': worldOf(250, ABC, (event) => -stars(event)),
  'ratings of thousands': worldOf(250, ABC, (event) => 10_000 * stars(event)),
  'a rating as large as floats go': worldOf(250, ABC, (event) => (event === 7 ? 3e38 : stars(event))),
  'thousands of users': worldOf(2_000, (user) => [`i${user % 997}`, `i${(user * 7) % 991}`, 'a'], stars),
};

type Pair = readonly [trainer: Plugin<'trainer'>, scorer: Plugin<'scorer'>];
const PAIRS: readonly Pair[] = [
  [svdTrainer, svdScorer],
  [knnBaselineTrainer, knnBaselineScorer],
];

/** A model that may be promoted, or why there is none. */
async function outcomeOf(plugin: Plugin<'trainer'>, world: World): Promise<ArtifactDraft | string> {
  try {
    const draft = await trainOn(world, { plugin, config: {} });
    const { metric, value, minimum } = draft.evaluation!;
    return value >= minimum ? draft : `${metric} ${value} does not reach ${minimum}`;
  } catch (error) {
    expect((error as Error).constructor).toBe(Error);
    return (error as Error).message;
  }
}

describe.each(Object.entries(LOGS))('%s', (_, world) => {
  it.each(PAIRS.map(([trainer, scorer]) => [trainer.id, trainer, scorer] as const))(
    'give a model of %s that can be asked, or a refusal in words',
    async (id, trainer, scorer) => {
      const outcome = await outcomeOf(trainer, world);
      if (typeof outcome === 'string') {
        expect(outcome).toMatch(/\w+ \w+/);
        return;
      }
      for (const array of Object.values(outcome.arrays)) expect(array.every(Number.isFinite)).toBe(true);
      const running = await scorer.setup(scorer.config.parse({}), fakeHost(world, new Map([[id, outcome]])));
      const ids = world.items.slice(-20).map((item) => item.id);
      const out = new Float32Array(2 * ids.length).fill(NaN);
      const asked = ['u0', 'stranger'].map((userId) => ({ request: worldRequest(world, { userId }), ids }));
      await running.score(worldBatch(world, asked), out, fakeCall());
      expect(out.every((value) => Math.abs(value) !== Infinity)).toBe(true);
      expect(out.subarray(0, ids.length).some(Number.isFinite)).toBe(true);
      expect([...out.subarray(ids.length - 1)].every(Number.isNaN)).toBe(true);
    },
  );
});

it.each(PAIRS.map(([trainer]) => [trainer.id, trainer] as const))(
  'one slip does not change what %s learns of the others',
  async (_, trainer) => {
    const [all, slipped] = [stars, (event: number) => (event === 7 ? 500 : stars(event))];
    const plain = (await outcomeOf(trainer, worldOf(250, ABC, all))) as ArtifactDraft;
    const draft = (await outcomeOf(trainer, worldOf(250, ABC, slipped))) as ArtifactDraft;
    expect([draft.meta['greatest'], draft.meta['ratings']]).toEqual([5, Number(plain.meta['ratings']) - 1]);
  },
);

describe('what cannot be learned from', () => {
  const refused = async (trainer: Plugin<'trainer'>): Promise<readonly string[]> => {
    const names: string[] = [];
    for (const [name, world] of Object.entries(LOGS))
      if (typeof (await outcomeOf(trainer, world)) === 'string') names.push(name);
    return names;
  };
  const NOTHING = ['no ratings at all', 'ratings without values', 'one rating'];
  const OF_NOBODY_ELSE = ['ratings that are all alike', 'users who have nothing in common'];

  it('is, for svd, what says nothing of anybody else', async () => {
    expect(await refused(svdTrainer)).toEqual([...NOTHING, ...OF_NOBODY_ELSE]);
  });

  it('is, for knn-baseline, also what compares no two items', async () => {
    expect(await refused(knnBaselineTrainer)).toEqual([...NOTHING, 'one user', 'one item', ...OF_NOBODY_ELSE]);
  });
});
