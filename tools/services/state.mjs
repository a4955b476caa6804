/** What is remembered of a set between two calls: which servers it started. Outside the repository. */
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { Failure } from './failure.mjs';

/**
 * @typedef {object} Server A server that a set started.
 * @property {'local' | 'docker'} way
 * @property {number} port
 * @property {number} [pid] of a local process, with `start`, which tells it from a later process of that pid
 * @property {string} [start]
 * @property {string} [container] name of a container
 */

/** Folder that holds all sets of this user; made where it is missing. Throws where it is another user's. */
export function servicesFolder(env = process.env) {
  const user = userInfo();
  const folder = resolve(env.ATTUNE_SERVICES_DIR || join(tmpdir(), `attune-services-${Math.max(user.uid, 0)}`));
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const { uid } = lstatSync(folder);
  // It names processes to stop: one that somebody else put into the temporary folder is not to be believed.
  if (user.uid >= 0 && uid !== user.uid) {
    throw new Failure(`${folder} belongs to another user: set ATTUNE_SERVICES_DIR to a folder of your own.`);
  }
  return folder;
}

/** The servers of the set in `folder`, by the name of the service; empty where it never started one. */
export function readServers(folder) {
  const file = join(folder, 'servers.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Remembers the servers of a set; the file is whole at any moment. */
export function writeServers(folder, servers) {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const draft = join(folder, 'servers.json.draft');
  writeFileSync(draft, `${JSON.stringify(servers, null, 2)}\n`);
  renameSync(draft, join(folder, 'servers.json'));
}

/** Removes a set with all data of its servers. */
export function removeSet(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
