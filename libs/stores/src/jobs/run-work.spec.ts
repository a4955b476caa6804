import type { JobOutcome, JobPart, JobRun, SplitWork } from '@attune/sdk';
import { joinedOutcome, MOST_ERRORS, runWork } from './run-work.js';

interface Request {
  readonly type: 'embed';
}

let steps: string[];
let abort: AbortController;
const run = (): JobRun<Request> => ({
  id: 'job-1',
  request: { type: 'embed' },
  signal: abort.signal,
  progress: (done, total) => void steps.push(`${done}/${total}`),
  result: { json: () => Promise.resolve(), line: () => Promise.resolve() },
});
beforeEach(() => ([steps, abort] = [[], new AbortController()]));

const outcome = (ok: number, ...errors: readonly string[]): JobOutcome => ({ ok, failed: errors.length, errors });
const numbered = (count: number): JobPart[] => Array.from({ length: count }, (_, n) => ({ n: `${n}` }));

/** Work that tells what of it was done. */
function split(parts: readonly JobPart[], part: SplitWork<Request>['part'], size = parts.length): SplitWork<Request> {
  return {
    size: ({ request }) => (steps.push(`size of ${request.type}`), Promise.resolve(size)),
    async *plan({ signal }) {
      expect(signal).toBe(abort.signal);
      yield* parts;
    },
    part: async (each, given) => {
      steps.push(`part ${String(each['n'])}`);
      return await part(each, given);
    },
    end: ({ request }) => (steps.push(`end of ${request.type}`), Promise.resolve()),
  };
}

it('does whole work as it is', async () => {
  const given = run();
  const asked: unknown[] = [];
  const embed = (each: JobRun<Request>): Promise<JobOutcome> => (asked.push(each), Promise.resolve(outcome(3, 'no')));
  expect(await runWork({ embed }, given)).toEqual(outcome(3, 'no'));
  expect(asked).toEqual([given]);
});

it('does part after part, says after each how far it is, and ends once', async () => {
  const embed = split(numbered(3), ({ n }) => Promise.resolve(n === '1' ? outcome(1, 'b: no') : outcome(2)), 6);
  expect(await runWork({ embed }, run())).toEqual(outcome(5, 'b: no'));
  expect(steps).toEqual(['size of embed', 'part 0', '2/6', 'part 1', '4/6', 'part 2', '6/6', 'end of embed']);
});

it('goes past its size where there is more by the time it is done, and ends where there is nothing', async () => {
  await runWork({ embed: split(numbered(2), () => Promise.resolve(outcome(2)), 3) }, run());
  expect(steps.filter((step) => step.includes('/'))).toEqual(['2/3', '4/4']);
  steps = [];
  expect(await runWork({ embed: split([], () => Promise.reject(new Error('none'))) }, run())).toEqual(outcome(0));
  expect(steps).toEqual(['size of embed', 'end of embed']);
});

it('needs no end', async () => {
  const { size, plan, part } = split(numbered(1), () => Promise.resolve(outcome(1)));
  expect(await runWork({ embed: { size, plan, part } }, run())).toEqual(outcome(1));
});

it('stops between parts once it is aborted, and does not end it', async () => {
  const embed = split(numbered(3), ({ n }) => {
    if (n === '1') abort.abort(new Error('canceled'));
    return Promise.resolve(outcome(1));
  });
  await expect(runWork({ embed }, run())).rejects.toThrow('canceled');
  expect(steps).toEqual(['size of embed', 'part 0', '1/3', 'part 1', '2/3']);
});

it('begins no part of what was aborted before', async () => {
  abort.abort(new Error('canceled'));
  await expect(runWork({ embed: split(numbered(3), () => Promise.resolve(outcome(1))) }, run())).rejects.toThrow(
    'canceled',
  );
  expect(steps).toEqual(['size of embed']);
});

it('fails with the part that throws, lets go of the plan, and does not end', async () => {
  let isLetGo = false;
  const embed = split(numbered(3), ({ n }) =>
    n === '1' ? Promise.reject(new Error('gone')) : Promise.resolve(outcome(1)),
  );
  const plan: SplitWork<Request>['plan'] = async function* () {
    try {
      yield* numbered(3);
    } finally {
      isLetGo = true;
    }
  };
  await expect(runWork({ embed: { ...embed, plan } }, run())).rejects.toThrow('gone');
  expect([isLetGo, steps]).toEqual([true, ['size of embed', 'part 0', '1/3', 'part 1']]);
});

it('counts all that failed, and tells of the first', async () => {
  const errors = (from: number): string[] => Array.from({ length: 15 }, (_, n) => `error ${from + n}`);
  const embed = split(numbered(3), ({ n }) => Promise.resolve(outcome(0, ...errors(15 * Number(n)))));
  const all = await runWork({ embed }, run());
  expect([all.failed, all.errors.length]).toEqual([45, MOST_ERRORS]);
  expect(all.errors).toEqual([...errors(0), ...errors(15)].slice(0, MOST_ERRORS));
  expect(joinedOutcome(outcome(1, 'a'), outcome(2, 'b'))).toEqual({ ok: 3, failed: 2, errors: ['a', 'b'] });
});
