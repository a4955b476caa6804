/** Redis: how to ask it, and how to start a real one without Docker. */
import { mkdirSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';
import { startServer } from './processes.mjs';
import { canInstall, install, onPath } from './programs.mjs';
import { handOver } from './server-user.mjs';

export const redis = {
  name: 'redis',
  title: 'Redis',
  variable: 'REDIS_URL',
  urlOf: (port) => `redis://127.0.0.1:${port}`,
  check: checkRedis,
  hint: 'install redis-server',
  image: {
    name: 'redis:7.4.2-alpine',
    port: 6379,
    data: '/data',
    environment: {},
    command: ['redis-server', ...settings()],
  },
  prepare: redisServer,
  start: startRedis,
};

/** What job queues need: no key is thrown away, and at most a second of writes is lost with the machine. */
function settings() {
  return ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '', '--maxmemory-policy', 'noeviction'];
}

/** Asks the server at a URL for its version; throws where it does not answer before `signal`. */
async function checkRedis(url, signal) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const connect = protocol === 'rediss:' ? tls.connect : net.connect;
  const login = password === '' ? [] : [['AUTH', ...[username, password].filter(Boolean).map(decodeURIComponent)]];
  const host = hostname.replace(/^\[|\]$/g, '');
  const address = { host, port: Number(port || 6379), ...(net.isIP(host) ? {} : { servername: host }) };
  const socket = addAbortSignal(signal, connect(address));
  for (const words of [...login, ['PING'], ['INFO', 'server'], ['QUIT']]) socket.write(encoded(words));
  const answer = await text(socket).catch((error) => {
    // The signal's own reason tells more than that it ended the stream.
    throw signal.aborted ? signal.reason : error;
  });
  const refusal = /^-(.*)$/m.exec(answer)?.[1];
  const version = /^redis_version:(\S+)/m.exec(answer)?.[1];
  if (refusal !== undefined || version === undefined) throw new Error(refusal ?? 'the answer is not one of Redis');
  return { version };
}

/** A command in Redis' own protocol. */
function encoded(words) {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}

/** The program `redis-server`, installed where it is missing and can be; undefined where this machine cannot have it. */
async function redisServer({ say }) {
  if (onPath('redis-server') === undefined && canInstall()) {
    say('installing the package redis-server…');
    await install('redis-server');
  }
  return onPath('redis-server');
}

async function startRedis(program, { folder, port, user, output }) {
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  await handOver(folder, user);
  const args = ['--bind', '127.0.0.1', '--port', String(port), '--dir', data, ...settings()];
  return await startServer(program, args, { ...user, cwd: data, output });
}
