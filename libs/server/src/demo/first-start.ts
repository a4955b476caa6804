import type { OpenedPlatform } from '../platform/open-platform.js';
import type { JobRequest } from '../jobs/job.js';
import { importDemo } from './import-demo.js';
import type { ProgressBars } from './progress-bars.js';

export interface DemoStart {
  readonly bars: ProgressBars;
  /** Aborted: what is done is kept, and the next start goes on. */
  readonly signal: AbortSignal;
}

/**
 * The bundled shop, imported, embedded and trained before the server listens. Does nothing the second time. A job that
 * fails is in the log, and leaves slates that are poorer. Resolves with whether the shop is loaded.
 */
export async function prepareDemo(platform: OpenedPlatform, start: DemoStart): Promise<boolean> {
  const { main, folder, clock, config } = platform;
  const { bars, signal } = start;
  try {
    const loaded = await importDemo({
      stores: main.stores,
      folder,
      now: clock.now(),
      signal,
      progress: (stage, done, total) =>
        bars.show(stage === 'items' ? 'Importing items' : 'Importing baskets', done, total),
    });
    if (!loaded) return false;
    const { items, artifacts } = main.stores;
    const served = await main.spaces.served();
    const unembedded = await Promise.all(served.map(({ id }) => items.countWithoutVector(id)));
    if (unembedded.some((count) => count > 0)) await runJob(platform, start, 'Embedding items', { type: 'embed' });
    const promoted = await Promise.all(config.train.map(({ use }) => artifacts.promoted(use)));
    const untrained = config.train.map(({ use }) => use).filter((_, i) => promoted[i] === undefined);
    if (untrained.length > 0) await runJob(platform, start, 'Training models', { type: 'train', use: untrained });
    return true;
  } finally {
    bars.stop('stopped');
  }
}

async function runJob(
  { main: { jobs } }: OpenedPlatform,
  { bars, signal }: DemoStart,
  title: string,
  request: JobRequest,
): Promise<void> {
  signal.throwIfAborted();
  // Any job of the type: one that an earlier start left may be under way already.
  const stopShowing = jobs.onChange(({ type, progress }) => {
    if (type === request.type) bars.show(title, progress.done, progress.total);
  });
  const id = await jobs.enqueue(request);
  const cancel = (): void => void jobs.cancel(id).catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  const { state } = await jobs.ended(id);
  signal.removeEventListener('abort', cancel);
  stopShowing();
  signal.throwIfAborted();
  bars.stop(state);
}
