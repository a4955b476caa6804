import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { INSTRUCTION_TASKS, type InstructionLine } from '@attune/language';
import type { StoredEvent } from '@attune/sdk';
import { JobResults } from '@attune/stores';
import type { JobRequestOf } from '../jobs/job.js';
import { item, openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { exportInstructions } from './export-instructions.js';

const REQUEST: JobRequestOf<'instructions'> = {
  ...{ type: 'instructions', tasks: [...INSTRUCTION_TASKS], limitPerTask: 1000, heldOutShare: 0.2, seed: 42 },
};
const DAYS = 30;
const day = (number: number): string => new Date(Date.UTC(2026, 9, 1 + number, 10, 17, 23)).toISOString();
const buy = (who: Partial<StoredEvent>, itemId: string, number: number): StoredEvent =>
  ({
    id: `${JSON.stringify(who)} ${itemId} ${number}`,
    type: 'purchase',
    ...who,
    itemId,
    at: day(number),
  }) as StoredEvent;

/** Each buys something on every day; what `no-consent` and `going` buy nobody else does. */
const PEOPLE = ['ann@example.com', 'bob-4711', 'no-consent', 'going'];
const boughtBy = (user: string, number: number): string =>
  ['no-consent', 'going'].includes(user) ? `only-${user}` : `thing-${(number * 7 + user.length) % 12}`;

let scratch: ScratchStores;
let results: JobResults;
let jobs = 0;
beforeAll(async () => {
  scratch = await openScratchStores();
  const { stores, folder } = scratch;
  const things = Array.from({ length: 12 }, (_, i) =>
    item(`thing-${i}`, i === 3 ? 'Thing of ann@example.com' : `Thing ${i}`),
  );
  await stores.items.upsert([
    ...things,
    item('only-no-consent', 'Refused'),
    item('only-going', 'Going'),
    item('only-visitor', 'Visited'),
  ]);
  for (let number = 0; number < DAYS; number++) {
    await stores.events.append(PEOPLE.map((userId) => buy({ userId }, boughtBy(userId, number), number)));
    await stores.events.append([buy({ anonymousId: 'visitor' }, 'only-visitor', number)]);
  }
  await stores.users.upsert([{ id: 'no-consent', consent: { profiling: false } }]);
  await stores.erasures.add('going');
  results = await JobResults.open(join(folder, 'results'));
});
afterAll(() => scratch.close());

interface Exported {
  readonly lines: readonly (InstructionLine & { readonly userId: string })[];
  readonly text: string;
  readonly progress: readonly (readonly [number, number])[];
}
async function exported(
  changes: Partial<typeof REQUEST> = {},
  signal = new AbortController().signal,
): Promise<Exported> {
  const id = `job-${++jobs}`;
  const progress: (readonly [number, number])[] = [];
  const told = (done: number, total: number): void => void progress.push([done, total]);
  const request = { ...REQUEST, ...changes };
  await exportInstructions(
    { stores: scratch.stores },
    { id, request, signal, progress: told, result: results.create(id) },
  );
  await results.commit(id);
  const all = await text((await results.get(id))!.stream());
  return {
    text: all,
    progress,
    lines: all
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Exported['lines'][number]),
  };
}

describe('the export of instruction data', () => {
  it('tells of users who may be told of alone; who refuses or is being erased counts for nothing', async () => {
    const { lines, text: all } = await exported();
    expect([...new Set(lines.map(({ userId }) => userId))].sort()).toEqual(['ann@example.com', 'bob-4711']);
    expect(all).not.toMatch(/Refused|Going/);
    // Visitors count for what is popular.
    expect(all).toContain('Visited');
  });

  it('has lines of every task that the shop has events for, of both splits, split by time', async () => {
    const { lines } = await exported();
    expect([...new Set(lines.map(({ task }) => task))]).toEqual(['purchase', 'next-item', 'ranking']);
    const [train, held] = (['train', 'held-out'] as const).map((split) =>
      lines
        .filter((line) => line.split === split)
        .map(({ at }) => at)
        .sort(),
    );
    expect(train!.length).toBeGreaterThan(50);
    expect(held!.length).toBeGreaterThan(10);
    expect(train!.at(-1)! < held![0]!).toBe(true);
  });

  it('has neither personal data nor exact times', async () => {
    const { lines } = await exported();
    for (const { userId: _kept, ...line } of lines) {
      const told = JSON.stringify(line);
      expect(told).not.toMatch(/@|4711|thing-|10:17/);
      expect(line.at).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
    expect(JSON.stringify(lines)).toContain('Thing of [email]');
  });

  it('is the same for the same seed, and says how far it is', async () => {
    const [first, again] = [await exported(), await exported()];
    expect(again.text).toBe(first.text);
    expect((await exported({ seed: 1 })).text).not.toBe(first.text);
    const [done, total] = first.progress.at(-1)!;
    expect([done, first.progress[0]]).toEqual([total, [0, total]]);
  });

  it('keeps to tasks and limits', async () => {
    const { lines } = await exported({ tasks: ['ranking'], limitPerTask: 5 });
    expect(lines.map(({ task }) => task)).toEqual(Array.from({ length: 5 }, () => 'ranking'));
  });

  it('is forgotten with its user', async () => {
    await exported();
    expect(await results.forget(['bob-4711'])).toBeGreaterThan(50);
    const all = await text((await results.get(`job-${jobs}`))!.stream());
    expect(all).not.toContain('bob-4711');
    expect(all).toContain('ann@example.com');
  });

  it('stops when it is canceled', async () => {
    await expect(exported({}, AbortSignal.abort(new Error('canceled')))).rejects.toThrow('canceled');
  });

  it('fails where nobody did anything twice', async () => {
    const empty = await openScratchStores();
    await empty.stores.events.append([buy({ userId: 'ann' }, 'thing-1', 1)]);
    const run = { id: 'job', request: REQUEST, signal: new AbortController().signal, progress: () => undefined };
    const failing = exportInstructions({ stores: empty.stores }, { ...run, result: results.create('job') });
    await expect(failing).rejects.toThrow('nothing to make examples of');
    await empty.close();
  });
});
