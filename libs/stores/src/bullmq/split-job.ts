import { randomBytes } from 'node:crypto';
import type { JobOutcome, SplitWork } from '@attune/sdk';
import type { Run } from './job-runs.js';
import type { JobWorkerParts } from './job-worker-parts.js';
import type { QueuedPart } from './job-lanes.js';
import { patiently } from './patient-access.js';
import type { Held, Started } from './running-records.js';

/** Parts put in the queue at a time. */
const CHUNK = 100;

/** A job whose parts are done by every worker of its lane, while one of them waits for their end. */
export class SplitJob<R extends { readonly type: string }> {
  constructor(
    private readonly parts: JobWorkerParts<R>,
    private readonly held: Held,
    private readonly run: Run,
  ) {}

  /**
   * Plans the parts, unless a process that began the job did, and waits for them. A plan that was cut short is made anew:
   * what is left of it in the queue is for nobody.
   */
  async do(work: SplitWork<R>, { request, plan }: Started<R>): Promise<JobOutcome> {
    const asked = { request, signal: this.run.signal };
    if (plan === undefined) await this.#plan(work, asked);
    const outcome = await this.#partsDone();
    await work.end?.(asked);
    return outcome;
  }

  async #plan(work: SplitWork<R>, asked: { readonly request: R; readonly signal: AbortSignal }): Promise<void> {
    const { running } = this.parts;
    const plan = randomBytes(6).toString('hex');
    await running.beginPlan(this.held, plan, await work.size(asked));
    let number = 0;
    const chunk: QueuedPart[] = [];
    for await (const part of work.plan(asked)) {
      asked.signal.throwIfAborted();
      chunk.push({ job: this.held.id, plan, number: number++, part });
      if (chunk.length === CHUNK) await this.#add(asked.request, chunk.splice(0));
    }
    await this.#add(asked.request, chunk);
    await running.endPlan(this.held, number);
  }

  async #add(request: R, chunk: readonly QueuedPart[]): Promise<void> {
    const { lanes, laneOf, partBackoffMs, ended } = this.parts;
    await patiently(() => lanes.addParts(laneOf(request.type), chunk, partBackoffMs), ended);
  }

  async #partsDone(): Promise<JobOutcome> {
    const { changes, running } = this.parts;
    const { signal } = this.run;
    const ring = (): void => changes.ring(this.held.id);
    signal.addEventListener('abort', ring);
    try {
      return await changes.until(this.held.id, async () => {
        signal.throwIfAborted();
        const counted = await running.counted(this.held);
        if (counted === undefined) throw new Error('another process does it');
        return counted.parts >= counted.planned ? counted.outcome : undefined;
      });
    } finally {
      signal.removeEventListener('abort', ring);
    }
  }
}
