import { createHash } from 'node:crypto';
import { Redis, type ChainableCommander } from 'ioredis';
import { AttuneError } from '@attune/sdk';

export interface RedisOptions {
  /** Where it is: `redis://user:password@host:6379/0`. */
  readonly url: string;
  /** What all keys begin with. */
  readonly prefix: string;
  /** After how many milliseconds a command is given up, default 2,000. */
  readonly commandTimeoutMs?: number | undefined;
}

const CONNECT_TIMEOUT_MS = 2_000;
const COMMAND_TIMEOUT_MS = 2_000;
/** Longest pause between two attempts to connect. */
const LONGEST_PAUSE_MS = 1_000;

/** `STORE_UNAVAILABLE` because of Redis: what follows from the log can be had from there. */
export class RedisUnavailableError extends AttuneError {}

/** A script with the digest by which the server knows it. */
export interface RedisScript {
  readonly text: string;
  readonly digest: string;
}

export function redisScript(text: string): RedisScript {
  return { text, digest: createHash('sha1').update(text).digest('hex') };
}

/**
 * The one way to Redis. Without a connection a command fails at once, and none is sent again by itself: who asked knows
 * what to do instead. It connects again behind the scenes.
 */
export class RedisConnection {
  readonly client: Redis;
  private readonly whenReady = new Set<() => void>();
  private run: Promise<string> | undefined;

  constructor(readonly options: RedisOptions) {
    this.client = new Redis(options.url, {
      lazyConnect: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
      commandTimeout: options.commandTimeoutMs ?? COMMAND_TIMEOUT_MS,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      enableAutoPipelining: true,
      retryStrategy: (attempt) => Math.min(attempt * 50, LONGEST_PAUSE_MS),
    });
    // Told to whom it concerns: each command fails with it.
    this.client.on('error', () => undefined);
    this.client.on('close', () => (this.run = undefined));
    this.client.on('ready', () => {
      for (const listener of this.whenReady) listener();
    });
  }

  /** Waits for the first attempt to connect; where it fails, others follow behind the scenes. */
  async open(): Promise<void> {
    await this.client.connect().catch(() => undefined);
  }

  /**
   * Which run of the server answers: another after each restart, when it may have forgotten the last writes, or all.
   *
   * @throws RedisUnavailableError
   */
  async runId(): Promise<string> {
    const run = (this.run ??= this.readRun());
    try {
      return await run;
    } catch (error) {
      if (this.run === run) this.run = undefined;
      throw error;
    }
  }

  /** Calls `listener` whenever there is a connection again. Returns what ends it. */
  onReady(listener: () => void): () => void {
    this.whenReady.add(listener);
    return () => void this.whenReady.delete(listener);
  }

  /**
   * Runs commands in one round trip; their answers, in order.
   *
   * @throws RedisUnavailableError where one fails; others may be done.
   */
  async pipeline(fill: (commands: ChainableCommander) => void): Promise<readonly unknown[]> {
    const commands = this.client.pipeline();
    fill(commands);
    const answers = await this.guarded(commands.exec());
    return (answers ?? []).map(([error, answer]) => {
      if (error !== null) throw unavailable(error);
      return answer;
    });
  }

  /** @throws RedisUnavailableError */
  async script(
    { text, digest }: RedisScript,
    keys: readonly string[],
    values: readonly (string | number)[],
  ): Promise<unknown> {
    const given = [...keys, ...values];
    return await this.guarded(
      this.client.evalsha(digest, keys.length, ...given).catch(async (error: unknown) => {
        if (!String(error).includes('NOSCRIPT')) throw error;
        return await this.client.eval(text, keys.length, ...given);
      }),
    );
  }

  /** @throws RedisUnavailableError */
  async guarded<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw unavailable(error);
    }
  }

  close(): void {
    this.client.disconnect();
  }

  private async readRun(): Promise<string> {
    const info = await this.guarded(this.client.info('server'));
    return /^run_id:(\w+)/m.exec(info)?.[1] ?? '';
  }
}

function unavailable(error: unknown): RedisUnavailableError {
  const reason = error instanceof Error ? error.message : String(error);
  return new RedisUnavailableError('STORE_UNAVAILABLE', `Redis: ${reason.slice(0, 300)}`, { cause: error });
}
