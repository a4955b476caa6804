import { Scratch } from '../fixtures/scratch.js';
import { ChangeLog, type Present } from './change.log.js';
import { DurableLog } from './log/durable-log.js';

const scratch = new Scratch();
const opened: ChangeLog[] = [];
afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  await scratch.clear();
});

const many = (size: number): object[] => Array.from({ length: size }, (_, i) => ({ i }));
const present = (size: number): Present => ({ size, records: () => many(size) });

async function open(folder: string, size: number): Promise<ChangeLog<DurableLog>> {
  const openLog = (onRecord: (record: unknown) => void): Promise<DurableLog> =>
    DurableLog.open(folder, { onRecord, warn: () => undefined });
  const changes = await ChangeLog.open(openLog, () => undefined, present(size));
  opened.push(changes);
  return changes;
}

async function recordsIn({ log }: ChangeLog<DurableLog>): Promise<number> {
  let records = 0;
  for await (const { texts } of log.read()) records += texts.length;
  return records;
}

it('is written anew at opening where more than half is of the past', async () => {
  const folder = await scratch.folder();
  const first = await open(folder, 0);
  await first.append(many(10));
  await first.close();
  const half = await open(folder, 5);
  expect(await recordsIn(half)).toBe(10);
  await half.append(many(1));
  await half.close();
  expect(await recordsIn(await open(folder, 5))).toBe(5);
});

it('is written anew in use where that is 10,000 records more, and no sooner', async () => {
  const changes = await open(await scratch.folder(), 0);
  await changes.append(many(10_010));
  await changes.tidy(present(5));
  expect(await recordsIn(changes)).toBe(10_010);
  await changes.append(many(1));
  await changes.tidy(present(5));
  expect(await recordsIn(changes)).toBe(5);
});

it('goes on with the old records where it cannot be written anew, and does not try again at once', async () => {
  const changes = await open(await scratch.folder(), 0);
  await changes.append(many(10_011));
  await changes.tidy({
    size: 5,
    *records() {
      yield {};
      throw new Error('no space');
    },
  });
  await changes.append(many(1));
  await changes.tidy(present(5));
  expect(await recordsIn(changes)).toBe(10_012);
});
