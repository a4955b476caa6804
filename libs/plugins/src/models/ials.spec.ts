import { checkerboard, expectWorld, fakeRun, popularTrap, trainingDataOf, trainOn } from '@attune/testkit';
import { ialsRetriever, ialsScorer, ialsTrainer } from '../built-in.js';

const world = checkerboard();
const trainers = { ials: { plugin: ialsTrainer, config: { dims: 2, types: ['purchase', 'view'] } } };

describe('ials', () => {
  it.each([ialsScorer, ialsRetriever])('as a $kind tells tastes apart, and taste from popularity', async (plugin) => {
    await expectWorld(plugin, {}, world, { trainers, about: ['taste'] });
    await expectWorld(plugin, {}, popularTrap(), { trainers, about: ['taste'] });
  });

  it('keeps items in its artifact and nothing of a user', async () => {
    const draft = await trainOn(world, { plugin: ialsTrainer, config: { dims: 3, iterations: 2 } });
    expect(Object.keys(draft.ids)).toEqual(['items']);
    const items = draft.ids['items']!.length;
    expect(Object.entries(draft.arrays).map(([name, { length }]) => [name, length])).toEqual([
      ['factors', items * 3],
      ['gram', 9],
    ]);
    expect(JSON.stringify([draft.meta, draft.ids])).not.toContain('u1');
  });

  it('passes its gate, and fails it where everything is regularized away', async () => {
    const gate = async (config: object) => (await trainOn(world, { plugin: ialsTrainer, config })).evaluation!;
    const good = await gate({ dims: 2 });
    expect(good.value).toBeGreaterThan(0.1);
    expect(good.value).toBeLessThan(1);
    const bad = await gate({ dims: 2, lambda: 1000 });
    expect(bad.value).toBeLessThan(bad.minimum);
  });

  it('learns the same model by as many threads as it is told', async () => {
    const options = { dims: 3, iterations: 2 };
    expect(ialsTrainer.config.parse(options)).toMatchObject({ threads: 1 });
    const by = async (threads: number) =>
      (await ialsTrainer.setup(ialsTrainer.config.parse({ ...options, threads }), {} as never)).fit(
        trainingDataOf(world),
        fakeRun({ seed: 'a' }),
      );
    expect(await by(2)).toEqual(await by(1));
    await expect(by(65)).rejects.toThrow(/too_big/);
  });

  it("follows the run's chance", async () => {
    const running = await ialsTrainer.setup(ialsTrainer.config.parse({ iterations: 1 }), {} as never);
    const fit = async (seed: string) => running.fit(trainingDataOf(world), fakeRun({ seed }));
    const [one, again, other] = await Promise.all(['a', 'a', 'b'].map(fit));
    expect(again!.arrays).toEqual(one!.arrays);
    expect(other!.arrays).not.toEqual(one!.arrays);
  });
});
