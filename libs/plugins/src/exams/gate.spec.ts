import { vocabularyOf, type ArtifactDraft, type Plugin } from '@attune/sdk';
import { buildWorld, fakeRun, trainingDataOf, trainOn, type World } from '@attune/testkit';
import * as plugins from '../built-in.js';
import { FoldedModel } from '../models/folded.model.js';
import { followers, walkers } from '../testing/crowd.plans.js';
import { judge } from './gate.js';

const data = trainingDataOf(buildWorld(walkers()));
// Counts of the rest: a 3, b 2, c 1, d 0.
const rest = {
  ...data,
  size: 6,
  items: Int32Array.of(0, 0, 0, 1, 1, 2),
  types: new Uint8Array(6),
  itemIds: ['a', 'b', 'c', 'd'],
  typeNames: ['purchase'],
};
const model = (...interests: readonly number[]): FoldedModel =>
  new FoldedModel(vocabularyOf(['d', 'c', 'b', 'a']), () => Float32Array.from(interests).reverse());
const users = [
  { history: [0], next: 1 },
  { history: [0], next: 3 },
];
const terms = { types: ['purchase'], gate: 1, watch: {} };

describe('judge', () => {
  it('gives hit rate and NDCG among what users do not have, beside popularity’s', async () => {
    // Of b, c, d the first user is shown b first, the second d second.
    const { figures } = await judge(model(9, 3, 1, 2), { users, rest }, terms);
    expect(figures).toEqual({
      users: 2,
      hitRate: 1,
      ndcg: 0.8155, // (1 + 1 / log2(3)) / 2
      popularity: { hitRate: 0.5, ndcg: 0.5 },
    });
  });

  it('counts neither what is not above 0, nor what is no better than others', async () => {
    expect((await judge(model(9, 0, 1, 2), { users, rest }, terms)).figures.hitRate).toBe(0.5);
    const even = await judge(model(1, 1, 1, 1), { users, rest }, terms);
    expect(even.figures.ndcg).toBe(0.5);
    expect((await judge(model(0, 0, 0, 0), { users, rest }, terms)).figures.ndcg).toBe(0);
    const stranger = new FoldedModel(vocabularyOf(['x']), () => Float32Array.of(1));
    expect((await judge(stranger, { users, rest }, terms)).figures.ndcg).toBe(0);
  });

  it('asks for as much as popularity reaches, less two standard errors of the difference', async () => {
    const many = [...Array<(typeof users)[0]>(30).fill(users[0]!), ...Array<(typeof users)[0]>(10).fill(users[1]!)];
    // The model tells d, popularity b: differences are -1 thirty times and 1 ten times; their error is √(.75 / 39).
    const { evaluation } = await judge(model(9, 0, 0, 2), { users: many, rest }, terms);
    expect(evaluation.value).toBe(0.25);
    expect(evaluation.minimum).toBeCloseTo(0.75 - 2 * Math.sqrt(0.75 / 39), 3);
    expect(evaluation.metric).toBe('NDCG@10 of 40 users held out, where popularity has 0.75,');
    const half = await judge(model(9, 0, 0, 2), { users: many, rest }, { ...terms, gate: 0.1 });
    expect(half.evaluation.minimum).toBeLessThan(0.25);
  });

  it('stops when it is told to', async () => {
    const stopping = { ...terms, watch: { shouldStop: () => true } };
    await expect(judge(model(1, 1, 1, 1), { users, rest }, stopping)).rejects.toThrow(/stopped on request/);
  });
});

const passes = ({ evaluation }: ArtifactDraft): boolean => evaluation!.value >= evaluation!.minimum;
const figuresOf = ({ meta }: ArtifactDraft) => meta['gate'] as { users: number; ndcg: number } | undefined;
const learn = (plugin: Plugin<'trainer'>, config: object, world: World) => trainOn(world, { plugin, config });

describe('a trainer', () => {
  const judged: readonly (readonly [Plugin<'trainer'>, object])[] = [
    [plugins.easeTrainer, { lambda: 5 }],
    [plugins.easeLocalTrainer, { lambda: 5, neighbors: 10 }],
    [plugins.ialsTrainer, { dims: 16 }],
    [plugins.itemKnnTrainer, {}],
    [plugins.rp3betaTrainer, {}],
    [plugins.transitionsTrainer, {}],
    [plugins.userKnnTrainer, {}],
    [plugins.sessionKnnTrainer, {}],
    [plugins.bprTrainer, { dims: 8, passes: 20 }],
  ];
  /** Whose chance goes on from the first learning to the second. */
  const BY_CHANCE = new Set([plugins.ialsTrainer, plugins.bprTrainer]);
  it.each(judged.map(([plugin, config]) => [plugin.id, plugin, config] as const))(
    '%s is asked about users held out, passes where it knows more than popularity, and then learns from everybody',
    async (_, plugin, config) => {
      const draft = await learn(plugin, config, buildWorld(walkers()));
      expect(passes(draft)).toBe(true);
      expect(figuresOf(draft)).toMatchObject({ users: 22 });
      expect(draft.evaluation!.value).toBe(figuresOf(draft)!.ndcg);
      const all = await learn(plugin, { ...config, gate: 0 }, buildWorld(walkers()));
      expect(figuresOf(all)).toBeUndefined();
      expect(draft.ids).toEqual(all.ids);
      if (!BY_CHANCE.has(plugin)) expect(draft.arrays).toEqual(all.arrays);
    },
  );

  it('fails where it knows less than popularity, and says so', async () => {
    const worse = await learn(plugins.rp3betaTrainer, { beta: 5 }, buildWorld(followers()));
    expect(passes(worse)).toBe(false);
    expect(worse.evaluation!.metric).toMatch(/^NDCG@10 of 22 users held out, where popularity has 0\.[3-9]/);
    expect(passes(await learn(plugins.rp3betaTrainer, { beta: 5, gate: 0 }, buildWorld(followers())))).toBe(true);
  });

  it('hands over what it learned without those held out, where the time ends in the second learning', async () => {
    const abort = new AbortController();
    const run = fakeRun({ signal: abort.signal });
    const late = { ...run, progress: (done: number, of: number) => done / of > 0.66 && abort.abort() };
    const trainer = await plugins.itemKnnTrainer.setup(plugins.itemKnnTrainer.config.parse({}), {} as never);
    const draft = await trainer.fit(trainingDataOf(buildWorld(walkers(400))), late);
    expect(abort.signal.aborted).toBe(true);
    expect([draft.meta['pairs'], figuresOf(draft)!.users]).toEqual([360 * 6, 40]);
    expect(passes(draft)).toBe(true);
  });
});
