import type { Options } from '../search/options.js';
import { fixedModel, PLAIN_CONTEXT } from '../testing/fixed.models.js';
import { HandClock } from '../testing/hand-clock.js';
import { judgedTraining, type EpochTraining } from './judged-training.js';
import type { FitContext, Recommender } from './recommender.learner.js';

/** A model after some epochs of how many. */
interface Trained {
  readonly epoch: number;
  readonly epochs: number;
}

const OPTIONS = { dims: 4, epochs: 5 };
let runs: Trained[] = [];
let clock: HandClock;
beforeEach(() => ([runs, clock] = [[], new HandClock()]));
afterEach(() => clock.restore());

/** Each epoch takes a millisecond; what is opened says after how many epochs it was. */
const training: EpochTraining<Trained> = {
  train: async (options: Options, onEpoch) => {
    const epochs = Number(options['epochs']);
    let epoch = 0;
    for (let goesOn = true; goesOn && epoch < epochs;) {
      clock.pass(0.001);
      epoch += 1;
      const model = { epoch, epochs };
      goesOn = await onEpoch({ epoch, snapshot: () => model });
    }
    runs.push({ epoch, epochs });
    return { epoch, epochs };
  },
  open: ({ epoch, epochs }) => Promise.resolve(fixedModel(() => [epoch, epochs])),
};

const trained = (options: Options, more: Pick<FitContext, 'judge' | 'seconds'>): Promise<Recommender> =>
  judgedTraining(options, { ...PLAIN_CONTEXT, ...more }, training);
const epochsOf = async (model: Recommender): Promise<number[]> => [...(await model.interests([{ rows: [] }]))[0]!];

it('keeps the epoch that judged best, and says how to come to its like', async () => {
  const figures = [0.1, 0.2, 0.9, 0.9, 0.4];
  const judge = async (model: Recommender): Promise<number> => figures[(await epochsOf(model))[0]! - 1]!;
  const found = await trained(OPTIONS, { judge, seconds: Infinity });
  expect(await epochsOf(found)).toEqual([3, 5]);
  expect(found.learned).toEqual({ dims: 4, epochs: 5, stopAfter: 3 });
  const again = await trained(found.learned!, { judge: undefined, seconds: Infinity });
  expect(await epochsOf(again)).toEqual([3, 5]);
  expect(again.learned).toBeUndefined();
});

it('trains to the end where nothing is held out to judge by', async () => {
  expect(await epochsOf(await trained(OPTIONS, { judge: undefined, seconds: 0 }))).toEqual([5, 5]);
});

it('makes as many epochs as there is time for, and one at least', async () => {
  const judge = async (model: Recommender): Promise<number> => (await epochsOf(model))[0]!;
  const hurried = await trained(OPTIONS, { judge, seconds: 0 });
  expect([await epochsOf(hurried), hurried.learned]).toEqual([[1, 1], { dims: 4, epochs: 1, stopAfter: 1 }]);
  const some = await trained({ epochs: 1_000 }, { judge, seconds: 0.05 });
  // Four fifths of the time, less the epoch that showed how long one takes.
  expect(await epochsOf(some)).toEqual([39, 39]);
});

it('looks about a dozen times, and at the last epoch', async () => {
  const looks: number[] = [];
  const judge = async (model: Recommender): Promise<number> => {
    looks.push((await epochsOf(model))[0]!);
    return looks.length;
  };
  const found = await trained({ epochs: 50 }, { judge, seconds: Infinity });
  expect(looks).toEqual([4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 50]);
  expect(found.learned).toMatchObject({ stopAfter: 50 });
  expect(runs).toEqual([
    { epoch: 1, epochs: 1 },
    { epoch: 50, epochs: 50 },
  ]);
});
