import { link, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DataFolderError, systemCode } from './data-folder.error.js';
import { syncFolder, writeSynced } from './durable-file.js';
import type { FolderOwner } from './folder-owner.js';
import { isAlive, parseOwner } from './owner-identity.js';

/** Each dead process found in the middle of a takeover adds one level; more than this needs a person. */
const MAX_GUARDS = 4;
const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/**
 * Takes the lock file for `self`, or throws `FOLDER_LOCKED`.
 *
 * The file appears whole (a hard link to a finished file). A dead owner's lock is never removed and made again, which
 * would let two rescuers remove each other's: the rescuer first takes a guard lock named after the dead lock's nonce,
 * reads the lock again, and renames its own over it. The guard is a lock of the same kind, so a rescuer that dies is
 * rescued in turn.
 */
export async function takeLock(path: string, self: FolderOwner, depth = 0): Promise<void> {
  for (;;) {
    if (await createLock(path, self)) return;
    const owner = await readLock(path);
    if (owner === undefined) continue; // released between the two calls
    if (depth >= MAX_GUARDS || (await isAlive(owner))) throw locked(path, owner);
    if (await replaceDead(path, owner, self, depth)) return;
  }
}

/** Removes the lock if it is still ours. */
export async function releaseLock(path: string, self: FolderOwner): Promise<void> {
  const owner = await readLock(path);
  if (owner?.nonce === self.nonce) await rm(path, { force: true });
}

/** Rewrites our own lock, e.g. with the address now known. */
export async function updateLock(path: string, self: FolderOwner): Promise<void> {
  const temporary = draftPath(path, self);
  await writeSynced(temporary, lockText(self));
  await rename(temporary, path);
}

async function replaceDead(path: string, dead: FolderOwner, self: FolderOwner, depth: number): Promise<boolean> {
  const guard = `${path}.${dead.nonce}`;
  try {
    await takeLock(guard, self, depth + 1);
  } catch (error) {
    const now = await readLock(path);
    // Another process is just taking over: it, or whoever it lost to, is the owner to name.
    if (now !== undefined && now.nonce !== dead.nonce && (await isAlive(now))) throw locked(path, now);
    throw error;
  }
  try {
    const now = await readLock(path);
    if (now?.nonce !== dead.nonce) return false;
    await updateLock(path, self);
    await syncFolder(dirname(path));
    return true;
  } finally {
    await releaseLock(guard, self);
  }
}

async function createLock(path: string, self: FolderOwner): Promise<boolean> {
  const temporary = draftPath(path, self);
  await writeSynced(temporary, lockText(self));
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (!NO_HARD_LINKS.has(systemCode(error))) throw error;
    return await createExclusive(path, self);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function createExclusive(path: string, self: FolderOwner): Promise<boolean> {
  try {
    await writeSynced(path, lockText(self), 'wx');
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The lock as it is written; undefined where there is none. Throws `FOLDER_LOCKED` for a file that is no lock. */
export async function readLock(path: string): Promise<FolderOwner | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const owner = parseOwner(text);
  if (owner !== undefined) return owner;
  const fix = 'if no Attune process uses the folder, delete that file';
  throw new DataFolderError('FOLDER_LOCKED', `The lock file ${path} is not readable as a lock: ${fix}.`);
}

function locked(path: string, owner: FolderOwner): DataFolderError {
  const who = `process ${owner.pid} on host ${owner.host} (${owner.address}, since ${owner.startedAt})`;
  const fix = `stop that process or choose another folder; if it no longer runs, delete ${path}`;
  return new DataFolderError('FOLDER_LOCKED', `The data folder ${dirname(path)} is in use by ${who}: ${fix}.`, {
    owner,
  });
}

function draftPath(path: string, self: FolderOwner): string {
  return `${path}.${self.nonce}.draft`;
}

function lockText(self: FolderOwner): string {
  return `${JSON.stringify(self)}\n`;
}
