import { Redis } from 'ioredis';
import { AttuneError, type JobStatus } from '@attune/sdk';
import type { JobKeys } from './job-keys.js';
import { statusOf } from './job-record.js';

const CONNECT_TIMEOUT_MS = 2_000;
const LONGEST_PAUSE_MS = 1_000;

interface Bell {
  readonly id: string;
  readonly ring: () => void;
  readonly fail: (error: Error) => void;
}

/**
 * Hears of changes of a tenant's jobs in every process. What is said while the connection is away is not heard: whoever
 * waits looks again when it is back.
 */
export class JobChanges {
  readonly #redis: Redis;
  readonly #bells = new Set<Bell>();
  #hears = false;
  #closed: Error | undefined;
  #onChange: (job: JobStatus) => void = () => undefined;
  #onCancel: (id: string) => void = () => undefined;
  #onHearing: () => void = () => undefined;

  constructor(
    url: string,
    private readonly keys: JobKeys,
  ) {
    this.#redis = new Redis(url, {
      lazyConnect: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
      autoResubscribe: false,
      maxRetriesPerRequest: null,
      retryStrategy: (attempt) => Math.min(attempt * 50, LONGEST_PAUSE_MS),
    });
    // Told to whom it concerns by the connection for commands.
    this.#redis.on('error', () => undefined);
    this.#redis.on('close', () => (this.#hears = false));
    this.#redis.on('ready', () => void this.#listen());
    this.#redis.on('message', (channel: string, message: string) => this.#told(channel, message));
  }

  /** Who is told: of a job as it is after a change, of one that is to stop, and that changes are heard (again). */
  tell(to: {
    readonly change: (job: JobStatus) => void;
    readonly cancel: (id: string) => void;
    readonly hearing: () => void;
  }): void {
    this.#onChange = to.change;
    this.#onCancel = to.cancel;
    this.#onHearing = to.hearing;
  }

  /** Waits for the first attempt to connect; where it fails, others follow behind the scenes. */
  async open(): Promise<void> {
    await this.#redis.connect().then(
      () => this.#listen(),
      () => undefined,
    );
  }

  /**
   * What `look` finds, once it finds something: it looks at once, and after every change of this job.
   *
   * @throws AttuneError `NOT_READY` once closed.
   */
  async until<T>(id: string, look: () => Promise<T | undefined>): Promise<T> {
    if (this.#closed !== undefined) throw this.#closed;
    for (;;) {
      const { rung, bell } = this.#newBell(id);
      try {
        const found = await look();
        if (found !== undefined) return found;
        await rung;
      } finally {
        this.#bells.delete(bell);
      }
    }
  }

  /** @throws AttuneError `STORE_UNAVAILABLE` where changes are not heard at the moment. */
  mustHear(): void {
    if (!this.#hears) throw new AttuneError('STORE_UNAVAILABLE', 'Redis: changes of jobs are not heard');
  }

  /** Has whoever waits for this job look again. */
  ring(id: string): void {
    for (const bell of this.#bells) if (bell.id === id) bell.ring();
  }

  close(): void {
    this.#closed = new AttuneError('NOT_READY', 'the server is stopping');
    for (const { fail } of this.#bells) fail(this.#closed);
    this.#redis.disconnect();
  }

  #newBell(id: string): { readonly rung: Promise<void>; readonly bell: Bell } {
    let [ring, fail] = [(): void => undefined, (_error: Error): void => undefined];
    const rung = new Promise<void>((resolve, reject) => ([ring, fail] = [resolve, reject]));
    // Nobody may be waiting when it closes: `look` is on its way.
    rung.catch(() => undefined);
    const bell = { id, ring, fail };
    this.#bells.add(bell);
    return { rung, bell };
  }

  async #listen(): Promise<void> {
    try {
      await this.#redis.subscribe(this.keys.changes, this.keys.cancels);
    } catch {
      return; // The connection went again: the next one listens.
    }
    if (this.#hears) return;
    this.#hears = true;
    for (const { ring } of this.#bells) ring();
    this.#onHearing();
  }

  #told(channel: string, message: string): void {
    if (channel === this.keys.cancels) return this.#onCancel(message);
    const job = statusOf(JSON.parse(message));
    if (job === undefined) return;
    this.#onChange(job);
    this.ring(job.id);
  }
}
