/** A set of services: starts what is missing of it, and stops what it started. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hasDocker } from './docker.mjs';
import { Failure, reasonOf } from './failure.mjs';
import { withLock } from './lock.mjs';
import { freePort } from './processes.mjs';
import { check, findGiven, problemOf, SERVICES } from './reach.mjs';
import { readServers, removeSet, servicesFolder, writeServers } from './state.mjs';
import { ways } from './ways.mjs';

/** How long a server may take to get healthy after its start, in ms. */
const PATIENCE = 300_000;

/**
 * Brings up what is missing of a set, and waits until it is healthy. A service that cannot be had leaves the others
 * alone.
 *
 * @param {string} name of the set
 * @param {{ say: (line: string) => void, signal: AbortSignal }} context where progress goes, and what interrupts it: all
 *   that this call has started is stopped again
 * @returns {Promise<Found[]>} one a service, in the order of SERVICES
 */
export async function up(name, { say, signal }) {
  const parent = servicesFolder();
  return await withLock(join(parent, `${name}.lock`), { say, signal }, async () => {
    const folder = join(parent, name);
    const context = { name, folder, servers: readServers(folder), started: [], say, signal };
    context.docker = once(hasDocker);
    const found = await Promise.all(SERVICES.map((service) => bringUp(service, context)));
    if (signal.aborted) {
      await Promise.all(context.started.map((server) => ways[server.way].stop(server)));
      signal.throwIfAborted();
    }
    return found;
  });
}

function once(make) {
  let made;
  return () => (made ??= make());
}

async function bringUp(service, context) {
  try {
    const given = await findGiven(service, context.signal);
    if (given !== undefined) return given;
    const server = await running(service, context);
    const url = service.urlOf(server.port);
    const { version } = await healthy(service, server, context);
    return { service, url, version, way: ways[server.way].title };
  } catch (error) {
    return { service, problem: problemOf(error) };
  }
}

/** The set's server of a service: the one that runs, or a new one on the port and data of the one before. */
async function running(service, context) {
  const { name, folder, servers, say } = context;
  const before = servers[service.name];
  if (before !== undefined && (await ways[before.way].isRunning(before))) return before;
  const { way, prepared } = await chooseWay(service, context);
  context.signal.throwIfAborted();
  const port = await freePort(before?.port);
  const place = { name, folder: join(folder, service.name), port, output: outputOf(service, context) };
  say(`starting ${service.title} (${ways[way].title})…`);
  const server = { way, port, ...(await ways[way].start(service, place, prepared)) };
  context.started.push(server);
  servers[service.name] = server;
  writeServers(folder, servers);
  return server;
}

async function chooseWay(service, context) {
  if (await context.docker()) return { way: 'docker' };
  const prepared = await service.prepare(context);
  if (prepared !== undefined) return { way: 'local', prepared };
  throw new Failure(`No ${service.title}: set ${service.variable}, start Docker, or ${service.hint}.`);
}

/** Waits until a server is healthy; one that ends or takes too long is stopped, and its own last words are shown. */
async function healthy(service, server, context) {
  const way = ways[server.way];
  const end = Date.now() + PATIENCE;
  for (;;) {
    const answer = await check(service, service.urlOf(server.port), context.signal).catch((error) => error);
    context.signal.throwIfAborted();
    // Asked after its answer: the answer may be that of a stranger who has taken the port.
    const alive = await way.isRunning(server);
    if (alive && !(answer instanceof Error)) return answer;
    if (!alive || Date.now() > end) {
      const what = alive ? `is not healthy after ${PATIENCE / 1000} s (${reasonOf(answer)})` : 'ended while it started';
      const tail = await way.tail(server, outputOf(service, context));
      await way.stop(server);
      throw new Failure(`${service.title} ${what}.\nThe end of its output:\n${tail}`);
    }
    await delay(200, undefined, { signal: context.signal });
  }
}

/** File that a local server's output goes to; not in its own folder, which is not this user's where this is root. */
function outputOf(service, { folder }) {
  return join(folder, `${service.name}.log`);
}

/**
 * Stops the servers that a set started, and removes their data unless `keep`. A service given by its URL is left alone.
 *
 * @returns {Promise<string[]>} titles of the services that were stopped
 */
export async function down(name, { keep, say, signal }) {
  const parent = servicesFolder();
  return await withLock(join(parent, `${name}.lock`), { say, signal }, async () => {
    const folder = join(parent, name);
    const servers = readServers(folder);
    const known = SERVICES.filter((service) => servers[service.name] !== undefined);
    const stopped = await Promise.all(known.map((service) => bringDown(servers[service.name], keep)));
    if (!keep) removeSet(folder);
    return known.filter((_, i) => stopped[i]).map(({ title }) => title);
  });
}

/** Whether there was anything to stop. */
async function bringDown(server, keep) {
  const way = ways[server.way];
  const runs = await way.isRunning(server);
  if (runs) await way.stop(server);
  if (!keep) await way.remove(server);
  return runs;
}
