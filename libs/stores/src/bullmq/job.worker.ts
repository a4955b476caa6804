import type { JobOutcome, SplitWork, WholeWork } from '@attune/sdk';
import { workOf } from '../jobs/run-work.js';
import type { ResultFile } from '../jobs/result-file.js';
import type { Run } from './job-runs.js';
import { DIED, isOld, messageOf, MOST_DEATHS, type JobWorkerParts } from './job-worker-parts.js';
import type { Delivery } from './lane.worker.js';
import { LatestProgress } from './latest-progress.js';
import type { Held, JobEnd, Started } from './running-records.js';
import { SplitJob } from './split-job.js';

/** Results are kept this long after the end of their job. */
const RESULT_KEPT_MS = 24 * 3_600_000;
/** How often it is looked for older ones. */
const TIDY_MS = 10 * 60_000;

const ended = (state: 'failed' | 'canceled', error?: string): JobEnd => ({
  state,
  counts: { ok: 0, failed: 0 },
  error,
});

/** Does jobs, whole or split. A process that dies over one leaves it to the next. */
export class JobWorker<R extends { readonly type: string }> {
  #tidied = -Infinity;

  constructor(private readonly parts: JobWorkerParts<R>) {}

  /** What is thrown has the job delivered again. */
  async take(delivery: Delivery): Promise<void> {
    const { id, token } = delivery;
    const { runs, running, follow, unfollow } = this.parts;
    const held = { id, run: token };
    // Before it begins, so that nothing that is said of it then is missed.
    follow(id);
    // The type of a job is its name in the queue.
    const kind = typeof workOf(this.parts.works, { type: delivery.type } as R) === 'function' ? 'whole' : 'split';
    await runs.during(id, { job: id, kind }, async (run) => {
      const started = await running.start(held);
      if (started === undefined) return unfollow(id);
      const end = await this.#end(held, { started, run, delivery });
      if (end !== undefined) await this.#finish(held, end);
    });
  }

  /** How the job ended; undefined where another process does it now. */
  async #end(
    held: Held,
    { started, run, delivery }: { readonly started: Started<R>; readonly run: Run; readonly delivery: Delivery },
  ): Promise<JobEnd | undefined> {
    if (started.canceled) return ended('canceled');
    // With its plan in the queue it only waits: whoever died then, died of a part, which counts that itself.
    if (delivery.deaths > MOST_DEATHS && started.plan === undefined) return ended('failed', DIED);
    try {
      run.signal.throwIfAborted();
      return endOf(await this.#do(held, started, run));
    } catch (error) {
      if (run.stopped === 'canceled') return ended('canceled');
      if (run.stopped === 'lost') return undefined;
      if (run.stopped === undefined) return ended('failed', messageOf(error));
      await this.parts.running.giveBack(held);
      throw await delivery.back();
    }
  }

  async #do(held: Held, started: Started<R>, run: Run): Promise<JobOutcome> {
    const work: WholeWork<R> | SplitWork<R> = workOf(this.parts.works, started.request);
    if (typeof work !== 'function') return await new SplitJob(this.parts, held, run).do(work, started);
    const { results, running } = this.parts;
    const result = results.create(held.id);
    const progress = new LatestProgress((done, total) => running.progress(held, done, total));
    const tell = (done: number, total: number): void => progress.tell(done, total);
    try {
      const outcome = await work({ id: held.id, request: started.request, signal: run.signal, progress: tell, result });
      if (outcome.failed === 0) await this.#store(held, result);
      return outcome;
    } finally {
      await progress.end();
      await results.discard(held.id);
    }
  }

  /** Puts a result in its place, without those who were forgotten meanwhile. */
  async #store(held: Held, result: ResultFile): Promise<void> {
    for (;;) {
      const users = await this.parts.running.forgotten(held.id);
      if (users.length > 0) await result.forget(users);
      const sealed = await this.parts.running.seal(held, users.length);
      if (sealed === undefined) throw new Error('another process does it');
      if (sealed) return await this.parts.results.commit(held.id);
    }
  }

  async #finish(held: Held, end: JobEnd): Promise<void> {
    const { running, clock, warn } = this.parts;
    await running.finish(held, end, clock.now());
    await this.#forgetOldResults().catch((error: unknown) =>
      warn(`old results could not be removed: ${messageOf(error)}`),
    );
  }

  async #forgetOldResults(): Promise<void> {
    const { records, results, clock } = this.parts;
    if (clock.now() - this.#tidied < TIDY_MS) return;
    this.#tidied = clock.now();
    const ids = await results.ids();
    const jobs = await records.statuses(ids);
    for (const [i, id] of ids.entries()) if (isOld(jobs[i], clock.now(), RESULT_KEPT_MS)) await results.remove(id);
  }
}

function endOf({ ok, failed, errors }: JobOutcome): JobEnd {
  return {
    state: failed > 0 ? 'failed' : 'completed',
    counts: { ok, failed },
    error: errors.length > 0 ? errors.join('\n') : undefined,
  };
}
