import { join, resolve } from 'node:path';
import { inFolder } from './data-folder.error.js';
import { createFolder } from './durable-file.js';
import type { FolderOwner } from './folder-owner.js';
import { describeOwner } from './owner-identity.js';
import { releaseLock, takeLock, updateLock } from './owner-lock.js';

export interface DataFolderOptions {
  /** Where this process answers or will answer; shown to a second process that asks for the folder. */
  readonly address: string;
  /** The owning process, normally `process.pid`. */
  readonly pid: number;
  /** The clock: milliseconds since 1970. */
  readonly now: () => number;
}

/** The right to write in a data folder, held until `release()` or the end of the process. */
export interface DataFolder {
  /** Absolute path. */
  readonly path: string;
  readonly owner: FolderOwner;
  /** Puts the address, once it is known, into the lock file; does nothing after `release()`. */
  announce(address: string): Promise<void>;
  /** Gives the folder back; calling it again does nothing. */
  release(): Promise<void>;
}

/**
 * Opens a data folder for this process alone, creating it when needed. Its lock, `owner.lock`, is a JSON file with pid
 * and address; a lock left by a dead process is taken over. Host names tell machines apart: two running containers
 * that share a folder need different ones.
 *
 * @throws DataFolderError `FOLDER_LOCKED`, `FOLDER_READ_ONLY`, `FOLDER_FULL`, `FOLDER_NOT_A_DIRECTORY`,
 *   `FOLDER_IO_ERROR`; nothing that was in the folder is touched.
 */
export async function openDataFolder(folder: string, options: DataFolderOptions): Promise<DataFolder> {
  const path = resolve(folder);
  const lock = join(path, 'owner.lock');
  return await inFolder(path, async () => {
    await createFolder(path);
    let owner = await describeOwner(options.pid, options.address, options.now());
    await takeLock(lock, owner);
    let released = false;
    return {
      path,
      get owner() {
        return owner;
      },
      announce: async (address) => {
        if (released) return;
        owner = { ...owner, address };
        await inFolder(path, () => updateLock(lock, owner));
      },
      release: async () => {
        if (released) return;
        released = true;
        await inFolder(path, () => releaseLock(lock, owner));
      },
    };
  });
}
