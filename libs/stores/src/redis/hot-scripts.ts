import { redisScript } from './redis.connection.js';

/**
 * A subject is one hash, so that it is evicted, expires and is erased as a whole. Its own fields: `#epoch` since when it
 * is followed, `#from` once it was filled from the log, `#v` counts changes, `#erasing` while it must not be filled.
 * Every other field is something that happened; it is written once and never changes, so writing it again does nothing.
 */

/**
 * Begins to follow subjects. Keys: the subjects. Values: run of the server, epoch, milliseconds.
 * Answers with an epoch for each; the empty text where it is being erased.
 */
export const FOLLOW = redisScript(`
local epochs = {}
for i, key in ipairs(KEYS) do
  local epoch = redis.call('HGET', key, '#epoch')
  if redis.call('HEXISTS', key, '#erasing') == 1 then
    epoch = ''
  elseif not epoch or string.sub(epoch, 1, #ARGV[1]) ~= ARGV[1] then
    epoch = ARGV[2]
    redis.call('DEL', key)
    redis.call('HSET', key, '#epoch', epoch)
    redis.call('PEXPIRE', key, ARGV[3])
  end
  epochs[i] = epoch
end
return epochs`);

/**
 * Fills a subject from the log. Keys: the subject. Values: epoch, from, milliseconds, then fields and values in turn.
 * Answers 0 where somebody dropped it meanwhile: what was read may be erased by now.
 */
export const FILL = redisScript(`
if redis.call('HGET', KEYS[1], '#epoch') ~= ARGV[1] then return 0 end
for i = 4, #ARGV, 1000 do
  redis.call('HSET', KEYS[1], unpack(ARGV, i, math.min(i + 999, #ARGV)))
end
redis.call('HSET', KEYS[1], '#from', ARGV[2])
redis.call('HINCRBY', KEYS[1], '#v', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`);

/**
 * Adds what happened to the subjects that are followed. Keys: the erasures' stamp, the days, the subjects. Values: the
 * stamp as it was before the log was written, milliseconds, most fields, days' stamp, number of days, the days; then for
 * each subject a number of fields, and for each field its name, time (or nothing) and value.
 * Where somebody was erased since, the subjects are dropped: what is added here may be what was erased.
 * One that grew too large is dropped too, and filled anew with its newest part. Answers with the erasures' stamp.
 */
export const APPLY = redisScript(`
local stamp = redis.call('GET', KEYS[1]) or ''
local next = 6
for _ = 1, tonumber(ARGV[5]) do
  redis.call('HSET', KEYS[2], ARGV[next], ARGV[4])
  next = next + 1
end
if next > 6 then redis.call('PEXPIRE', KEYS[2], ARGV[2]) end
for i = 3, #KEYS do
  local key = KEYS[i]
  local last = next + tonumber(ARGV[next]) * 3
  local state = redis.call('HMGET', key, '#epoch', '#from')
  if stamp ~= ARGV[1] then
    if state[1] then redis.call('DEL', key) end
  elseif state[1] then
    local from = tonumber(state[2]) or -math.huge
    local added = 0
    for field = next + 1, last, 3 do
      if (tonumber(ARGV[field + 1]) or math.huge) >= from then
        added = added + redis.call('HSETNX', key, ARGV[field], ARGV[field + 2])
      end
    end
    if added > 0 then redis.call('HINCRBY', key, '#v', 1) end
    if redis.call('HLEN', key) > tonumber(ARGV[3]) then
      redis.call('DEL', key)
    elseif added > 0 and state[2] then
      redis.call('PEXPIRE', key, ARGV[2])
    end
  end
  next = last + 1
end
return stamp`);

/**
 * Stamps of days and months, each changed by every event that falls into it. Keys: the days, the erasures' stamp.
 * Values: run of the server, stamp for those without one of this run, milliseconds, the names.
 * Answers with the erasures' stamp, then a stamp for each name.
 */
export const DAY_STAMPS = redisScript(`
local stamps = { redis.call('GET', KEYS[2]) or '' }
for i = 4, #ARGV do
  local stamp = redis.call('HGET', KEYS[1], ARGV[i])
  if not stamp or string.sub(stamp, 1, #ARGV[1]) ~= ARGV[1] then
    stamp = ARGV[2]
    redis.call('HSET', KEYS[1], ARGV[i], stamp)
  end
  stamps[i - 2] = stamp
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return stamps`);

/** Forgets subjects, which cannot be filled from then on. Keys: the subjects. Values: milliseconds. */
export const BAR = redisScript(`
for _, key in ipairs(KEYS) do
  redis.call('DEL', key)
  redis.call('HSET', key, '#erasing', 1)
  redis.call('PEXPIRE', key, ARGV[1])
end
return 1`);
