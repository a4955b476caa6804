import { ManualClock } from '@attune/testkit';
import { scratchFolder } from '../testing/scratch-stores.js';
import type { JobRequest } from './job.js';
import { reconcile, type ReconcileParts } from './reconcile.js';
import { openQueue } from './testing/open-queue.js';

const MINUTE = 60_000;
const DONE = { ok: 1, failed: 0, errors: [] };

let clock: ManualClock;
let jobs: Awaited<ReturnType<typeof openQueue>>;
let close: () => Promise<void>;
/** What was asked of the queue, as it began. */
let ran: JobRequest[];
let isBroken: boolean;
let missing: Record<string, number>;
let pending: string[];
/** Where work waits, set: what lets it go on. */
let hold: Promise<void> | undefined;
let reads: number;
let warnings: string[];
let stops: (() => void)[];

beforeEach(async () => {
  [clock, ran, missing, pending, warnings, stops] = [
    new ManualClock(1_000_000),
    [],
    { text: 0, image: 0, further: 0 },
    [],
    [],
    [],
  ];
  [isBroken, hold, reads] = [false, undefined, 0];
  const { folder, remove } = await scratchFolder();
  jobs = await openQueue({
    folder,
    clock,
    work: async ({ request }) => {
      ran.push(request);
      await hold;
      if (isBroken) throw new Error('broken');
      return DONE;
    },
  });
  close = async () => {
    for (const stop of stops) stop();
    await jobs.close();
    await remove();
  };
});
afterEach(() => close());

/** As a process does that begins now. */
function begin(parts: Partial<ReconcileParts> = {}): ReturnType<typeof reconcile> {
  const items = {
    countWithoutVector: (space: string) => {
      reads++;
      return Promise.resolve(missing[space]!);
    },
  };
  const erasures = { userIds: () => Promise.resolve(pending) };
  const fills = [
    { type: 'embed', filled: () => Promise.resolve([{ id: 'text' }, { id: 'image' }]) },
    { type: 'backfill', filled: () => Promise.resolve([{ id: 'further' }]) },
  ] as const;
  const all = { jobs, items, fills, erasures, clock, warn: (line: string) => warnings.push(line) };
  const due = reconcile({ ...all, ...parts });
  stops.push(due.stop);
  // What fails from here on failed after it began.
  clock.advance(1);
  return due;
}

const settled = async (): Promise<void> => {
  for (const { id } of await jobs.list()) await jobs.ended(id);
};
/** Looks, and waits for the jobs; what ran. */
async function looked({ look }: Pick<ReturnType<typeof begin>, 'look'>): Promise<readonly JobRequest[]> {
  await look();
  await settled();
  return ran.splice(0);
}

it('enqueues what the stores show that there is to do, and nothing else', async () => {
  const due = begin();
  expect(await looked(due)).toEqual([]);
  missing['image'] = 1;
  expect(await looked(due)).toEqual([{ type: 'embed' }]);
  missing['image'] = 0;
  missing['further'] = 1;
  expect(await looked(due)).toEqual([{ type: 'backfill' }]);
  missing['further'] = 0;
  pending = ['ann', 'bob'];
  expect(await looked(due)).toEqual(pending.map((userId) => ({ type: 'erase', userId })));
});

it('enqueues nothing twice: while jobs of the type have not ended, and where looks overlap', async () => {
  [missing, pending] = [{ text: 1, image: 1, further: 0 }, ['ann']];
  let release: () => void = () => undefined;
  hold = new Promise((resolve) => (release = resolve));
  const due = begin();
  await Promise.all([due.look(), due.look(), due.look()]);
  expect(reads).toBe(3);
  await begin().look();
  await due.look();
  expect((await jobs.list()).map(({ type }) => type).sort()).toEqual(['embed', 'erase']);
  release();
  await settled();
  expect(ran.splice(0)).toHaveLength(2);
  expect(await looked(due)).toHaveLength(2);
});

/** Minutes after which something ran, looking every minute for `minutes`. */
async function minutesOf(due: ReturnType<typeof begin>, minutes: number): Promise<readonly number[]> {
  const at: number[] = [];
  for (let minute = 0; minute <= minutes; minute++) {
    if ((await looked(due)).length > 0) at.push(minute);
    clock.advance(MINUTE);
  }
  return at;
}

it('tries what fails after one minute, two, four, up to an hour, and from the beginning once it succeeds', async () => {
  [isBroken, missing['text']] = [true, 1];
  const due = begin();
  expect(await minutesOf(due, 250)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
  isBroken = false;
  expect(await looked(due)).toEqual([]);
  expect(await minutesOf(due, 60)).toContain(52);
  clock.advance(1);
  isBroken = true;
  expect(await minutesOf(due, 10)).toEqual([0, 1, 3, 7]);
});

it('takes many that fail together for one failure, of that type only', async () => {
  [isBroken, pending] = [true, Array.from({ length: 30 }, (_, n) => `u${n}`)];
  const due = begin();
  expect(await looked(due)).toHaveLength(30);
  missing['text'] = 1;
  expect(await looked(due)).toEqual([{ type: 'embed' }]);
  clock.advance(MINUTE - 1);
  expect(await looked(due)).toEqual([]);
  clock.advance(1);
  expect(await looked(due)).toHaveLength(31);
});

it('shares its patience with other processes, and has none when it begins', async () => {
  [isBroken, missing['text']] = [true, 1];
  const [one, other] = [begin(), begin()];
  expect(await looked(one)).toHaveLength(1);
  expect(await looked(other)).toEqual([]);
  clock.advance(MINUTE);
  expect(await looked(other)).toHaveLength(1);
  clock.advance(MINUTE);
  expect(await looked(one)).toEqual([]);
  expect(await looked(begin())).toHaveLength(1);
});

describe('by itself', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('looks every minute, also after a look that failed, and says so; not once it is stopped', async () => {
    let looks = 0;
    const enqueue = () => Promise.reject(new Error('never'));
    const list = () => (++looks, Promise.reject(new Error('gone')));
    const due = begin({ jobs: { enqueue, list } });
    await expect(due.look()).rejects.toThrow('gone');
    await jest.advanceTimersByTimeAsync(2 * MINUTE);
    expect([looks, warnings]).toEqual([3, [expect.stringMatching(/gone$/), expect.stringMatching(/gone$/)]]);
    jest.advanceTimersByTime(MINUTE);
    due.stop();
    await jest.advanceTimersByTimeAsync(10 * MINUTE);
    expect([looks, warnings.length]).toEqual([4, 2]);
  });
});
