import type { HotSizes } from '@attune/sdk';
import type { HotKeys } from './hot-keys.js';
import type { RedisConnection } from './redis.connection.js';

/** Names of kinds, by what keys begin with; another kind goes by that. */
const NAMES: Readonly<Record<string, string>> = {
  u: 'histories of users',
  a: 'histories of visitors',
  counts: 'counts of days',
  days: 'stamps of days',
  page: 'frozen pages',
  pages: 'lists of pages',
  'pages-of': 'lists of pages of a person',
  spending: 'spending of days',
};

const KEYS_AT_A_TIME = 1_000;
/** Of so many keys the size of one is asked for. */
const SAMPLED = 20;

/** What a tenant's keys take, seen within about `limitMs` milliseconds; bytes are estimated from one key in twenty. */
export async function sizeReport(
  redis: RedisConnection,
  keys: HotKeys,
  { limitMs, clock }: { readonly limitMs: number; readonly clock: () => number },
): Promise<HotSizes> {
  const sizes = new Map<string, { keys: number; sampled: number; bytes: number }>();
  const end = clock() + limitMs;
  let cursor = '0';
  do {
    const [next, page] = await redis.guarded(redis.client.scan(cursor, 'MATCH', keys.pattern, 'COUNT', KEYS_AT_A_TIME));
    const asked: string[] = [];
    for (const key of page) {
      const size = sizes.get(keys.kindOf(key)) ?? { keys: 0, sampled: 0, bytes: 0 };
      if (size.keys++ % SAMPLED === 0) asked.push(key);
      sizes.set(keys.kindOf(key), size);
    }
    const usages = await redis.pipeline((commands) => {
      for (const key of asked) commands.memory('USAGE', key);
    });
    for (const [i, key] of asked.entries()) {
      const size = sizes.get(keys.kindOf(key));
      if (size === undefined) continue;
      size.sampled += 1;
      size.bytes += Number(usages[i] ?? 0);
    }
    cursor = next;
  } while (cursor !== '0' && clock() < end);
  const kinds = [...sizes].map(([kind, { keys: count, sampled, bytes }]): [string, HotSizes['kinds'][string]] => [
    NAMES[kind] ?? kind,
    { keys: count, bytes: Math.round((bytes / Math.max(1, sampled)) * count) },
  ]);
  return { kinds: Object.fromEntries(kinds), complete: cursor === '0' };
}
