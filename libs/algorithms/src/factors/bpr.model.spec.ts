import { Csr, StoppedError } from '@attune/numeric';
import { bprInterests, fitBpr } from './bpr.model.js';

/** Numbers in [0, 1) that follow from the seed: a linear congruence. */
function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
}

/** 60 users × 12 items: users have three of the four items of their taste, and all have item 0. */
const lists = Array.from({ length: 60 }, (_, user) => {
  const own = [0, 1, 2, 3].map((k) => (user % 3) + 3 * k).filter((_, k) => k !== Math.floor(user / 3) % 4);
  return [...new Set([0, ...own])];
});
const matrix = Csr.fromTriplets({ rows: lists.flatMap((l, u) => l.map(() => u)), cols: lists.flat() }, 60, 12);
const options = { dims: 8, passes: 60, rate: 0.1, lambda: 0.005 };

describe('BPR', () => {
  it('learns tastes that a new user is folded into', () => {
    const model = fitBpr(matrix, { ...options, random: chance(1) });
    const interests = bprInterests(model, { rows: [1, 4] }, { rate: 0.1 });
    const order = [...interests.keys()].sort((a, b) => interests[b]! - interests[a]!);
    const unseen = order.filter((item) => ![0, 1, 4].includes(item));
    expect(unseen.slice(0, 2).sort((a, b) => a - b)).toEqual([7, 10]);
    expect(Math.max(...model.biases)).toBe(model.biases[0]);
  });

  it('gives the same for the same numbers, other factors for others', () => {
    const [first, again, other] = [1, 1, 2].map((seed) => fitBpr(matrix, { ...options, random: chance(seed) }));
    expect(first).toEqual(again);
    expect(first!.factors).not.toEqual(other!.factors);
    expect(bprInterests(first!, { rows: [2, 5] })).toEqual(bprInterests(again!, { rows: [2, 5] }));
  });

  it('is one step of gradient ascent at a time', () => {
    // One user with item 0 of two: each step compares 0 with 1. Draws: 2 + 4 factors, then entry and item of each step.
    const draws = [0.9, 0.2, 0.7, 0.4, 0.3, 0.8, 0, 0.6];
    const start = draws.slice(0, 6).map((x) => 0.1 * (x - 0.5));
    const tiny = Csr.fromTriplets({ rows: [0], cols: [0] }, 1, 2);
    const model = fitBpr(tiny, { dims: 2, passes: 1, rate: 0.5, lambda: 0.2, random: () => draws.shift() ?? 0 });
    const [w, good, bad] = [start.slice(0, 2), start.slice(2, 4), start.slice(4)];
    const lead = w[0]! * (good[0]! - bad[0]!) + w[1]! * (good[1]! - bad[1]!);
    const slope = 0.5 / (1 + Math.exp(lead));
    const expected = [...good.map((x, d) => 0.9 * x + slope * w[d]!), ...bad.map((x, d) => 0.9 * x - slope * w[d]!)];
    expected.forEach((x, at) => expect(model.factors[at]).toBeCloseTo(x, 6));
    expect([...model.biases]).toEqual([Math.fround(slope), -Math.fround(slope)]);
  });

  it('falls back to the biases, and skips what it does not know', () => {
    const model = fitBpr(matrix, { ...options, random: chance(3) });
    expect(bprInterests(model, { rows: [] })).toEqual(model.biases);
    expect(bprInterests(model, { rows: [-1, 12] })).toEqual(model.biases);
    expect(bprInterests(model, { rows: [1, -1] })).toEqual(bprInterests(model, { rows: [1] }));
  });

  it('takes a log without entries, and a user who has everything', () => {
    const none = fitBpr(Csr.fromTriplets({ rows: [], cols: [] }, 3, 2), { dims: 2, random: chance(1) });
    expect([...none.biases]).toEqual([0, 0]);
    const all = fitBpr(Csr.fromTriplets({ rows: [0, 0], cols: [0, 1] }, 1, 2), { dims: 2, random: chance(1) });
    expect([...all.biases]).toEqual([0, 0]);
  });

  it('reports, stops and refuses bad options', () => {
    const seen: number[] = [];
    const random = chance(1);
    fitBpr(matrix, { ...options, random, progress: (done) => seen.push(done) });
    expect(seen).toEqual([0, 60 * matrix.entries]);
    expect(() => fitBpr(matrix, { random, shouldStop: () => true })).toThrow(StoppedError);
    for (const [bad, message] of [
      [{ dims: 0 }, 'dims must be >= 1, got 0'],
      [{ rate: 0 }, 'rate must be above 0, got 0'],
      [{ lambda: -1 }, 'lambda must be >= 0, got -1'],
      [{ passes: 0.5 }, 'passes must be >= 1, got 0.5'],
    ] as const)
      expect(() => fitBpr(matrix, { random, ...bad })).toThrow(new RangeError(message));
    const single = Csr.fromTriplets({ rows: [0], cols: [0] }, 1, 1);
    expect(() => fitBpr(single, { random })).toThrow('BPR compares items: 1 are too few');
  });
});
