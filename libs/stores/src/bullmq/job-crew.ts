import type { JobKeys } from './job-keys.js';
import { partsOf, type LaneOptions, type Lanes } from './job-lanes.js';
import type { JobWorkerParts } from './job-worker-parts.js';
import { JobWorker } from './job.worker.js';
import { LaneWorker } from './lane.worker.js';
import { PartWorker } from './part.worker.js';
import { isWithin } from './within.js';
import { WorkerRedis } from './worker-redis.js';

export interface CrewOptions {
  readonly url: string;
  readonly keys: JobKeys;
  readonly lanes: Lanes;
  readonly stalledAfterMs: number;
  readonly drainMs: number;
  readonly failed: (error: Error) => void;
  /** Has those who wait for Redis wait no longer. */
  readonly end: () => void;
}

/** For work to stop that was told to. */
const STOP_MS = 5_000;
/** For a connection that was lost to be there again. */
const RECONNECT_MS = 2_000;

/** The workers of this process: one a lane, and one for the parts of its jobs where it has any. */
export class JobCrew<R extends { readonly type: string }> {
  readonly #redis: WorkerRedis;
  readonly #workers: readonly LaneWorker[];

  constructor(
    private readonly parts: JobWorkerParts<R>,
    private readonly options: CrewOptions,
  ) {
    this.#redis = new WorkerRedis(options.url);
    const splitting = this.#splitting();
    this.#workers = Object.entries(options.lanes).flatMap(([lane, limits]) => [
      this.#jobsOf(lane, limits),
      ...(splitting.has(lane) ? [this.#partsOf(lane, limits)] : []),
    ]);
  }

  /**
   * Takes nothing more, and waits for what is under way as long as it may take; what has not ended then is told to stop
   * and left to others.
   */
  async close(): Promise<void> {
    const { runs } = this.parts;
    // BullMQ never ends its waiting for a connection that is just being made again.
    const isThere = await isWithin(RECONNECT_MS, this.#redis.allReady());
    const closed = isThere ? Promise.all(this.#workers.map((worker) => worker.close())) : runs.idle();
    // The parts of a split job go on without it.
    runs.close('split');
    if (!(await isWithin(this.options.drainMs, closed))) runs.close('whole', 'split', 'part');
    await isWithin(STOP_MS, closed);
    this.options.end();
    if (!isThere) await Promise.all(this.#workers.map((worker) => worker.abandon()));
    this.#redis.disconnect();
  }

  #jobsOf(lane: string, { atOnce = 1, limiter }: LaneOptions): LaneWorker {
    const worker = new JobWorker(this.parts);
    return this.#worker(lane, { concurrency: atOnce, limiter, work: (delivery) => worker.take(delivery) });
  }

  #partsOf(lane: string, { partsAtOnce = 1, limiter }: LaneOptions): LaneWorker {
    const worker = new PartWorker(this.parts);
    return this.#worker(partsOf(lane), { concurrency: partsAtOnce, limiter, work: (part) => worker.take(part) });
  }

  #worker(
    name: string,
    own: Pick<ConstructorParameters<typeof LaneWorker>[0], 'concurrency' | 'limiter' | 'work'>,
  ): LaneWorker {
    const { keys, stalledAfterMs, failed } = this.options;
    const lost = (id: string): void => this.parts.runs.lose(id);
    return new LaneWorker({ name, connection: this.#redis, keys, stalledAfterMs, failed, lost, ...own });
  }

  #splitting(): ReadonlySet<string> {
    const { works, laneOf } = this.parts;
    // The keys of the record are the types.
    const types = Object.keys(works) as R['type'][];
    return new Set(types.filter((type) => typeof works[type] !== 'function').map(laneOf));
  }
}
