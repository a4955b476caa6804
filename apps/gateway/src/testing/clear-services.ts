import { connect } from 'node:net';
import { once } from 'node:events';

/** Removes the keys of a pattern, some at a time. */
const REMOVE_KEYS = `
local cursor = '0'
repeat
  local found = redis.call('SCAN', cursor, 'MATCH', ARGV[1], 'COUNT', 1000)
  cursor = found[1]
  for _, key in ipairs(found[2]) do redis.call('UNLINK', key) end
until cursor == '0'
return 'done'`;

/** Removes every index, template and key whose name begins with the prefix. */
export async function clearServices(
  { elasticsearch, redis }: { readonly elasticsearch: string; readonly redis: string },
  prefix: string,
): Promise<void> {
  const indices = (await (await fetch(`${elasticsearch}/${prefix}-*?features=aliases`)).json()) as object;
  for (const index of Object.keys(indices)) await fetch(`${elasticsearch}/${index}`, { method: 'DELETE' });
  await fetch(`${elasticsearch}/_index_template/${prefix}-*`, { method: 'DELETE' });
  await command(redis, ['EVAL', REMOVE_KEYS, '0', `${prefix}:*`]);
}

/** Sends one command to Redis and waits for its one-line answer. */
export async function command(url: string, words: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  socket.end(`*${words.length}\r\n${parts.join('')}`);
  const [answer] = (await once(socket, 'data')) as [string];
  socket.destroy();
  if (answer.startsWith('-')) throw new Error(`Redis: ${answer.slice(1)}`);
  return answer;
}
