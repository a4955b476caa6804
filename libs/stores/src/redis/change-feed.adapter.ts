import { randomBytes } from 'node:crypto';
import type { Change, ChangeFeed, ChangesLost } from '@attune/sdk';
import { Redis } from 'ioredis';
import { messageOf, messageText } from './change.codec.js';
import type { RedisConnection } from './redis.connection.js';

type Listener = (change: Change | ChangesLost) => void;

const CONNECT_TIMEOUT_MS = 2_000;
/** Longest pause between two attempts to connect. */
const LONGEST_PAUSE_MS = 1_000;
/** How often it is asked whether Redis is there, and told what could not be told. */
const BEAT_MS = 1_000;
/** A connection on which nothing is answered for so long is gone, though nobody closed it. */
const SILENCE_MS = 3_000;

/**
 * One subscription of a process, for all its tenants. A message that is published while the connection is away is not
 * heard: once it is back, `lost` is told. What could not be published others are told as `lost`, as soon as that can be.
 */
export class RedisChanges {
  private readonly subscriber: Redis;
  private readonly feeds = new Map<string, RedisChangeFeed>();
  /** Tells this process's own messages from those of others. */
  private readonly self = randomBytes(8).toString('hex');
  /** Channels whose other listeners do not know of a change. */
  private readonly untold = new Set<string>();
  private readonly beat: NodeJS.Timeout;

  constructor(private readonly connection: RedisConnection) {
    this.subscriber = new Redis(connection.options.url, {
      lazyConnect: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_MS,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      autoResubscribe: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(attempt * 50, LONGEST_PAUSE_MS),
    });
    // Told to whom it concerns: nothing is listened to.
    this.subscriber.on('error', () => undefined);
    this.subscriber.on('close', () => this.feeds.forEach((feed) => feed.deafen()));
    this.subscriber.on('ready', () => this.feeds.forEach((feed, channel) => void this.listen(channel, feed)));
    this.subscriber.on('message', (channel, text) => this.hear(channel, text));
    this.beat = setInterval(() => void this.lookAfter(), BEAT_MS).unref();
  }

  /** Waits for the first attempt to connect; where it fails, others follow behind the scenes. */
  async open(): Promise<void> {
    await this.subscriber.connect().catch(() => undefined);
  }

  /** Listens when it resolves, where there is a connection; else with the first there is. */
  async of(tenant: string): Promise<ChangeFeed> {
    const channel = `${this.connection.options.prefix}:{${encodeURIComponent(tenant)}}:changes`;
    let feed = this.feeds.get(channel);
    if (feed === undefined) {
      feed = new RedisChangeFeed((change) => this.publish(channel, change));
      this.feeds.set(channel, feed);
    }
    if (this.subscriber.status === 'ready') await this.listen(channel, feed);
    return feed;
  }

  close(): void {
    clearInterval(this.beat);
    this.subscriber.disconnect();
  }

  /** What is published from before its answer on is heard. */
  private async listen(channel: string, feed: RedisChangeFeed): Promise<void> {
    if (feed.isListening) return;
    try {
      await this.subscriber.subscribe(channel);
    } catch {
      return; // The connection went again: the next one listens.
    }
    feed.undeafen();
  }

  private async publish(channel: string, change: Change | ChangesLost): Promise<void> {
    try {
      await this.connection.guarded(this.connection.client.publish(channel, messageText({ from: this.self, change })));
    } catch {
      this.untold.add(channel);
    }
  }

  private hear(channel: string, text: string): void {
    const { from, change } = messageOf(text);
    if (from !== this.self) this.feeds.get(channel)?.tell(change);
  }

  private async lookAfter(): Promise<void> {
    if (this.subscriber.status === 'ready') this.subscriber.ping().catch(() => undefined);
    for (const channel of [...this.untold]) {
      this.untold.delete(channel);
      await this.publish(channel, { kind: 'lost' });
    }
  }
}

class RedisChangeFeed implements ChangeFeed {
  private readonly listeners = new Set<Listener>();
  private hears = false;

  constructor(readonly publish: (change: Change) => Promise<void>) {}

  get isListening(): boolean {
    return this.hears;
  }

  onChange(listener: Listener): () => void {
    const tell: Listener = (change) => listener(change);
    this.listeners.add(tell);
    return () => void this.listeners.delete(tell);
  }

  tell(change: Change | ChangesLost): void {
    for (const listener of this.listeners) listener(change);
  }

  deafen(): void {
    this.hears = false;
  }

  /** Nobody knows what was said before. */
  undeafen(): void {
    this.hears = true;
    this.tell({ kind: 'lost' });
  }
}
