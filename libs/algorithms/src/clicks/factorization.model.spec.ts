import { StoppedError } from '@attune/numeric';
import { normal } from '@attune/training';
import type { ClickCases, ClickData } from '../data/clicks.js';
import { shuffledRows } from '../sequences/shuffled.js';
import {
  clickProbabilities,
  fitFm,
  fitLogisticRegression,
  type FmOptions,
  meanMachine,
} from './factorization.model.js';
import { entriesOf, layoutOf } from './field.layout.js';
import { seeded } from '../testing/seeded.js';
import {
  allPairs,
  badClicks,
  fourCases,
  likedPairs,
  lossOf,
  numbers,
  oneOf,
  several,
  tastes,
} from './testing/click-worlds.js';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Entries of each case as [row, value]. */
function casesOf(data: ClickCases): readonly (readonly (readonly [number, number])[])[] {
  const layout = layoutOf(data);
  const { rows, values } = entriesOf(layout, data);
  return Array.from({ length: data.count }, (_, at) =>
    Array.from({ length: layout.width }, (__, s) => [rows[at * layout.width + s]!, values[at * layout.width + s]!]),
  );
}

/** Log odds as the paper writes them, pair by pair. */
function oddsOf(
  entries: readonly (readonly [number, number])[],
  { bias, weights, factors }: { bias: number; weights: readonly number[]; factors: readonly (readonly number[])[] },
): number {
  let odds = bias;
  entries.forEach(([i, x], at) => {
    odds += weights[i]! * x;
    for (const [j, y] of entries.slice(at + 1))
      odds += factors[i]!.reduce((sum, factor, d) => sum + factor * factors[j]![d]!, 0) * x * y;
  });
  return odds;
}

/** Every step as Adagrad has it, with gradients by differences of the odds. */
function reference(data: ClickData, by: Required<Omit<FmOptions, 'progress' | 'shouldStop' | 'onEpoch' | 'hide'>>) {
  const { dims, epochs, rate, penalty, factorPenalty, deviation, random } = by;
  const { rows } = layoutOf(data);
  const { start } = normal([1], deviation);
  const factors = Array.from({ length: rows }, () => Array.from({ length: dims }, () => start(random)));
  const weights = Array.from({ length: rows }, () => 0);
  const yes = data.labels.reduce((sum, label) => sum + label, 0);
  const model = { bias: Math.log(yes / (data.count - yes)), weights, factors };
  const squares = new Map<string, number>();
  const step = (name: string, gradient: number): number => {
    squares.set(name, (squares.get(name) ?? 1e-8) + gradient ** 2);
    return (rate * gradient) / Math.sqrt(squares.get(name)!);
  };
  const cases = casesOf(data);
  for (let epoch = 0; epoch < epochs; epoch++)
    for (const at of shuffledRows(data.count, random)) {
      const entries = cases[at]!.filter(([, x]) => x !== 0);
      const error = sigmoid(oddsOf(entries, model)) - data.labels[at]!;
      const sums = Array.from({ length: dims }, (_, d) =>
        entries.reduce((sum, [i, x]) => sum + factors[i]![d]! * x, 0),
      );
      model.bias -= step('bias', error);
      for (const [i, x] of entries) {
        weights[i]! -= step(`w${i}`, error * x + penalty * weights[i]!);
        factors[i] = factors[i]!.map(
          (f, d) => f - step(`v${i} ${d}`, error * x * (sums[d]! - f * x) + factorPenalty * f),
        );
      }
    }
  return model;
}

const mixed: ClickData = {
  fields: [
    oneOf([0, 1, 2, 0, -1, 1], 4),
    several([[0, 1], [1], [], [2, 0], [1, 2], [0]], 2, 3),
    numbers([1, 2, NaN, 4, 0, 3]),
  ],
  count: 6,
  labels: Uint8Array.of(1, 0, 1, 1, 0, 0),
};

describe('fitFm', () => {
  const options = { dims: 3, epochs: 4, rate: 0.1, penalty: 0.02, factorPenalty: 0.05, deviation: 0.3 };

  it('does the steps of the paper, and tells what pair by pair comes out', () => {
    const model = fitFm(mixed, { ...options, hide: 0, random: seeded(7) });
    const expected = reference(mixed, { ...options, random: seeded(7) });
    expect(model.bias).toBeCloseTo(expected.bias, 4);
    expected.weights.forEach((weight, row) => expect(model.weights[row]).toBeCloseTo(weight, 4));
    expected.factors.flat().forEach((factor, k) => expect(model.factors[k]).toBeCloseTo(factor, 4));
    casesOf(mixed).forEach((entries, at) =>
      expect(clickProbabilities(model, mixed)[at]).toBeCloseTo(sigmoid(oddsOf(entries, expected)), 4),
    );
  });

  it('learns tastes that logistic regression cannot, with probabilities that hold', () => {
    const data = tastes(2_000, 5);
    const shared = { epochs: 15, random: seeded(3), hide: 0.02 };
    const machine = clickProbabilities(fitFm(data, { ...shared, dims: 4 }), allPairs);
    machine.forEach((p, i) => expect(Math.abs(p - (likedPairs[i] ? 0.8 : 0.2))).toBeLessThan(0.15));
    const regression = clickProbabilities(fitLogisticRegression(data, shared), allPairs);
    for (const p of regression) expect(Math.abs(p - 0.5)).toBeLessThan(0.15);
  });

  it('tells of unknown users what is true of the others', () => {
    const items = Array.from({ length: 2_000 }, (_, i) => i % 6);
    const users = items.map((_, i) => Math.floor(i / 7) % 8);
    const data = {
      fields: [oneOf(users, 10), oneOf(items, 6)],
      count: 2_000,
      labels: Uint8Array.from(items, (i) => 1 - (i % 2)),
    };
    const model = fitFm(data, { dims: 4, epochs: 10, hide: 0.3, random: seeded(3) });
    const strangers = { fields: [oneOf([8, 9, -1, 8], 10), oneOf([0, 0, 0, 1], 6)], count: 4 };
    const [one, other, none, odd] = clickProbabilities(model, strangers);
    expect([other, none]).toEqual([one, one]);
    expect(one).toBeGreaterThan(0.8);
    expect(odd).toBeLessThan(0.2);
  });

  it('gives the same model for the same chance', () => {
    const model = fitFm(mixed, { ...options, random: seeded(7) });
    expect(fitFm(mixed, { ...options, random: seeded(7) })).toEqual(model);
    expect(fitFm(mixed, { ...options, random: seeded(8) })).not.toEqual(model);
  });

  it.each([
    [{ dims: 0 }, /^dims must be a whole number from 1, got 0$/],
    [{ factorPenalty: -1 }, /^factorPenalty must be a number from 0, got -1$/],
    [{ deviation: NaN }, /^deviation must be above 0, got NaN$/],
    [{ deviation: 0 }, /^deviation must be above 0, got 0$/],
    [{ rate: 0 }, /^rate must be above 0, got 0$/],
  ])('refuses %j', (bad, message) => {
    expect(() => fitFm(mixed, { ...bad, random: seeded(1) })).toThrow(message);
  });
});

describe('meanMachine', () => {
  const machines = [1, 2, 3].map((seed) => fitFm(mixed, { dims: 2, random: seeded(seed) }));
  const oddsIn = (model: Parameters<typeof clickProbabilities>[0]): readonly number[] =>
    Array.from(clickProbabilities(model, mixed), (p) => Math.log(p / (1 - p)));

  it('has the mean log odds', () => {
    const all = machines.map(oddsIn);
    const mean = meanMachine(machines);
    expect(mean.dims).toBe(6);
    oddsIn(mean).forEach((odds, at) => expect(odds).toBeCloseTo((all[0]![at]! + all[1]![at]! + all[2]![at]!) / 3, 4));
    expect(oddsIn(meanMachine(machines.slice(0, 1)))).toEqual(all[0]);
  });

  it('refuses none', () => {
    expect(() => meanMachine([])).toThrow('there is no machine to take the mean of');
  });
});

describe('fitLogisticRegression', () => {
  const fit = (options: object) => fitLogisticRegression(tastes(500, 2), { random: seeded(1), ...options });

  it('is sure of nothing, however plain the data are', () => {
    const plain = { ...fourCases, labels: Uint8Array.of(0, 1, 0, 1) };
    const model = fitLogisticRegression(plain, { rate: 100, penalty: 0, epochs: 50, hide: 0, random: seeded(1) });
    const [no, yes] = clickProbabilities(model, plain);
    expect(no! > 0 && no! < 1e-3).toBe(true);
    expect(yes! > 1 - 1e-3 && yes! < 1).toBe(true);
  });

  it('tells the loss of each epoch, and ends where it is told to', () => {
    const told: number[] = [];
    const data = tastes(500, 2);
    let kept: Float32Array = new Float32Array(0);
    const model = fitFm(data, {
      epochs: 9,
      random: seeded(4),
      hide: 0,
      onEpoch: ({ epoch, loss, snapshot }) => {
        told.push(loss);
        if (epoch === 2) kept = clickProbabilities(snapshot(), data);
        return epoch < 3;
      },
    });
    expect(told).toHaveLength(3);
    expect(told[2]).toBeLessThan(told[0]!);
    const loss = lossOf(clickProbabilities(model, data), data.labels);
    expect(loss).toBeLessThan(lossOf(kept, data.labels));
  });

  it('reports its way, and stops on request', () => {
    const steps: number[][] = [];
    fit({ epochs: 3, progress: (done: number, total: number) => steps.push([done, total]) });
    expect(steps).toEqual([0, 500, 1000, 1500].map((done) => [done, 1500]));
    expect(() => fit({ shouldStop: () => true })).toThrow(StoppedError);
  });

  it.each(badClicks)('refuses %s', (_, bad, message) => {
    expect(() => fitLogisticRegression({ ...fourCases, ...bad }, { random: seeded(1) })).toThrow(message);
  });

  it.each([
    [{ epochs: 1.5 }, /^epochs must be a whole number from 1, got 1.5$/],
    [{ rate: Infinity }, /^rate must be above 0, got Infinity$/],
    [{ rate: 0 }, /^rate must be above 0, got 0$/],
    [{ penalty: -1 }, /^penalty must be a number from 0, got -1$/],
    [{ hide: 1 }, /^hide must be from 0 to below 1, got 1$/],
  ])('refuses %j', (bad, message) => {
    expect(() => fit(bad)).toThrow(message);
  });
});
