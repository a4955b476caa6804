import { StoppedError } from '@attune/numeric';
import { gradientError, referenceRuntime } from '@attune/training';
import type { ClickData } from '../data/clicks.js';
import { artifactDigest, decodeArtifact, encodeArtifact } from '../artifact.codec.js';
import { deepFmArtifact, deepFmOf } from './deepfm.artifact.js';
import { deepFmLoss } from './deepfm.graph.js';
import { type DeepFmModel, type DeepFmOptions, fitDeepFm, openDeepFm } from './deepfm.model.js';
import { fitFm } from './factorization.model.js';
import { seeded } from '../testing/seeded.js';
import { allPairs, badClicks, fourCases, likedPairs, numbers, oneOf, several, tastes } from './testing/click-worlds.js';

const small = { dims: 3, hidden: [8], epochs: 12, batch: 40, rate: 0.03, dropout: 0, hide: 0, penalty: 0 };
const fit = (data: ClickData, options: Partial<DeepFmOptions> = {}): Promise<DeepFmModel> =>
  fitDeepFm(data, { ...small, random: seeded(5), ...options }, referenceRuntime);
const asked = async (model: DeepFmModel, cases: Parameters<typeof ask>[1]): Promise<Float32Array> => ask(model, cases);
async function ask(model: DeepFmModel, cases: typeof allPairs): Promise<Float32Array> {
  const scorer = await openDeepFm(model, referenceRuntime);
  return scorer.probabilities(cases).finally(() => scorer.close());
}

describe('deepFmLoss', () => {
  it('has the gradient that differences show', () => {
    const shape = { rows: 7, slots: [1, 2, 1], dims: 2, hidden: [3, 2] };
    const loss = deepFmLoss(shape, { dropout: 0, penalty: 0.1, seed: 1 });
    const random = seeded(3);
    const parameters = loss.graph.start(random).map((value) => value + 0.6 * (random() - 0.5));
    const feeds = {
      rows: Int32Array.of(1, 3, 4, 6, 0, 4, 2, 6, 1, 3, 3, 5),
      values: Float32Array.of(1, 0.7, 0.7, -1.5, 1, 1, 0, 0.5, 1, 1, 0, 1),
      labels: Float32Array.of(1, 0, 1),
      weight: Float32Array.of(1 / 3),
    };
    expect(gradientError(loss, feeds, parameters)).toBeLessThan(1e-6);
  });
});

describe('fitDeepFm', () => {
  it('learns tastes, with probabilities that hold', async () => {
    const model = await fit(tastes(600, 5));
    (await asked(model, allPairs)).forEach((p, i) =>
      expect(Math.abs(p - (likedPairs[i] ? 0.8 : 0.2))).toBeLessThan(0.25),
    );
  });

  it('is a factorization machine beside a network', async () => {
    const data: ClickData = {
      fields: [oneOf([0, 1, 2, 0], 3), several([[0, 1], [1], [], [2, 0]], 2, 3), numbers([1, 2, NaN, 4])],
      count: 4,
      labels: Uint8Array.of(1, 0, 1, 0),
    };
    const model = await fit(data, { epochs: 2, dims: 2, hidden: [3] });
    // [0 cold, 1.. categories], [4 cold, 5.. of lists], [8 cold, 9 the number].
    const cases = [
      {
        entries: [
          [1, 1, 0],
          [5, Math.SQRT1_2, 1],
          [6, Math.SQRT1_2, 1],
          [9, -1.0690449, 2],
        ] as const,
      },
      {
        entries: [
          [3, 1, 0],
          [4, 1, 1],
          [8, 1, 2],
        ] as const,
      },
    ];
    const probabilities = await asked(model, data);
    [0, 2].forEach((at, i) => expect(probabilities[at]).toBeCloseTo(byHand(model, cases[i]!.entries), 5));
  });

  it('tells the same of a case in any company, and cases by the thousand', async () => {
    const model = await fit(tastes(80, 5), { epochs: 1 });
    const many = tastes(1_100, 9);
    const together = await asked(model, many);
    const last = many.fields.map((field) =>
      field.kind === 'category' ? oneOf([field.rows.at(-1)!], field.categories) : field,
    );
    expect((await asked(model, { fields: last, count: 1 }))[0]).toBeCloseTo(together.at(-1)!, 6);
  });

  it('gives the same model for the same and another for another', async () => {
    const options = { epochs: 2, hide: 0.2, dropout: 0.2 };
    const [one, same, other] = [
      await fit(tastes(80, 5), options),
      await fit(tastes(80, 5), options),
      await fit(tastes(80, 5), { ...options, random: seeded(6) }),
    ];
    expect(same).toEqual(one);
    expect(other.parameters).not.toEqual(one.parameters);
  });

  it('learns cold rows where fields are hidden, and leaves them as they were where not', async () => {
    const data = tastes(80, 5);
    const start = await fit(data, { rate: 0, epochs: 1, hide: 0 });
    const cold = ({ parameters }: DeepFmModel): number => parameters[1]!;
    expect(cold(await fit(data, { epochs: 2, hide: 0 }))).toBe(cold(start));
    expect(cold(await fit(data, { epochs: 2, hide: 0.5 }))).not.toBe(cold(start));
  });

  it('begins with a machine, and refuses one of another size', async () => {
    const data = tastes(80, 5);
    const start = fitFm(data, { dims: 3, epochs: 1, random: seeded(2) });
    const begun = { start, rate: 0, epochs: 1 };
    const { parameters, shape } = await fit(data, { ...begun, dims: start.dims });
    expect([parameters[0], shape.dims]).toEqual([Math.fround(start.bias), 3]);
    expect(parameters.subarray(1, 1 + shape.rows * 4)).toEqual(Float32Array.of(...start.weights, ...start.factors));
    await expect(fit(data, { ...begun, dims: 2 })).rejects.toThrow('a start with factors of 3 for a model of 2');
    await expect(fit(tastes(9, 5), { ...begun, dims: 3 })).rejects.toThrow(/^a start of 16 features for data of \d+$/);
  });

  it('ends where it is told to, and stops on request', async () => {
    const epochs: number[] = [];
    await fit(tastes(80, 5), { onEpoch: ({ epoch }) => Promise.resolve(epochs.push(epoch) < 2) });
    expect(epochs).toEqual([1, 2]);
    await expect(fit(tastes(80, 5), { shouldStop: () => true })).rejects.toThrow(StoppedError);
  });

  it.each(badClicks)('refuses %s', async (_, bad, message) => {
    await expect(fit({ ...fourCases, ...bad })).rejects.toThrow(message);
  });

  it.each([
    [{ hidden: [8, 0] }, /^hidden\[1\] must be a whole number from 1, got 0$/],
    [{ batch: 0 }, /^batch must be a whole number from 1, got 0$/],
    [{ dropout: 1 }, /^dropout must be from 0 to below 1, got 1$/],
    [{ penalty: NaN }, /^penalty must be a number from 0, got NaN$/],
  ])('refuses %j', async (bad, message) => {
    await expect(fit(fourCases, bad)).rejects.toThrow(message);
  });
});

describe('deepFmArtifact', () => {
  const data: ClickData = { ...fourCases, fields: [...fourCases.fields, numbers([1, 2, NaN, 4])] };

  it('says the same when it is read again, under the same digest', async () => {
    const model = await fit(data, { epochs: 1 });
    const bytes = encodeArtifact(deepFmArtifact(model));
    const read = deepFmOf(decodeArtifact(bytes));
    expect(read).toEqual(model);
    expect(await asked(read, data)).toEqual(await asked(model, data));
    expect(artifactDigest(encodeArtifact(deepFmArtifact(read)))).toBe(artifactDigest(bytes));
  });

  it('is not read from an artifact of something else', async () => {
    const artifact = deepFmArtifact(await fit(data, { epochs: 1 }));
    expect(() => deepFmOf({ ...artifact, name: 'ease' })).toThrow('an artifact of ease is no deepfm');
    expect(() => deepFmOf({ ...artifact, arrays: {} })).toThrow('an artifact of deepfm lacks parameters');
  });
});

/** The probability of a case as the paper writes it: entries are row, value and field. */
function byHand({ parameters, shape }: DeepFmModel, entries: readonly (readonly [number, number, number])[]): number {
  const { rows, dims, hidden, slots } = shape;
  const [units] = hidden as [number];
  const numbersAt = (from: number, count: number): number[] => [...parameters.subarray(from, from + count)];
  const factor = (row: number): number[] => numbersAt(1 + rows + row * dims, dims);
  let odds = parameters[0]!;
  entries.forEach(([row, value], at) => {
    odds += parameters[1 + row]! * value;
    for (const [other, x] of entries.slice(at + 1))
      odds += factor(row).reduce((sum, f, d) => sum + f * factor(other)[d]!, 0) * value * x;
  });
  const input = slots.flatMap((_, field) =>
    Array.from({ length: dims }, (__, d) =>
      entries.reduce((sum, [row, value, of]) => sum + (of === field ? factor(row)[d]! * value : 0), 0),
    ),
  );
  const weightsAt = 1 + rows * (1 + dims);
  const biases = numbersAt(weightsAt + input.length * units, units);
  const outputs = biases.map((bias, unit) =>
    Math.max(
      0,
      input.reduce((sum, x, i) => sum + x * parameters[weightsAt + i * units + unit]!, bias),
    ),
  );
  const lastAt = weightsAt + (input.length + 1) * units;
  odds += outputs.reduce((sum, x, unit) => sum + x * parameters[lastAt + unit]!, parameters[lastAt + units]!);
  return 1 / (1 + Math.exp(-odds));
}
