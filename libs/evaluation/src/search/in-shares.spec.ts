import { HandClock } from '../testing/hand-clock.js';
import { inShares } from './in-shares.js';

let clock: HandClock;
beforeEach(() => void (clock = new HandClock()));
afterEach(() => clock.restore());

const learners = (...weights: readonly (number | undefined)[]) =>
  weights.map((timeWeight, i) => ({ name: `k${i}`, ...(timeWeight === undefined ? {} : { timeWeight }) }));

it('hands on what is left over, in proportion to weights', async () => {
  const { results, notes } = await inShares(learners(undefined, 2, 1), 1_000, (_, seconds) => Promise.resolve(seconds));
  // Nobody uses anything: a quarter of all, two thirds of all, then all.
  expect(results.map((seconds) => (seconds / 1_000).toFixed(3))).toEqual(['0.250', '0.667', '1.000']);
  expect(notes).toEqual([]);
});

it('takes what was used from those after it', async () => {
  const { results } = await inShares(learners(2, 1, 1), 0.2, (_, seconds) => {
    clock.pass(0.15);
    return Promise.resolve(seconds);
  });
  // Half of all, half of what that leaves, and nothing: two take more than they may.
  expect(results).toEqual([expect.closeTo(0.1, 9), expect.closeTo(0.025, 9), 0]);
});

it('leaves out with a note what refuses the data, and throws where all do', async () => {
  const refusing = (learner: { readonly name: string }): Promise<string> =>
    learner.name === 'k1' ? Promise.reject(new RangeError('nobody has two items')) : Promise.resolve(learner.name);
  expect(await inShares(learners(1, 1, 1), 1, refusing)).toEqual({
    results: ['k0', 'k2'],
    notes: ['k1 is left out: nobody has two items'],
  });
  await expect(inShares(learners(1, 1).slice(1), 1, refusing)).rejects.toMatchObject({
    code: 'DATA_FILE',
    message: 'no model can learn from this: k1 is left out: nobody has two items',
  });
  const broken = inShares(learners(1, 1), 1, () => Promise.reject(new TypeError('x is undefined')));
  await expect(broken).rejects.toThrow(TypeError);
});
