import { join } from 'node:path';
import { JobQueue } from '../jobs/job-queue.js';
import { JobStore } from '../jobs/job-store.js';
import type { JobWork } from '../jobs/job.js';
import { scratchFolder } from '../testing/scratch-stores.js';
import { PendingErasures } from './pending-erasures.js';
import { retryErasures } from './retry-erasures.js';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await scratchFolder()));
afterEach(() => remove());

const warn = (): void => undefined;
const clock = { now: () => 1_000 };

it('tries an erasure that failed again, until it is done, and then no more', async () => {
  const erasures = await PendingErasures.open(join(folder, 'erasures'), warn);
  const ann = await erasures.add('ann');
  let tries = 0;
  let done: () => void = () => undefined;
  const erased = new Promise<void>((resolve) => (done = resolve));
  const work: JobWork = async () => {
    if (++tries < 3) throw new Error('no space left on device');
    await erasures.finish(ann);
    done();
    return { ok: 1, failed: 0, errors: [] };
  };
  let made = 0;
  const jobs = new JobQueue(
    await JobStore.open(join(folder, 'jobs'), { clock, warn }),
    work,
    clock,
    () => `job-${++made}`,
  );
  const stop = retryErasures(jobs, erasures, 5);
  jobs.enqueue({ type: 'erase', userId: 'ann' });
  await erased;
  await jobs.ended('job-3');
  expect(jobs.list().map(({ state }) => state)).toEqual(['completed', 'failed', 'failed']);
  expect(erasures.userIds()).toEqual([]);
  stop();
  await jobs.close();
  await erasures.close();
});
