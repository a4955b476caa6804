import type { SpendingStore, Spent } from '@attune/sdk';
import { z } from 'zod';
import { checkDay, checkSpent } from '../spending/checked-spent.js';
import { redisScript, type RedisConnection } from './redis.connection.js';

const KEPT_SECONDS = 400 * 86_400;

/** Adds to a day. Key: the day. Values: tokens, money, seconds it is kept from now on. Answers with both totals. */
const ADD = redisScript(`
redis.call('HINCRBY', KEYS[1], 'tokens', ARGV[1])
redis.call('HINCRBYFLOAT', KEYS[1], 'money', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return redis.call('HMGET', KEYS[1], 'tokens', 'money')`);

const totalsSchema = z.tuple([z.string().nullable(), z.string().nullable()]);

/**
 * Spending in Redis, a hash `<prefix>:{<tenant>}:spending:<day>` for each day, until 400 days after its last `add`. Redis
 * adds money in extended precision, where a sum of doubles would round each time, and keeps 17 digits after the point: an
 * amount below 1e-17 counts for nothing. It is as durable as Redis is set up to be, and cannot be made again.
 */
export class RedisSpendingStore implements SpendingStore {
  private readonly stem: string;

  constructor(
    private readonly redis: RedisConnection,
    tenant: string,
  ) {
    this.stem = `${redis.options.prefix}:{${encodeURIComponent(tenant)}}:spending:`;
  }

  /** @throws RedisUnavailableError */
  async spent(day: string): Promise<Spent> {
    checkDay(day);
    return spentOf(await this.redis.guarded(this.redis.client.hmget(this.stem + day, 'tokens', 'money')));
  }

  /** @throws RedisUnavailableError: it may be added or not. */
  async add(day: string, { tokens, money }: Spent): Promise<Spent> {
    checkSpent(day, { tokens, money });
    return spentOf(await this.redis.script(ADD, [this.stem + day], [tokens, money, KEPT_SECONDS]));
  }
}

function spentOf(totals: unknown): Spent {
  const [tokens, money] = totalsSchema.parse(totals);
  return { tokens: Number(tokens ?? 0), money: Number(money ?? 0) };
}
