/** Server processes: start one that outlives this process, know it again by its pid, and stop it. */
import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Failure } from './failure.mjs';

const run = promisify(execFile);

/**
 * Starts a server in a session of its own, its output appended to the file `output`.
 *
 * @returns {Promise<{ pid: number, start: string }>} its pid, and what tells it from a later process of the same pid
 */
export async function startServer(command, args, { output, ...options }) {
  const file = openSync(output, 'a');
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', file, file] });
  closeSync(file);
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  child.unref();
  return { pid: child.pid, start: (await startOf(child.pid)) ?? 'ended' };
}

/**
 * When the process began, in the words of this system; undefined where it has ended. One that has ended and is not
 * collected yet (a zombie, which a container without an init keeps for good) counts as ended.
 */
export async function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5), fields 3 and 22; the name in field 2 may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 'ZX'.includes(fields[0]) ? undefined : fields[19];
  } catch (error) {
    if (process.platform === 'linux') return undefined;
  }
  const answer = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  const [state, ...start] = answer.stdout.trim().split(/\s+/);
  return state === '' || state.startsWith('Z') ? undefined : start.join(' ');
}

/** Whether it is still that process which runs under this pid. */
export async function isRunning({ pid, start }) {
  return (await startOf(pid)) === start;
}

/**
 * Asks a server to end and waits `patience` ms for it; then ends by force what is left of its group. Another process
 * of that pid is left alone.
 */
export async function stopServer(server, patience = 60_000) {
  if (!(await isRunning(server))) return;
  process.kill(server.pid, 'SIGTERM');
  await ended(server, patience);
  try {
    process.kill(-server.pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
  if (!(await ended(server, patience)))
    throw new Failure(`Process ${server.pid} does not end, not even by \`kill -9\`.`);
}

/** Waits up to `patience` ms for a process to end; whether it did. */
async function ended(server, patience) {
  for (const end = Date.now() + patience; await isRunning(server); await delay(50)) {
    if (Date.now() > end) return false;
  }
  return true;
}

/** Resident memory in MB of the processes a server consists of; undefined where `ps` cannot tell. */
export async function memoryOf(pid) {
  const answer = await run('ps', ['-A', '-o', 'pgid=,rss=']).catch(() => undefined);
  if (answer === undefined) return undefined;
  const rows = answer.stdout
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  return Math.round(rows.filter(([group]) => group === pid).reduce((sum, [, kb]) => sum + kb, 0) / 1024);
}

/** Ports below those that systems give to connections: one of a server that is stopped is still free when it starts again. */
const FIRST_PORT = 12_000;
const PORTS = 20_000;

/** `preferred` where it is free on loopback, else a port that is. */
export async function freePort(preferred = anyPort()) {
  const server = createServer();
  try {
    return await new Promise((resolve, reject) => {
      server.once('error', reject).listen(preferred, '127.0.0.1', () => resolve(server.address().port));
    });
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    return await freePort();
  } finally {
    await new Promise((done) => server.close(done));
  }
}

function anyPort() {
  return FIRST_PORT + Math.floor(Math.random() * PORTS);
}

/** The last lines of a server's output. */
export function tailOf(file, lines = 15) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
