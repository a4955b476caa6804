/** The services, and how each is reached. */
import { elasticsearch } from './elasticsearch.mjs';
import { Failure, reasonOf } from './failure.mjs';
import { redis } from './redis.mjs';

export const SERVICES = [elasticsearch, redis];

/**
 * @typedef {object} Found What there is of one service.
 * @property {object} service
 * @property {string} [url] where it answers; absent where it does not
 * @property {string} [version]
 * @property {string} [way] `local process`, `Docker`, or the variable that gave the URL
 * @property {string} [problem] why there is no URL, with what to do about it
 */

/** The service whose URL is in the environment, asked; undefined where none is given. */
export async function findGiven(service, signal) {
  const url = process.env[service.variable];
  if (url === undefined || url === '') return undefined;
  try {
    return { service, url, ...(await check(service, url, signal)), way: service.variable };
  } catch (error) {
    throw new Failure(
      `${service.title} does not answer at the URL in ${service.variable}: ${reasonOf(error)}. Correct it, or unset it to have one started.`,
    );
  }
}

/** Asks a service at its URL. */
export async function check(service, url, signal) {
  const deadline = AbortSignal.timeout(20_000);
  return await service.check(url, signal === undefined ? deadline : AbortSignal.any([signal, deadline]));
}

/** A failure explains itself; anything else is a fault of this program, and its stack is needed. */
export function problemOf(error) {
  return error instanceof Failure ? error.message : String(error.stack);
}
