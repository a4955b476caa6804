import { joinedPages } from '../joined-pages.js';
import type { JobOutcome, JobRequestOf, JobRun } from '../jobs/job.js';
import { asked } from './asked.js';
import { inBatches } from './in-batches.js';
import { openOwnEngine, sourceOf, type JobEngineParts } from './own-engine.js';

/** A slate for each user, as of the start of the job: one line of the result each. Throws SURFACE_NOT_FOUND. */
export async function recommendUsers(
  parts: JobEngineParts,
  run: JobRun<JobRequestOf<'recommend'>>,
): Promise<JobOutcome> {
  const { surface, limit, seen } = run.request;
  const users = run.request.users ?? (await joinedPages(parts.stores.events.userIds()));
  const { clock } = parts;
  const engine = await openOwnEngine(sourceOf(surface, parts), parts);
  const now = clock.now();
  try {
    await inBatches(users, { ...run, monotonic: () => clock.monotonic() }, async (batch) => {
      const requests = batch.map((userId) => asked({ id: `${run.id} ${userId}`, now, userId, limit, seen }));
      const served = await engine.serve(surface, requests);
      for (const [i, { slate }] of served.entries()) {
        await run.result.line({ userId: batch[i]!, items: slate.items.map(({ id, score }) => ({ id, score })) });
      }
    });
    return { ok: users.length, failed: 0, errors: [] };
  } finally {
    await engine.close();
  }
}
