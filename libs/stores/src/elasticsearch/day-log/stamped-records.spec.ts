import { slateOf, START } from '@attune/testkit';
import { SLATES } from '../../day-log/slate-kind.js';
import { ArrivalStamps, timeOf } from '../../distributed/events/arrival.stamps.js';
import { StampedRecords } from './stamped-records.js';

function open() {
  let now = START;
  const clock = (): number => now;
  const waiting = new StampedRecords(SLATES, { clock, arrivals: new ArrivalStamps(clock, 'aaaa') });
  return { waiting, advance: (ms: number) => void (now += ms) };
}

it('records anew what waited for long, in its order, under its day', () => {
  const { waiting, advance } = open();
  for (const id of ['a', 'b']) waiting.add(slateOf(id));
  advance(2_000);
  waiting.add(slateOf('c'));
  expect(waiting.oldest(9).map(({ recorded }) => timeOf(recorded) - START)).toEqual([0, 0, 2_000]);
  advance(2_000);
  const late = waiting.oldest(9);
  expect(late.map(({ record, at }) => [record.slateId, at - START])).toEqual([
    ['a', 0],
    ['b', 0],
    ['c', 2_000],
  ]);
  expect(late.map(({ recorded }) => timeOf(recorded) - START)).toEqual([4_000, 4_000, 4_000]);
  expect(late.map(({ recorded }) => recorded)).toEqual(late.map(({ recorded }) => recorded).sort());
});

it('keeps what is recorded again while it is written', () => {
  const { waiting } = open();
  for (const id of ['a', 'b']) waiting.add(slateOf(id));
  const batch = waiting.oldest(9);
  waiting.add(slateOf('a', { surface: 'cart' }));
  waiting.done(batch);
  expect([waiting.size, waiting.get('a')?.surface, waiting.get('b')]).toEqual([1, 'cart', undefined]);
});
