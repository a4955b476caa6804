/** A lock between processes: a file that names its holder. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, startOf } from './processes.mjs';

/** Does `work` while no other process holds the lock `path`; waits for one that does. */
export async function withLock(path, { say, signal }, work) {
  const self = { pid: process.pid, start: await startOf(process.pid) };
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(self));
  let told = false;
  try {
    for (;;) {
      if (created(draft, path)) break;
      const holder = readHolder(path);
      if (holder === undefined) continue;
      if (!(await isRunning(holder))) {
        if (replaced(draft, path, holder)) break;
        continue;
      }
      if (!told) say(`waiting for process ${holder.pid}, which is at it…`);
      told = true;
      await delay(100, undefined, { signal });
    }
  } finally {
    rmSync(draft, { force: true });
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** A link to a finished file: the lock appears whole, or not at all. */
function created(draft, path) {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  }
}

/**
 * Renames our lock over that of a dead process. A guard named after the dead one lets a single rescuer do so: two
 * could remove each other's lock.
 */
function replaced(draft, path, dead) {
  const guard = `${path}.${dead.pid}-${dead.start.replace(/\W/g, '-')}`;
  try {
    mkdirSync(guard);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
  try {
    const now = readHolder(path);
    if (now?.pid !== dead.pid || now.start !== dead.start) return false;
    renameSync(draft, path);
    return true;
  } finally {
    rmdirSync(guard);
  }
}
