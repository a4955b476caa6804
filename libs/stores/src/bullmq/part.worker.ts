import { z } from 'zod';
import type { JobOutcome } from '@attune/sdk';
import { workOf } from '../jobs/run-work.js';
import { DIED, messageOf, MOST_DEATHS, type JobWorkerParts } from './job-worker-parts.js';
import type { Run } from './job-runs.js';
import type { Delivery } from './lane.worker.js';
import type { PartOf } from './running-records.js';

const queuedSchema = z.object({
  job: z.string(),
  plan: z.string(),
  number: z.int(),
  part: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});
type Queued = z.output<typeof queuedSchema>;

const failure = (error: string): JobOutcome => ({ ok: 0, failed: 1, errors: [error] });

/** Does parts of jobs that were split. */
export class PartWorker<R extends { readonly type: string }> {
  constructor(private readonly parts: JobWorkerParts<R>) {}

  /** What is thrown has the part delivered again. */
  async take(delivery: Delivery): Promise<void> {
    const queued = queuedSchema.parse(delivery.data);
    const { job, plan, number } = queued;
    const of: PartOf = { job, plan, number };
    await this.parts.runs.during(delivery.id, { job, kind: 'part' }, async (run) => {
      const request = await this.parts.running.requestOf(of);
      if (request === undefined) return;
      const outcome =
        delivery.deaths > MOST_DEATHS ? failure(DIED) : await this.#do(queued, { request, run, delivery });
      if (outcome !== undefined) await this.parts.running.countPart(of, outcome);
    });
  }

  /** Undefined where nobody waits for it any more. */
  async #do(
    { part }: Queued,
    { request, run, delivery }: { readonly request: R; readonly run: Run; readonly delivery: Delivery },
  ): Promise<JobOutcome | undefined> {
    const work = workOf(this.parts.works, request);
    if (typeof work === 'function') return failure(`${request.type} jobs have no parts in this version`);
    try {
      run.signal.throwIfAborted();
      return await work.part(part, { request, signal: run.signal });
    } catch (error) {
      if (run.stopped === 'closing') throw await delivery.back();
      if (run.stopped !== undefined) return undefined;
      if (delivery.failures + 1 < this.parts.partAttempts) throw new Error(messageOf(error), { cause: error });
      return failure(messageOf(error));
    }
  }
}
