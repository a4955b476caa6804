import { TopRows } from './top-rows.builder.js';

describe('TopRows', () => {
  it('keeps the best of each row above 0, in order of columns', () => {
    const rows = new TopRows(3, 5, 2);
    const scores = [0.5, 3, -1, 3, 4];
    rows.add(Int32Array.of(0, 1, 2, 3, 4), (column) => scores[column]!);
    rows.add(Int32Array.of(), () => 1);
    rows.add(Int32Array.of(2, 4), (column) => (column === 2 ? 0 : 7));
    const matrix = rows.build();
    expect([...matrix.indptr]).toEqual([0, 2, 2, 3]);
    // Of columns 1 and 3, which are equal, the lower stays.
    expect([...matrix.indices]).toEqual([1, 4, 4]);
    expect([...matrix.values]).toEqual([3, 4, 7]);
  });

  it('grows beyond its first room', () => {
    const rows = new TopRows(100, 100, 100);
    const columns = Int32Array.from({ length: 100 }, (_, column) => column);
    for (let row = 0; row < 100; row++) rows.add(columns, (column) => row * 100 + column + 1);
    const matrix = rows.build();
    expect([...matrix.values]).toEqual(Array.from({ length: 10_000 }, (_, at) => at + 1));
  });

  it('refuses a matrix with rows missing, and to keep nothing', () => {
    expect(() => new TopRows(2, 2, 1).build()).toThrow('0 of 2 rows were written');
    expect(() => new TopRows(2, 2, 0)).toThrow(new RangeError('neighbors must be >= 1, got 0'));
  });
});
