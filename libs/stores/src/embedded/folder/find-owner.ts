import { join, resolve } from 'node:path';
import { inFolder } from './data-folder.error.js';
import type { FolderOwner } from './folder-owner.js';
import { isAlive } from './owner-identity.js';
import { readLock } from './owner-lock.js';

/** Who holds a data folder, and whether that process may still run; one of another host counts as alive. */
export type FoundOwner = FolderOwner & { readonly alive: boolean };

/**
 * Reads who owns a data folder, and changes nothing; undefined where nobody does, or there is no such folder.
 *
 * @throws DataFolderError `FOLDER_LOCKED` where the lock is not readable as one, or another code of the file system.
 */
export async function findOwner(folder: string): Promise<FoundOwner | undefined> {
  const path = resolve(folder);
  const owner = await inFolder(path, () => readLock(join(path, 'owner.lock')));
  return owner && { ...owner, alive: await isAlive(owner) };
}
