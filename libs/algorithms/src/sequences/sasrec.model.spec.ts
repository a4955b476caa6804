import { referenceRuntime } from '@attune/training';
import { sequencesOf } from '../data/sequences.js';
import { fitSasRec, openSasRec, sasRecInterests } from './sasrec.model.js';
import type { SequenceModel, SequenceTrainingOptions } from './sequence.training.js';
import { seeded } from '../testing/seeded.js';
import { itTrainsInEpochs } from '../testing/epoch-training.checks.js';

const ITEMS = 7;
/** Users go round: after item i comes i + 1 for the even users, i - 1 for the odd ones, so that one item is not enough. */
const walks = Array.from({ length: 24 }, (_, u) =>
  Array.from({ length: 4 + (u % 5) }, (_, t) => (u + (u % 2 === 0 ? t : ITEMS * 9 - t)) % ITEMS),
);
const world = sequencesOf(walks, ITEMS);
const small = { window: 5, dims: 8, heads: 2, blocks: 1, batch: 8, dropout: 0, rate: 0.02, warmup: 5, epochs: 30 };
const fit = (options: Partial<SequenceTrainingOptions> = {}): Promise<SequenceModel> =>
  fitSasRec(world, { ...small, random: seeded(5), ...options }, referenceRuntime);
const best = (interests: Float32Array): number => interests.indexOf(Math.max(...interests));

describe('fitSasRec', () => {
  let model: SequenceModel;
  beforeAll(async () => {
    model = await fit();
  });
  const after = async (...histories: number[][]): Promise<Float32Array[]> =>
    sasRecInterests(
      model,
      histories.map((rows) => ({ rows })),
      referenceRuntime,
    );

  it('learns what follows from the order of the items before', async () => {
    const found = await after([0, 1, 2], [2, 1, 0], [5, 6], [6, 5], [3, 4, 5, 6, 0, 1]);
    expect(found.map(best)).toEqual([3, 6, 0, 4, 2]);
    expect(found.map(({ length }) => length)).toEqual([ITEMS, ITEMS, ITEMS, ITEMS, ITEMS]);
  });

  it('tells the same for a history in any company, and by its latest known items only', async () => {
    const [alone] = await after([2, 3, 4, 5, 6]);
    const [, together] = await after([1], [2, 3, 4, 5, 6]);
    const [longer] = await after([1, 0, 1, 2, 3, 4, 5, 6]);
    const [mixed] = await after([2, -1, 3, 4, ITEMS, 5, NaN, 6]);
    for (const other of [together, longer, mixed]) expect(other).toEqual(alone);
    expect((await after([3, 2, 4, 5, 6]))[0]).not.toEqual(alone);
  });

  it('has no interests without a known item, and none to tell of nobody', async () => {
    expect(await after([], [ITEMS + 1])).toEqual([new Float32Array(ITEMS), new Float32Array(ITEMS)]);
    expect(await after()).toEqual([]);
  });

  it('scores more histories than one run takes', async () => {
    const scorer = await openSasRec(model, referenceRuntime);
    const many = await scorer.interests(
      Array.from({ length: 130 }, (_, i) => ({ rows: [i % ITEMS, (i + 1) % ITEMS] })),
    );
    expect(many).toHaveLength(130);
    expect(many[129]).toEqual(many[129 % ITEMS]);
    await scorer.close();
  });

  it('gives the same model for the same numbers, and another for others', async () => {
    const short = { epochs: 2, dropout: 0.2 };
    const [first, again, other] = [await fit(short), await fit(short), await fit({ ...short, random: seeded(6) })];
    expect(again).toEqual(first);
    expect(other.parameters).not.toEqual(first.parameters);
    expect(first.shape).toEqual({ rows: ITEMS, positions: 5, dims: 8, heads: 2, blocks: 1, feedForward: 1 });
  });

  it('learns with a sample of the items too', async () => {
    model = await fit({ fullSoftmaxItems: 3, negatives: 5, epochs: 20 });
    expect((await after([0, 1, 2], [2, 1, 0])).map(best)).toEqual([3, 6]);
  });

  itTrainsInEpochs(fit);

  it.each<[Partial<SequenceTrainingOptions>, string]>([
    [{ epochs: 0 }, 'epochs must be a whole number from 1, got 0'],
    [{ batch: 1.5 }, 'batch must be a whole number from 1, got 1.5'],
    [{ window: 0 }, 'window must be a whole number from 1, got 0'],
    [{ dims: 9 }, 'dims 9 cannot be shared by 2 heads'],
    [{ dropout: 1 }, 'a dropout rate lies in 0..1, got 1'],
    [{ rate: NaN }, 'rate must be a number from 0, got NaN'],
    [{ clip: 0 }, 'clip must be above 0, got 0'],
    [{ fullSoftmaxItems: 0, negatives: 0 }, 'negatives must be a whole number from 1, got 0'],
  ])('refuses %j', async (options, message) => {
    const refused = fit(options);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toBeInstanceOf(RangeError);
  });

  it('refuses an empty log, rows outside, and a log where nothing follows anything', async () => {
    const options = { ...small, random: seeded(1) };
    await expect(fitSasRec(sequencesOf([], 0), options, referenceRuntime)).rejects.toThrow('there are no items');
    const beyond = { ...world, itemCount: ITEMS - 1 };
    await expect(fitSasRec(beyond, options, referenceRuntime)).rejects.toThrow(`item ${ITEMS - 1} is not below`);
    const single = sequencesOf([[0], [1]], 2);
    await expect(fitSasRec(single, options, referenceRuntime)).rejects.toThrow('nobody has two items');
  });

  it('takes one user, and one item', async () => {
    const options = { ...small, epochs: 1, random: seeded(1) };
    const one = await fitSasRec(sequencesOf([[0, 0, 0]], 1), options, referenceRuntime);
    expect([...(await sasRecInterests(one, [{ rows: [0] }], referenceRuntime))[0]!].every(Number.isFinite)).toBe(true);
  });
});
