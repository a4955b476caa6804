import type { FolderOwner } from './folder-owner.js';

/**
 * What can be wrong with a data folder:
 * - `FOLDER_LOCKED`: another live process owns it (`owner` says who).
 * - `FOLDER_READ_ONLY`: this process may not write there.
 * - `FOLDER_FULL`: no space, no quota, or the file size limit is reached.
 * - `FOLDER_NOT_A_DIRECTORY`: the path, or a part of it, is a file.
 * - `FOLDER_IO_ERROR`: any other error of the file system.
 * - `LOG_CORRUPT`: damage that a crash cannot explain; nothing was modified.
 * - `LOG_FAILED`: an earlier write left the log in an unknown state; reopen it.
 * - `LOG_CLOSED`: the log was used after `close()`.
 * - `RECORD_REFUSED`: a record is too large or is not one line of JSON.
 */
export type DataFolderErrorCode =
  | 'FOLDER_LOCKED'
  | 'FOLDER_READ_ONLY'
  | 'FOLDER_FULL'
  | 'FOLDER_NOT_A_DIRECTORY'
  | 'FOLDER_IO_ERROR'
  | 'LOG_CORRUPT'
  | 'LOG_FAILED'
  | 'LOG_CLOSED'
  | 'RECORD_REFUSED';

/** An error of the data folder or of a log in it: `message` is one line naming the cause and the fix. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';

  constructor(
    readonly code: DataFolderErrorCode,
    message: string,
    /** `owner`: who holds the folder (only with `FOLDER_LOCKED`). `cause`: the system's error. */
    readonly details: { readonly owner?: FolderOwner; readonly cause?: unknown } = {},
  ) {
    super(message.replaceAll(/\s*\n\s*/g, ' '), { cause: details.cause });
  }
}

const KINDS: Readonly<Record<string, { readonly code: DataFolderErrorCode; readonly text: string }>> = {
  EROFS: {
    code: 'FOLDER_READ_ONLY',
    text: 'is on a read-only file system: mount it writable or choose another folder',
  },
  EACCES: { code: 'FOLDER_READ_ONLY', text: 'is not writable for this user: change its owner or mode' },
  EPERM: { code: 'FOLDER_READ_ONLY', text: 'does not permit writes: check its owner, mode and attributes' },
  ENOSPC: { code: 'FOLDER_FULL', text: 'is full: free some disk space and try again' },
  EDQUOT: { code: 'FOLDER_FULL', text: 'is over its disk quota: free some space or raise the quota' },
  EFBIG: { code: 'FOLDER_FULL', text: 'has reached the file size limit: raise it (ulimit -f) and restart' },
  ENOTDIR: {
    code: 'FOLDER_NOT_A_DIRECTORY',
    text: 'is not a folder: a part of the path is a file, choose another path',
  },
  EEXIST: { code: 'FOLDER_NOT_A_DIRECTORY', text: 'is not a folder: a file has that name, choose another path' },
};

/** The system's error code (`ENOSPC`), or '' when there is none. */
export function systemCode(error: unknown): string {
  // Not `instanceof Error`: the system's errors may come from another realm (a worker, a test's sandbox).
  const found = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof found === 'string' ? found : '';
}

/** Turns an error of a file system call under `folder` into a DataFolderError; any other error comes back unchanged. */
export function asFolderError(error: unknown, folder: string): unknown {
  const code = systemCode(error);
  if (code === '' || typeof error !== 'object' || error === null || !('syscall' in error)) return error;
  const kind = KINDS[code] ?? {
    code: 'FOLDER_IO_ERROR' as const,
    text: `cannot be used (${String(error)}): check the disk and the mount`,
  };
  return new DataFolderError(kind.code, `The data folder ${folder} ${kind.text} (${code}).`, { cause: error });
}

/** Runs `work`, turning system errors into DataFolderErrors that name `folder`. */
export async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asFolderError(error, folder);
  }
}
