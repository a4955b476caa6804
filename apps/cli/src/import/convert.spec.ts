import fc from 'fast-check';
import { convert } from './convert.js';
import type { FieldKind } from './target.js';

const how = { decimal: '.' as const };
const read = (cell: unknown, kind: FieldKind, more: object = {}): unknown => convert(cell, kind, { ...how, ...more });

describe('a cell as a value', () => {
  it.each<[unknown, FieldKind, unknown, object?]>([
    [' Mug ', 'text', 'Mug'],
    [7n, 'text', '7'],
    ['12.50', 'number', 12.5],
    ['1,234.5', 'number', 1234.5],
    ['1.234,5', 'number', 1234.5, { decimal: ',' }],
    ['-3e2', 'number', -300],
    [9n, 'number', 9],
    ['4', 'integer', 4],
    ['Yes', 'boolean', true],
    ['0', 'boolean', false],
    [true, 'scalar', true],
    [1.5, 'scalar', 1.5],
    ['1.5', 'scalar', '1.5'],
    ['a| b ||c', 'list', ['a', 'b', 'c']],
    ['a > b', 'list', ['a', 'b'], { split: ' > ' }],
    [['a', 'b'], 'list', ['a', 'b']],
    ['2026-11-21', 'date', '2026-11-21T00:00:00.000Z'],
    ['2026-11-21 09:30', 'date', '2026-11-21T09:30:00.000Z'],
    ['2026-11-21T09:30:00+0200', 'date', '2026-11-21T07:30:00.000Z'],
    [new Date(0), 'date', '1970-01-01T00:00:00.000Z'],
    ['1382659200', 'unix-seconds', '2013-10-25T00:00:00.000Z'],
    [1382659200000, 'unix-milliseconds', '2013-10-25T00:00:00.000Z'],
    ['abcdef', 'text', 'abc', { cut: 3 }],
    ['a😀b', 'text', 'a', { cut: 2 }],
  ])('%p as %s is %p', (...[cell, kind, value, more]) => {
    expect(read(cell, kind, more)).toEqual(value);
  });

  it.each(['', '  ', null, undefined])('%p is empty', (cell) => {
    expect(read(cell, 'number')).toBeUndefined();
  });

  it.each<[unknown, FieldKind, string]>([
    ['12,5', 'number', "'12,5' is no number"],
    ['.', 'number', 'no number'],
    ['0x10', 'number', 'no number'],
    ['NaN', 'number', 'no number'],
    ['1e999', 'number', 'no number'],
    ['1.5', 'integer', 'no whole number'],
    ['maybe', 'boolean', 'neither true nor false'],
    ['21/11/2026', 'date', 'no date'],
    ['2026-13-40', 'date', 'no date'],
    [{ a: 1 }, 'text', 'no text'],
  ])('%p as %s is refused', (cell, kind, told) => {
    expect(() => read(cell, kind)).toThrow(told);
  });

  it('reads back every number and moment it is given', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) =>
        Object.is(read(String(n), 'number'), Number(String(n))),
      ),
    );
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true }),
        (d) => read(d.toISOString(), 'date') === d.toISOString(),
      ),
    );
  });
});
