import { redisScript } from '../redis/redis.connection.js';
import { STATUS_FIELDS } from './job-record.js';

/**
 * A job is one hash. Beside its status: `request` what it was asked, `equal` the hash of that, `number` its place among
 * all, `run` the token of who does it, `cancel` that it is to stop, `sealed` that its result is being stored, `plan` the
 * token of its plan, `planned` how many parts that has, `parts` how many are done, `errors` why some failed. Whoever does
 * a job changes it only as long as `run` is his: a process that was believed dead changes nothing any more.
 */
const TELL = `
local function tell(record, channel)
  redis.call('PUBLISH', channel, cjson.encode(redis.call('HMGET', record, '${STATUS_FIELDS.join("', '")}')))
end
local function unequal(record, id, equals)
  local equal = equals .. (redis.call('HGET', record, 'equal') or '')
  if redis.call('GET', equal) == id then redis.call('DEL', equal) end
end`;

/**
 * Takes a request, unless an equal one waits or its key was used. Keys: the record, the equal one's, all, unended, count,
 * and where there is a key its. Values: records, channel, id, type, milliseconds now, request, hash of it, hash with the
 * key, milliseconds a key lasts. Answers with `new`, `equal`, `known` or `reused`, and the id of the job.
 */
export const ACCEPT = redisScript(`${TELL}
local key = KEYS[6]
if key then
  local used = redis.call('HMGET', key, 'request', 'job')
  if used[1] then return { used[1] == ARGV[8] and 'known' or 'reused', used[2] } end
end
local answer, id = 'equal', redis.call('GET', KEYS[2])
if not id or redis.call('HGET', ARGV[1] .. id, 'state') ~= 'waiting' then
  answer, id = 'new', ARGV[3]
  local number = redis.call('INCR', KEYS[5])
  redis.call('HSET', KEYS[1], 'id', id, 'type', ARGV[4], 'state', 'waiting', 'done', 0, 'total', 0, 'ok', 0, 'failed', 0,
    'created', ARGV[5], 'request', ARGV[6], 'equal', ARGV[7], 'number', number)
  redis.call('ZADD', KEYS[3], number, id)
  redis.call('ZADD', KEYS[4], number, id)
  redis.call('SET', KEYS[2], id)
  tell(KEYS[1], ARGV[2])
end
if key then
  redis.call('HSET', key, 'request', ARGV[8], 'job', id)
  redis.call('PEXPIRE', key, ARGV[9])
end
return { answer, id }`);

/**
 * Begins a job, anew where another began it. Keys: the record. Values: id, run, channel, equals. Answers with request,
 * plan, parts planned and whether it is to stop; with nothing where it has ended.
 */
export const START = redisScript(`${TELL}
local was = redis.call('HMGET', KEYS[1], 'state', 'planned', 'request', 'plan', 'cancel')
if was[1] ~= 'waiting' and was[1] ~= 'active' then return {} end
unequal(KEYS[1], ARGV[1], ARGV[4])
redis.call('HDEL', KEYS[1], 'sealed')
redis.call('HSET', KEYS[1], 'state', 'active', 'run', ARGV[2])
if not was[2] then redis.call('HSET', KEYS[1], 'done', 0, 'total', 0, 'ok', 0, 'failed', 0) end
tell(KEYS[1], ARGV[3])
return { was[3], was[4] or '', was[2] or '', was[5] or '' }`);

/** Changes fields of a job under way. Keys: the record. Values: run, channel, then fields and values in turn. */
export const UPDATE = redisScript(`${TELL}
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 3))
tell(KEYS[1], ARGV[2])
return 1`);

/**
 * From here on, who forgets users finds the result in its place. Keys: the record, the forgotten. Values: run, how many
 * forgotten users its result is without. Answers 1, 0 where there are more of them, -1 where another does the job now.
 */
export const SEAL = redisScript(`
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then return -1 end
if redis.call('SCARD', KEYS[2]) ~= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], 'sealed', 1)
return 1`);

/**
 * Ends a job and forgets old ones. Keys: the record, the forgotten, all, unended, failed. Values: run, id, channel,
 * records, state, milliseconds now, ok, failed, error, most failed ones to remember, jobs to keep, milliseconds to keep
 * more.
 */
export const FINISH = redisScript(`${TELL}
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'state', ARGV[5], 'finished', ARGV[6], 'ok', ARGV[7], 'failed', ARGV[8])
if ARGV[9] ~= '' then redis.call('HSET', KEYS[1], 'error', ARGV[9]) end
redis.call('HDEL', KEYS[1], 'run', 'cancel', 'sealed', 'plan', 'planned', 'parts', 'errors')
redis.call('DEL', KEYS[2])
redis.call('ZREM', KEYS[4], ARGV[2])
if ARGV[5] == 'failed' then
  redis.call('ZADD', KEYS[5], redis.call('HGET', KEYS[1], 'number'), ARGV[2])
  while redis.call('ZCARD', KEYS[5]) > tonumber(ARGV[10]) do
    redis.call('HDEL', ARGV[4] .. redis.call('ZPOPMIN', KEYS[5])[1], 'request')
  end
else
  redis.call('HDEL', KEYS[1], 'request')
end
tell(KEYS[1], ARGV[3])
while redis.call('ZCARD', KEYS[3]) > tonumber(ARGV[11]) do
  local oldest = redis.call('ZRANGE', KEYS[3], 0, 0)[1]
  local finished = tonumber(redis.call('HGET', ARGV[4] .. oldest, 'finished'))
  if not finished or ARGV[6] - finished <= tonumber(ARGV[12]) then break end
  redis.call('DEL', ARGV[4] .. oldest)
  redis.call('ZREM', KEYS[3], oldest)
  redis.call('ZREM', KEYS[5], oldest)
end
return 1`);

/**
 * Ends a waiting job, and tells who does it that one under way is to stop. Keys: the record, unended. Values: id, channel,
 * channel of cancels, equals, milliseconds now. Answers with the state it was in.
 */
export const CANCEL = redisScript(`${TELL}
local state = redis.call('HGET', KEYS[1], 'state')
if state == 'waiting' then
  unequal(KEYS[1], ARGV[1], ARGV[4])
  redis.call('HSET', KEYS[1], 'state', 'canceled', 'finished', ARGV[5])
  redis.call('HDEL', KEYS[1], 'request', 'plan', 'planned', 'parts', 'errors')
  redis.call('ZREM', KEYS[2], ARGV[1])
  tell(KEYS[1], ARGV[2])
elseif state == 'active' then
  redis.call('HSET', KEYS[1], 'cancel', 1)
  redis.call('PUBLISH', ARGV[3], ARGV[1])
end
return state`);

/** Lets another do a job. Keys: the record. Values: run, id, channel, equals. */
export const GIVE_BACK = redisScript(`${TELL}
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'state', 'waiting')
redis.call('HDEL', KEYS[1], 'run', 'sealed')
redis.call('SET', ARGV[4] .. redis.call('HGET', KEYS[1], 'equal'), ARGV[2], 'NX')
tell(KEYS[1], ARGV[3])
return 1`);

/**
 * Counts a part, once. Keys: the record, the plan's parts. Values: plan, the part's number, ok, failed, errors as JSON,
 * channel, most errors, milliseconds the parts are remembered.
 */
export const COUNT_PART = redisScript(`${TELL}
if redis.call('HGET', KEYS[1], 'plan') ~= ARGV[1] then return 0 end
if redis.call('SETBIT', KEYS[2], ARGV[2], 1) == 1 then return 0 end
redis.call('PEXPIRE', KEYS[2], ARGV[8])
local done = redis.call('HINCRBY', KEYS[1], 'ok', ARGV[3]) + redis.call('HINCRBY', KEYS[1], 'failed', ARGV[4])
local total = tonumber(redis.call('HGET', KEYS[1], 'total'))
redis.call('HSET', KEYS[1], 'done', done, 'total', math.max(done, total))
redis.call('HINCRBY', KEYS[1], 'parts', 1)
local errors = cjson.decode(redis.call('HGET', KEYS[1], 'errors') or '[]')
for _, line in ipairs(cjson.decode(ARGV[5])) do
  if #errors < tonumber(ARGV[7]) then errors[#errors + 1] = line end
end
if #errors > 0 then redis.call('HSET', KEYS[1], 'errors', cjson.encode(errors)) end
tell(KEYS[1], ARGV[6])
return 1`);

/**
 * Tells a job under way to leave users out of its result. Keys: the record, the forgotten. Values: milliseconds they are
 * remembered, the users. Answers 1 where its result is being stored and has to be looked at once it has ended.
 */
export const FORGET = redisScript(`
local job = redis.call('HMGET', KEYS[1], 'state', 'sealed')
if job[1] ~= 'active' then return 0 end
if job[2] then return 1 end
for i = 2, #ARGV, 1000 do redis.call('SADD', KEYS[2], unpack(ARGV, i, math.min(i + 999, #ARGV))) end
redis.call('PEXPIRE', KEYS[2], ARGV[1])
return 0`);

/**
 * Changes what a job was asked, where it still is what was read. Keys: the record. Values: id, request as read, request
 * instead, hash of that, equals. Answers whether it did.
 */
export const REWRITE = redisScript(`${TELL}
if redis.call('HGET', KEYS[1], 'request') ~= ARGV[2] then return 0 end
local waits = redis.call('HGET', KEYS[1], 'state') == 'waiting'
if waits then unequal(KEYS[1], ARGV[1], ARGV[5]) end
redis.call('HSET', KEYS[1], 'request', ARGV[3], 'equal', ARGV[4])
if waits then redis.call('SET', ARGV[5] .. ARGV[4], ARGV[1], 'NX') end
return 1`);
