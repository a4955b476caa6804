import pino from 'pino';
import { scratchFolder } from '../testing/scratch-stores.js';
import { logJobs } from './log-jobs.js';
import { openQueue } from './testing/open-queue.js';

it('logs a job twice, when it starts and when it ends, with counts and time', async () => {
  const { folder, remove } = await scratchFolder();
  const lines: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line) => void lines.push(JSON.parse(line)) });
  const clock = { now: () => 0 };
  let ms = 0;
  const jobs = await openQueue({
    ...{ folder, clock },
    warn: (line) => log.warn(line),
    work: ({ request, progress }) => {
      for (let done = 0; done <= 3; done++) progress(done, 3);
      ms += 1_500;
      return Promise.resolve(
        request.type === 'train' ? { ok: 0, failed: 1, errors: ['ease: no'] } : { ok: 3, failed: 0, errors: [] },
      );
    },
  });
  logJobs(jobs, { tenant: 'north', log, monotonic: () => ms });
  await jobs.ended(await jobs.enqueue({ type: 'embed' }));
  await jobs.ended(await jobs.enqueue({ type: 'train' }));
  await jobs.close();
  await remove();
  const embed = { tenant: 'north', jobId: 'job-1', type: 'embed' };
  const train = { tenant: 'north', jobId: 'job-2', type: 'train' };
  expect(lines).toEqual([
    expect.objectContaining({ level: 30, ...embed, msg: 'job started' }),
    expect.objectContaining({ level: 30, ...embed, ok: 3, failed: 0, ms: 1_500, msg: 'job completed' }),
    expect.objectContaining({ level: 30, ...train, msg: 'job started' }),
    expect.objectContaining({ level: 40, ...train, ok: 0, failed: 1, ms: 1_500, error: 'ease: no', msg: 'job failed' }),
  ]);
});
