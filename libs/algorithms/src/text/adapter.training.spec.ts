import { gradientError, referenceRuntime } from '@attune/training';
import { sequencesOf } from '../data/sequences.js';
import { adapterInterests, adaptVectors } from './adapted.vectors.js';
import { adapterLoss } from './adapter.graph.js';
import { startTextAdapter, type TextAdapterModel } from './adapter.model.js';
import { fitTextAdapter, type TextAdapterOptions } from './adapter.training.js';
import { seeded } from '../testing/seeded.js';
import { itTrainsInEpochs } from '../testing/epoch-training.checks.js';

const [KINDS, DIMS, KNOWN] = [4, 6, 20];
const ITEMS = KNOWN + KINDS;
const noise = seeded(7);
/** Item i is of kind i % 4, which its text says; nobody has touched the last four. */
const values = Float32Array.from({ length: ITEMS * DIMS }, (_, at) => {
  const [item, k] = [Math.floor(at / DIMS), at % DIMS];
  return 0.3 * (noise() - 0.5) + (item % KINDS === k ? 1 : 0);
});
const vectors = { values, dims: DIMS };
/** After a thing of one kind comes one of the next kind. */
const walks = Array.from({ length: 30 }, (_, u) =>
  Array.from({ length: 3 + (u % 3) }, (_, t) => ((u + t) % KINDS) + KINDS * Math.floor(noise() * (KNOWN / KINDS))),
);
const world = sequencesOf(walks, ITEMS);
const small = { epochs: 12, batch: 16, rate: 0.03, warmup: 5, dropout: 0, decay: 0.5 };
const fit = (options: Partial<TextAdapterOptions> = {}): Promise<TextAdapterModel> =>
  fitTextAdapter(vectors, world, { ...small, random: seeded(5), ...options }, referenceRuntime);

/** Kinds of the untouched items that come first after a thing of each kind. */
function kindsOfNew(model: TextAdapterModel): number[] {
  const adapted = adaptVectors(model, vectors);
  return Array.from({ length: KINDS }, (_, kind) => {
    const interests = adapterInterests(adapted, { rows: [kind] }).subarray(KNOWN);
    return interests.indexOf(Math.max(...interests));
  });
}

describe('fitTextAdapter', () => {
  it('finds items that nobody has touched by what is learned of others with like texts', async () => {
    expect(kindsOfNew(startTextAdapter(vectors))).toEqual([0, 1, 2, 3]);
    // What came after teaches as what came before does, so that either neighbor of a kind may be first.
    kindsOfNew(await fit()).forEach((kind, asked) => expect(Math.abs(kind - asked) % 2).toBe(1));
  });

  it('learns with a sample of the items too', async () => {
    const found = kindsOfNew(await fit({ candidates: 12, batch: 2, epochs: 6 }));
    found.forEach((kind, asked) => expect(Math.abs(kind - asked) % 2).toBe(1));
  });

  it('gives the same model for the same numbers, and another for others', async () => {
    const short = { epochs: 1, dropout: 0.3 };
    const [first, again, other] = [await fit(short), await fit(short), await fit({ ...short, random: seeded(6) })];
    expect(again).toEqual(first);
    expect(other.items.weights).not.toEqual(first.items.weights);
    expect(other.whitening).toEqual(first.whitening);
  });

  it('takes no more lessons a pass than it is told', async () => {
    const progress = jest.fn();
    await fit({ epochs: 3, lessons: 40, batch: 16, progress });
    // A report before each step, and one at the end.
    expect(progress).toHaveBeenCalledTimes(3 * Math.ceil(40 / 16) + 1);
  });

  itTrainsInEpochs(fit);

  it.each<[Partial<TextAdapterOptions>, string]>([
    [{ epochs: 0 }, 'epochs must be a whole number from 1, got 0'],
    [{ batch: 1.5 }, 'batch must be a whole number from 1, got 1.5'],
    [{ candidates: 0 }, 'candidates must be a whole number from 1, got 0'],
    [{ last: 0 }, 'last must be a whole number from 1, got 0'],
    [{ decay: 1.1 }, 'decay must lie above 0 and at most at 1, got 1.1'],
    [{ ridge: 0 }, 'ridge must be above 0, got 0'],
    [{ rate: NaN }, 'rate must be a number from 0, got NaN'],
    [{ popularity: -1 }, 'popularity must be a number from 0, got -1'],
    [{ scale: 0 }, 'scale must be above 0, got 0'],
    [{ dropout: 1 }, 'a dropout rate lies in 0..1, got 1'],
    [{ clip: 0 }, 'clip must be above 0, got 0'],
  ])('refuses %j', async (options, message) => {
    const refused = fit(options);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toBeInstanceOf(RangeError);
  });

  it('refuses vectors of other items, rows outside, and a log where nobody has two items', async () => {
    const options = { ...small, random: seeded(1) };
    const refuse = (lists: number[][], items = ITEMS): Promise<TextAdapterModel> =>
      fitTextAdapter(vectors, sequencesOf(lists, items), options, referenceRuntime);
    await expect(refuse([[0, 1]], 3)).rejects.toThrow(`${ITEMS} vectors are not of 3 items`);
    await expect(refuse([])).rejects.toThrow('nobody has two different items');
    await expect(refuse([[0], [1, 1, 1]])).rejects.toThrow('nobody has two different items');
    const beyond = { ...world, items: world.items.map(() => ITEMS) };
    await expect(fitTextAdapter(vectors, beyond, options, referenceRuntime)).rejects.toThrow(`item ${ITEMS} is not`);
  });

  it('takes one user with two items', async () => {
    const options = { ...small, epochs: 2, random: seeded(1) };
    const model = await fitTextAdapter(vectors, sequencesOf([[0, 1]], ITEMS), options, referenceRuntime);
    expect([...model.items.weights, ...model.history.bias].every(Number.isFinite)).toBe(true);
  });
});

describe('adapterLoss', () => {
  it.each([0, 0.3])('has the gradient that differences show, with dropout %d', (dropout) => {
    const random = seeded(3);
    const numbers = (length: number): Float32Array => Float32Array.from({ length }, () => random() - 0.5);
    const loss = adapterLoss(3, { dropout, seed: 1, scale: 4 });
    const feeds = {
      vectors: numbers(4 * 3),
      contexts: { values: Float32Array.of(1, 0.5, 0, 0, 0, 0, 2, 1), shape: [2, 4] },
      shifts: numbers(4),
      targets: Int32Array.of(2, 0),
      ones: Float32Array.of(1, 1),
      weight: Float32Array.of(0.5),
    };
    expect(gradientError(loss, feeds, numbers(loss.graph.parameterCount))).toBeLessThan(1e-6);
  });
});
