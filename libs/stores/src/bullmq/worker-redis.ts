import { once } from 'node:events';
import { Redis } from 'ioredis';

const LONGEST_PAUSE_MS = 1_000;

/** The connection workers share, which waits for Redis however long it takes, and those on which each waits for work. */
export class WorkerRedis extends Redis {
  readonly #waiting: Redis[] = [];

  constructor(url: string) {
    super(url, {
      maxRetriesPerRequest: null,
      retryStrategy: (attempt) => Math.min(attempt * 50, LONGEST_PAUSE_MS),
    });
    // Told to whom it concerns by the connection for commands.
    this.on('error', () => undefined);
  }

  override duplicate(...options: Parameters<Redis['duplicate']>): Redis {
    const waiting = super.duplicate(...options);
    this.#waiting.push(waiting);
    return waiting;
  }

  /** Resolves when every connection is there. */
  async allReady(): Promise<void> {
    await Promise.all(
      [this, ...this.#waiting].map(async (one) => {
        if (one.status !== 'ready') await once(one, 'ready');
      }),
    );
  }
}
