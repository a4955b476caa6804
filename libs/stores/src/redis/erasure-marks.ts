import type { HotKeys } from './hot-keys.js';
import type { RedisConnection } from './redis.connection.js';

const KEPT_MS = 86_400_000;

/** Erasures of the last day, for readings that take long: who was erased, or is being erased, meanwhile. */
export class ErasureMarks {
  constructor(
    private readonly redis: RedisConnection,
    private readonly keys: HotKeys,
  ) {}

  /** `mark`: unique text that begins with the time, such as a place in the order of arrival. */
  async begin(mark: string, userId: string, oldest: string): Promise<void> {
    const marks = Object.keys(await this.all()).filter((other) => other < oldest);
    await this.redis.pipeline((commands) => {
      if (marks.length > 0) commands.hdel(this.keys.erasures, ...marks);
      commands.hset(this.keys.erasures, mark, `+${userId}`).pexpire(this.keys.erasures, KEPT_MS);
    });
  }

  async end(mark: string, userId: string): Promise<void> {
    await this.redis.guarded(this.redis.client.hset(this.keys.erasures, mark, `-${userId}`));
  }

  /** Marks of the erasures that are done. */
  async done(): Promise<ReadonlySet<string>> {
    return new Set(Object.entries(await this.all()).flatMap(([mark, text]) => (text.startsWith('-') ? [mark] : [])));
  }

  /** Users of the erasures that were not done at a time, by what `done` said then. */
  async since(done: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const others = Object.entries(await this.all()).filter(([mark]) => !done.has(mark));
    return new Set(others.map(([, text]) => text.slice(1)));
  }

  private async all(): Promise<Readonly<Record<string, string>>> {
    return await this.redis.guarded(this.redis.client.hgetall(this.keys.erasures));
  }
}
