import { ArrivalStamps, arrivalOf, timeOf } from './arrival.stamps.js';

describe('ArrivalStamps', () => {
  it('ascend, whatever the clock does, and know their time', () => {
    const times = [1_000, 1_000, 990, 1_001, 2, 1_790_000_000_000, 1_790_000_000_000];
    const stamps = new ArrivalStamps(() => times.shift() ?? 0, 'aaaaaaaa');
    const given = Array.from({ length: 7 }, () => stamps.next());
    expect(given).toEqual([...given].sort());
    expect(new Set(given).size).toBe(7);
    expect(given.map(timeOf)).toEqual([1_000, 1_000, 1_000, 1_001, 1_001, 1_790_000_000_000, 1_790_000_000_000]);
    expect(arrivalOf(1_000) < given[0]! && given[2]! < arrivalOf(1_001)).toBe(true);
  });

  it('go on ascending when a millisecond has more than they count', () => {
    const stamps = new ArrivalStamps(() => 5, 'aaaaaaaa');
    let last = stamps.next();
    for (let n = 0; n < 36 ** 4 + 2; n++) {
      const next = stamps.next();
      if (next <= last) throw new Error(`${next} after ${last}`);
      last = next;
    }
    expect([timeOf(last), last.length]).toEqual([6, 21]);
  });

  it('of another process may be from before, however its clock goes', () => {
    const [mine, other] = ['aaaaaaaa', 'bbbbbbbb'].map((process, n) => new ArrivalStamps(() => n * 1_000, process));
    const [before, mark, after] = [mine!.next(), mine!.next(), mine!.next()];
    expect([before, after, other!.next()].map((arrival) => mine!.mayPrecede(arrival, mark))).toEqual([
      true,
      false,
      true,
    ]);
  });
});
