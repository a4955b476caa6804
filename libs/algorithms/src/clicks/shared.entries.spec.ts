import { seeded } from '../testing/seeded.js';
import { fitFm } from './factorization.model.js';
import { oddsWithoutBias } from './factorization.kernel.js';
import { entriesOf } from './field.layout.js';
import { eachOdds, splitShared } from './shared.entries.js';
import { numbers, oneOf, several } from './testing/click-worlds.js';

const data = {
  fields: [
    oneOf([0, 1, 0, 1, 2, 1], 3),
    several([[0, 1], [1], [], [2, 0], [1, 2], [0]], 2, 3),
    numbers([1, 2, NaN, 4, 0, 3]),
    oneOf([0, 1, 2, 0, 1, 2], 3),
  ],
  count: 6,
  labels: Uint8Array.of(1, 0, 1, 1, 0, 0),
};
const model = fitFm(data, { dims: 3, epochs: 3, deviation: 1, random: seeded(2) });

it.each([
  [
    'some fields alike',
    [
      oneOf([1, 1, 1], 3),
      several(
        [
          [2, 0],
          [2, 0],
          [2, 0],
        ],
        2,
        3,
      ),
      numbers([3, 3, 3]),
      oneOf([0, 1, 2], 3),
    ],
    2,
  ],
  [
    'an empty slot alike',
    [oneOf([1, 1, 0], 3), several([[2], [2], [2]], 2, 3), numbers([3, NaN, 1]), oneOf([0, 1, 2], 3)],
    3,
  ],
  ['all alike', [oneOf([1, 1, 1], 3), several([[], [], []], 2, 3), numbers([3, 3, 3]), oneOf([1, 1, 1], 3)], 0],
  ['one case', [oneOf([1], 3), several([[0, 1]], 2, 3), numbers([NaN]), oneOf([2], 3)], 0],
  ['no case', [oneOf([], 3), several([], 2, 3), numbers([]), oneOf([], 3)], 5],
] as const)('gives the odds of a machine, of cases with %s', (_, fields, most) => {
  const count = (fields[3] as { rows: Int32Array }).rows.length;
  const { width } = model.layout;
  const entries = entriesOf(model.layout, { fields: [...fields], count });
  const split = splitShared(entries, width);
  expect(split.own.width).toBeLessThanOrEqual(most);
  const told: number[] = [];
  eachOdds(model, split, count, (odds, at) => (told[at] = odds));
  expect(told).toHaveLength(count);
  const scratch = { ...entries, sums: new Float64Array(model.dims) };
  told.forEach((odds, at) =>
    expect(odds).toBeCloseTo(oddsWithoutBias(model, scratch, at * width, (at + 1) * width), 10),
  );
});
