import { openQueue } from '../jobs/testing/open-queue.js';
import type { JobRequest } from '../jobs/job.js';
import { configSchema } from '../config/config.schema.js';
import { openScratchStores } from '../testing/scratch-stores.js';
import { scheduleTraining } from './train-schedule.js';

const HOUR_MS = 3_600_000;

it('enqueues a training when it is due, counted from the newest model, also after months', async () => {
  const { stores, folder, close } = await openScratchStores();
  const made = Date.parse('2026-11-21T09:30:00Z'); // by the stores' clock
  await stores.artifacts.put('ease', { meta: {}, arrays: { weights: Float32Array.of(1) }, ids: { items: ['a'] } });
  let now = made + 20 * HOUR_MS;
  const clock = { now: () => now };
  const ran: JobRequest[] = [];
  const jobs = await openQueue({
    folder,
    clock,
    work: ({ request }) => (ran.push(request), Promise.resolve({ ok: 1, failed: 0, errors: [] })),
  });
  const train = [{ use: 'ease', everyHours: 24 }, { use: 'item-knn', everyHours: 720 }, { use: 'mine' }];
  const { look, stop } = await scheduleTraining(configSchema.parse({ train }), {
    jobs,
    artifacts: stores.artifacts,
    clock,
  });
  const usesAfter = async (hours: number): Promise<readonly unknown[]> => {
    now += hours * HOUR_MS;
    await Promise.all([look(), look()]);
    await Promise.all((await jobs.list()).map(({ id }) => jobs.ended(id)));
    return ran.splice(0).map((request) => request.type === 'train' && request.use);
  };
  expect(await usesAfter(3)).toEqual([]);
  expect(await usesAfter(1)).toEqual([['ease']]);
  expect(await usesAfter(23)).toEqual([]);
  expect(await usesAfter(1)).toEqual([['ease']]);
  expect(await usesAfter(720)).toEqual([['ease'], ['item-knn']]);
  stop();
  await jobs.close();
  await close();
});
