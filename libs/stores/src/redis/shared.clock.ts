import { RedisConnection, type RedisOptions } from './redis.connection.js';

/** A process's own clocks: epoch milliseconds, and milliseconds that only grow. */
export interface OwnClock {
  now(): number;
  monotonic(): number;
}

/** How often Redis is asked for its time. */
const SYNC_MS = 60_000;
/** An answer that took longer says too little about when it was given. */
const LONGEST_WAY_MS = 500;

/**
 * The time of Redis, for all processes that use it: what one of them stored is not of the future for another, however
 * wrong the clock of its machine is. Between two answers of Redis it goes on by itself; until the first it is the
 * machine's own.
 */
export class SharedClock implements OwnClock {
  private readonly redis: RedisConnection;
  private readonly timer: NodeJS.Timeout;
  /** What the monotonic clock lacks to the time. */
  private lead: number;

  private constructor(
    options: RedisOptions,
    private readonly own: OwnClock,
  ) {
    this.redis = new RedisConnection(options);
    this.lead = own.now() - own.monotonic();
    this.timer = setInterval(() => void this.sync(), SYNC_MS).unref();
  }

  /** Resolves, too, where Redis does not answer. */
  static async open(options: RedisOptions, own: OwnClock): Promise<SharedClock> {
    const clock = new SharedClock(options, own);
    await clock.redis.open();
    await clock.sync();
    return clock;
  }

  now(): number {
    return Math.round(this.own.monotonic() + this.lead);
  }

  monotonic(): number {
    return this.own.monotonic();
  }

  /** Asks Redis for its time; goes on as before where it does not tell. */
  async sync(): Promise<void> {
    const asked = this.own.monotonic();
    const time = await this.redis.client.time().catch(() => undefined);
    const answered = this.own.monotonic();
    if (time === undefined || answered - asked > LONGEST_WAY_MS) return;
    const [seconds, microseconds] = time;
    this.lead = Number(seconds) * 1_000 + Number(microseconds) / 1_000 - (asked + answered) / 2;
  }

  close(): void {
    clearInterval(this.timer);
    this.redis.close();
  }
}
