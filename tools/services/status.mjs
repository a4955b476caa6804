/** What runs of a set. */
import { join } from 'node:path';
import { reasonOf } from './failure.mjs';
import { check, findGiven, problemOf, SERVICES } from './reach.mjs';
import { readServers, servicesFolder } from './state.mjs';
import { ways } from './ways.mjs';

/** What there is of a set; starts nothing. @returns {Promise<(Found & { about?: string })[]>} */
export async function status(name) {
  const servers = readServers(join(servicesFolder(), name));
  return await Promise.all(SERVICES.map((service) => look(service, servers[service.name])));
}

async function look(service, server) {
  try {
    const given = await findGiven(service);
    if (given !== undefined) return given;
    if (server === undefined) return { service, problem: `${service.title} is not started` };
    const way = ways[server.way];
    if (!(await way.isRunning(server)))
      return { service, problem: `${service.title} has ended: \`up\` starts it again` };
    const about = await way.about(server);
    const url = service.urlOf(server.port);
    try {
      return { service, url, ...(await check(service, url)), way: way.title, about };
    } catch (error) {
      return { service, problem: `${service.title} (${about}) does not answer at ${url}: ${reasonOf(error)}` };
    }
  } catch (error) {
    return { service, problem: problemOf(error) };
  }
}
