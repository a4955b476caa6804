import type { OpenedPlatform } from '../platform/open-platform.js';
import type { Job, JobRequest } from '../jobs/job.js';
import { importDemo } from './import-demo.js';
import type { ProgressBars } from './progress-bars.js';

/** The bundled shop, imported, embedded and trained before the server is called ready. Does nothing the second time. */
export async function prepareDemo(platform: OpenedPlatform, bars: ProgressBars): Promise<void> {
  const { main, folder, clock } = platform;
  const loaded = await importDemo({
    stores: main.stores,
    folder,
    now: clock.now(),
    progress: (stage, done, total) => bars.show(stage === 'items' ? 'Importing items' : 'Importing baskets', done, total),
  });
  if (!loaded) return;
  if (main.stores.items.withoutVector('text').length > 0) await runJob(platform, bars, 'Embedding items', { type: 'embed' });
  const untrained = platform.config.train.map(({ use }) => use).filter((use) => main.stores.artifacts.promoted(use) === undefined);
  if (untrained.length > 0) await runJob(platform, bars, 'Training models', { type: 'train', use: untrained });
}

async function runJob({ main }: OpenedPlatform, bars: ProgressBars, title: string, request: JobRequest): Promise<void> {
  const id = main.jobs.enqueue(request);
  // Of its type, not only this one: after a start that was cut short, opening the data has put one before it.
  const stop = main.jobs.onChange((job: Job) => {
    if (job.type === request.type) bars.show(title, job.progress.done, job.progress.total);
  });
  const { state, error } = await main.jobs.ended(id);
  stop();
  if (state !== 'completed') throw new Error(`${title} ${state}: ${error ?? 'start again to go on'}`);
}
