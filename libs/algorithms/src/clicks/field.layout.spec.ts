import { entriesOf, layoutOf } from './field.layout.js';
import { numbers, oneOf, several } from './testing/click-worlds.js';

const learned = {
  fields: [oneOf([3, 1, 3], 5), several([[0, 2], [2], []], 2, 4), numbers([2, NaN, 6])],
  count: 3,
};
const layout = layoutOf(learned);
const told = (fields: Parameters<typeof entriesOf>[1]['fields'], count: number) => {
  const { rows, values } = entriesOf(layout, { fields, count });
  return { rows: [...rows], values: [...values].map((value) => Number(value.toFixed(4))) };
};

describe('layoutOf', () => {
  it('gives each field a cold row, and a row to each category that is there, in the order in which they come', () => {
    expect([layout.rows, layout.width]).toEqual([8, 4]);
    const [category, list, number] = layout.fields;
    expect(category).toEqual({ cold: 0, slots: 1, places: Int32Array.of(0, 2, 0, 1, 0), mean: 0, deviation: 1 });
    expect(list).toEqual({ cold: 3, slots: 2, places: Int32Array.of(4, 3, 5, 3), mean: 0, deviation: 1 });
    expect(number).toEqual({ cold: 6, slots: 1, places: undefined, mean: 4, deviation: 2 });
  });

  it('takes numbers that are all alike, and none', () => {
    const flat = layoutOf({ fields: [numbers([5, 5]), numbers([NaN, NaN])], count: 2 });
    expect(flat.fields.map(({ mean, deviation }) => [mean, deviation])).toEqual([
      [5, 1],
      [0, 1],
    ]);
  });
});

describe('entriesOf', () => {
  it('counts one category 1, k of them 1/√k each, and numbers in deviations', () => {
    expect(told(learned.fields, 3)).toEqual({
      rows: [1, 4, 5, 7, 2, 5, 3, 6, 1, 3, 3, 7],
      values: [1, 0.7071, 0.7071, -1, 1, 1, 0, 1, 1, 1, 0, 1],
    });
  });

  it('tells what was not learned from by the cold rows, known categories beside it apart', () => {
    const fields = [
      oneOf([0, -1], 5),
      several(
        [
          [1, 0],
          [3, 1],
        ],
        2,
        4,
      ),
      numbers([NaN, 3]),
    ];
    expect(told(fields, 2)).toEqual({ rows: [0, 4, 3, 6, 0, 3, 3, 7], values: [1, 1, 0, 1, 1, 1, 0, -0.5] });
  });

  it('counts a category once, however often it is there', () => {
    const fields = [oneOf([1], 5), several([[2, 2]], 2, 4), numbers([4])];
    expect(told(fields, 1)).toEqual({ rows: [2, 5, 3, 7], values: [1, 1, 0, 0] });
  });

  it('takes categories beyond those of the vocabulary that was learned from', () => {
    const fields = [oneOf([8], 9), several([[7]], 2, 8), numbers([4])];
    expect(told(fields, 1)).toEqual({ rows: [0, 3, 3, 7], values: [1, 1, 0, 0] });
  });

  it('holds numbers within ten deviations', () => {
    const fields = [oneOf([0, 0, 0], 5), several([[0], [0], [0]], 2, 4), numbers([9.99e20, -3e38, 23])];
    expect(told(fields, 3).values.filter((_, at) => at % 4 === 3)).toEqual([10, -10, 9.5]);
  });

  it.each([
    ['fewer fields', [oneOf([0], 5)], /^1 fields for a model of 3$/],
    ['a number for a category', [numbers([0]), several([[0]], 2, 4), numbers([0])], /^field 0 is not of the kind/],
    ['other slots', [oneOf([0], 5), oneOf([0], 4), numbers([0])], /^field 1 is not of the kind/],
  ])('refuses %s', (_, fields, message) => {
    expect(() => entriesOf(layout, { fields, count: 1 })).toThrow(message);
  });
});
