import { redisScript } from './redis.connection.js';

/**
 * Lists of pages are sorted sets of their ids by the server's time of putting, in milliseconds. A person's list with the
 * empty id is that of somebody just forgotten.
 */

/**
 * Puts a page. Keys: the page, the tenant's list, the lists of its viewer. Values: its id, its text, milliseconds it
 * lives, most pages of a tenant, what the keys of pages begin with. Answers 1; 0 where its viewer was just forgotten.
 */
export const PUT = redisScript(`
for i = 3, #KEYS do
  if redis.call('ZSCORE', KEYS[i], '') then return 0 end
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local life, most = tonumber(ARGV[3]), tonumber(ARGV[4])
redis.call('SET', KEYS[1], ARGV[2], 'PX', life)
for i = 2, #KEYS do
  redis.call('ZADD', KEYS[i], now, ARGV[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - life)
  redis.call('PEXPIRE', KEYS[i], life)
  local over = redis.call('ZCARD', KEYS[i]) - most
  if over > 0 then
    for _, id in ipairs(redis.call('ZRANGE', KEYS[i], 0, over - 1)) do redis.call('DEL', ARGV[5] .. id) end
    redis.call('ZREMRANGEBYRANK', KEYS[i], 0, over - 1)
  end
end
return 1`);

/**
 * Drops a person's pages. Key: his list. Values: milliseconds in which none is put, what the keys of pages begin with.
 * Answers how many there were.
 */
export const FORGET = redisScript(`
local dropped = 0
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if id ~= '' then dropped = dropped + redis.call('DEL', ARGV[2] .. id) end
end
redis.call('DEL', KEYS[1])
redis.call('ZADD', KEYS[1], 0, '')
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return dropped`);
