/** Why work is stopped. Work that is `closing` or `lost` is done by another process. */
export type StopReason = 'canceled' | 'closing' | 'lost';

/** Work under way in this process: a job or one of its parts. */
export interface Run {
  readonly job: string;
  readonly kind: 'whole' | 'split' | 'part';
  readonly signal: AbortSignal;
  /** Undefined as long as it goes on. */
  readonly stopped: StopReason | undefined;
}

class OpenRun implements Run {
  readonly #abort = new AbortController();
  readonly done: Promise<void>;
  end: () => void = () => undefined;
  stopped: StopReason | undefined;

  constructor(
    readonly job: string,
    readonly kind: Run['kind'],
  ) {
    this.done = new Promise((resolve) => (this.end = resolve));
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  stop(reason: StopReason): void {
    this.stopped ??= reason;
    this.#abort.abort(new Error(reason));
  }
}

/** What this process is doing, by the id under which it was delivered. */
export class JobRuns {
  readonly #runs = new Map<string, OpenRun>();
  /** What begins while they close is stopped at once. */
  #stopping: ReadonlySet<Run['kind']> = new Set();

  /** Does work; the former of the same id, which others believed dead, is stopped first. */
  async during<T>(id: string, { job, kind }: Pick<Run, 'job' | 'kind'>, work: (run: Run) => Promise<T>): Promise<T> {
    for (let former = this.#runs.get(id); former !== undefined; former = this.#runs.get(id)) {
      former.stop('lost');
      await former.done;
    }
    const run = new OpenRun(job, kind);
    this.#runs.set(id, run);
    if (this.#stopping.has(kind)) run.stop('closing');
    try {
      return await work(run);
    } finally {
      this.#runs.delete(id);
      run.end();
    }
  }

  /** Ids of jobs that this process works on. */
  get jobs(): readonly string[] {
    return [...new Set([...this.#runs.values()].map(({ job }) => job))];
  }

  /** Stops a job and its parts. */
  stopJob(job: string, reason: StopReason): void {
    for (const run of this.#runs.values()) if (run.job === job) run.stop(reason);
  }

  /** Another process will do what was delivered under this id. */
  lose(id: string): void {
    this.#runs.get(id)?.stop('lost');
  }

  /** Resolves when nothing is done. */
  async idle(): Promise<void> {
    while (this.#runs.size > 0) await Promise.all([...this.#runs.values()].map(({ done }) => done));
  }

  /** Leaves work of these kinds to others, also what begins from here on. */
  close(...kinds: readonly Run['kind'][]): void {
    this.#stopping = new Set(kinds);
    for (const run of this.#runs.values()) if (this.#stopping.has(run.kind)) run.stop('closing');
  }
}
